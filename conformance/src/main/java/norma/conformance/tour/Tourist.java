package norma.conformance.tour;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import norma.conformance.check.Finding;
import norma.conformance.check.Validator;
import norma.conformance.engine.Failures;
import norma.conformance.machine.Accel;
import norma.conformance.machine.Arch;
import norma.conformance.scenario.Outcome;
import norma.conformance.scenario.Plan;
import norma.conformance.scenario.Session;
import norma.conformance.tour.Moves.Move;
import norma.conformance.tour.Moves.Pace;
import norma.model.kernel.KernelConstants;
import norma.model.kernel.KernelModel;
import norma.model.kernel.KernelState;
import org.jspecify.annotations.Nullable;

/**
 * Tours one architecture's image: plans legs for what is not covered yet, boots, validates, and
 * plans again, until enough is covered. What only chance finds is tried again with another seed.
 */
final class Tourist {
    /** A leg that has gone wrong does not come right again: short ones lose less. */
    private static final int LEG = 25;

    /** Moves of a boot: as many as logs and rings can hold. */
    private static final int BOOT = 6_000;

    /** Moves of the first boot, which also records lock events: several times as many records. */
    private static final int LOCK_BOOT = 1_000;

    /** Rounds of legs without a new edge after which there is no use in another. */
    private static final int IDLE = 20;

    /**
     * Least share of edges and of predicates, in percent, of the composition with locks: all of its
     * actions are asked for, but no order of its locks is told, so that most edges never come.
     */
    private static final int[] LEAST_LOCKED = {0, 90};

    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final Arch arch;
    private final Path kernel;
    private final PrintStream out;
    private final List<Route> routes;
    private final List<Coverage> coverages = new ArrayList<>();
    private final ModelGraph<KernelState> longer;
    private final Drivable<KernelState, Discipline> longerDrivable;
    private final Coverage longerCoverage;
    private final LockCoverage lockCoverage;
    private final Drivable<KernelState, ?> locked;
    private final BitSet lockEdges = new BitSet();
    private final Coverage lockedCoverage;
    private final Component<?> scheduler;
    private int boots;
    private boolean outOfTime;

    Tourist(SmallMachines machines, List<Route> routes, Arch arch, Path kernel, PrintStream out) {
        this.arch = arch;
        this.kernel = kernel;
        this.out = out;
        this.routes = routes;
        for (Route route : routes) {
            coverages.add(new Coverage(route.drivable(), route.constants()));
        }
        KernelConstants more = machines.kernelForScheduler();
        longer = new ModelGraph<>(new KernelModel(more));
        longerDrivable = new Drivable<>(longer, new Discipline(more));
        longerCoverage = new Coverage(longerDrivable, more);
        locked = locked(machines.kernel(SmallMachines.LOCKED));
        locked.edges().stream()
                .filter(edge -> locked.graph().kind(edge).startsWith("Lock"))
                .forEach(lockEdges::set);
        lockedCoverage = new Coverage(locked, machines.kernel(SmallMachines.LOCKED));
        lockCoverage = new LockCoverage(machines.lock());
        scheduler = Component.scheduler(longer, machines.scheduler());
    }

    private static Drivable<KernelState, ?> locked(KernelConstants constants) {
        return new Drivable<>(new ModelGraph<>(new KernelModel(constants)), new AnyOrder<>());
    }

    /**
     * Boots until enough of every route is covered or the time is up; what is wrong with a trace,
     * or null.
     */
    @Nullable Finding tour(Duration patience, boolean toTheEnd, long seed) throws IOException {
        long end = System.nanoTime() + patience.toNanos();
        // The further routes are short ones, and the main one takes all the time there is.
        for (int i = routes.size() - 1; i >= 0; i--) {
            Finding finding = tour(i, end, toTheEnd && i == 0, seed);
            if (finding != null) {
                return finding;
            }
        }
        return null;
    }

    /** Did the deadline end it? */
    boolean outOfTime() {
        return outOfTime;
    }

    private @Nullable Finding tour(int number, long end, boolean toTheEnd, long seed)
            throws IOException {
        Route route = routes.get(number);
        long chance = seed;
        boolean more = true;
        boolean locks = number == 0;
        int covered = -1;
        int idle = 0;
        while (more && idle < IDLE) {
            more = false;
            idle = coverages.get(number).edges().cardinality() == covered ? idle + 1 : 0;
            covered = coverages.get(number).edges().cardinality();
            for (Map.Entry<Pace, Moves> pace : route.moves().entrySet()) {
                BitSet wanted = (BitSet) route.asked().clone();
                wanted.andNot(coverages.get(number).edges());
                Planner planner = new Planner(pace.getValue(), route.graph().states(), wanted);
                TourScript script =
                        plan(route, planner, pace.getKey(), ++chance, locks ? LOCK_BOOT : BOOT);
                while (script.legs() > 0) {
                    Finding finding = boot(number, script, pace.getKey(), locks);
                    locks = false;
                    outOfTime |= System.nanoTime() > end;
                    if (finding != null || outOfTime || (!toTheEnd && enough(number))) {
                        return finding;
                    }
                    more = true;
                    script = plan(route, planner, pace.getKey(), ++chance, BOOT);
                }
            }
        }
        return null;
    }

    /** Edges first: they are counted at once. */
    private boolean enough(int number) {
        Route route = routes.get(number);
        BitSet taken = coverages.get(number).edges();
        return most(route.asked(), taken)
                && most(route.ipcAsked(), route.ipc().image(taken))
                && (number > 0
                        || most(
                                scheduler.image(longerDrivable.edges()),
                                scheduler.image(longerCoverage.edges())))
                && results(number).stream().allMatch(Result::enough);
    }

    private static boolean most(BitSet drivable, BitSet taken) {
        BitSet both = (BitSet) taken.clone();
        both.and(drivable);
        return Result.most(both.cardinality(), drivable.cardinality());
    }

    /** The legs of one boot; none if nothing that is wanted can be reached. */
    private static TourScript plan(Route route, Planner planner, Pace pace, long chance, int most) {
        List<Integer> starts = route.starts();
        int odd = (int) (chance % starts.size());
        TourScript script = new TourScript(route.graph(), route.constants(), pace, chance, odd);
        int planned = 0;
        while (planned < most) {
            List<Move> leg = planner.leg(starts.get(odd), LEG);
            if (leg.isEmpty()) {
                break;
            }
            script.add(leg);
            planned += leg.size();
        }
        return script;
    }

    private @Nullable Finding boot(int number, TourScript script, Pace pace, boolean locks)
            throws IOException {
        boots++;
        Path trace = Failures.file("tour-" + arch + "-" + boots);
        Plan plan =
                new Plan(
                        arch,
                        1,
                        Accel.ICOUNT,
                        kernel,
                        script.script(locks),
                        0,
                        DEADLINE,
                        Optional.of(trace));
        Session.Progress progress =
                new Session.Progress() {
                    @Override
                    public void begins(Validator validator) {
                        coverages.get(number).follow(validator);
                        if (number == 0) {
                            longerCoverage.follow(validator);
                            lockCoverage.follow(validator);
                        }
                        if (locks) {
                            lockedCoverage.follow(validator);
                        }
                    }

                    @Override
                    public void status(Validator validator, double seconds) {}
                };
        Outcome outcome = new Session(plan, progress).run();
        Failures.settle(trace, false, outcome.finding());
        BitSet asked = routes.get(number).asked();
        BitSet covered = (BitSet) coverages.get(number).edges().clone();
        covered.and(asked);
        out.printf(
                Locale.ROOT,
                "%s %s boot %d %s legs=%d events=%d seconds=%.2f covered=%d/%d %s%n",
                arch,
                routes.get(number).name(),
                boots,
                pace.name().toLowerCase(Locale.ROOT),
                script.legs(),
                outcome.counts().events(),
                outcome.seconds(),
                covered.cardinality(),
                asked.cardinality(),
                outcome.verdict());
        out.flush();
        return outcome.finding();
    }

    /** What has been covered so far. */
    List<Result> results() {
        List<Result> results = new ArrayList<>();
        for (int i = 0; i < routes.size(); i++) {
            results.addAll(results(i));
        }
        return results;
    }

    private List<Result> results(int number) {
        Route route = routes.get(number);
        Coverage coverage = coverages.get(number);
        List<Result> results = new ArrayList<>();
        results.add(Measure.kernel(route, coverage));
        results.add(Measure.ipc(route, coverage));
        if (number == 0) {
            results.add(
                    Measure.component(
                            SmallMachines.SCHEDULER,
                            scheduler,
                            longerDrivable,
                            longerCoverage,
                            new int[] {Result.LEAST_EDGES, Result.LEAST_EDGES}));
            results.add(
                    Measure.actions(
                            SmallMachines.LOCKED, locked, lockEdges, lockedCoverage, LEAST_LOCKED));
            results.add(Measure.lock(SmallMachines.LOCK, lockCoverage));
        }
        return results;
    }
}
