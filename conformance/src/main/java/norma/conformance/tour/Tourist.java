package norma.conformance.tour;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
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

    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final Arch arch;
    private final Path kernel;
    private final PrintStream out;
    private final ModelGraph<KernelState> graph;
    private final Drivable drivable;
    private final Coverage coverage;
    private final ModelGraph<KernelState> longer;
    private final Drivable longerDrivable;
    private final Coverage longerCoverage;
    private final LockCoverage lockCoverage;
    private final Component<?> ipc;
    private final Component<?> scheduler;
    private final Map<Pace, Moves> moves = new EnumMap<>(Pace.class);
    private int boots;

    Tourist(SmallMachines machines, Arch arch, Path kernel, PrintStream out) {
        this.arch = arch;
        this.kernel = kernel;
        this.out = out;
        KernelConstants constants = machines.kernel();
        graph = new ModelGraph<>(new KernelModel(constants));
        drivable = new Drivable(graph, new Discipline(constants));
        coverage = new Coverage(graph, constants);
        KernelConstants more = machines.kernelForScheduler();
        longer = new ModelGraph<>(new KernelModel(more));
        longerDrivable = new Drivable(longer, new Discipline(more));
        longerCoverage = new Coverage(longer, more);
        lockCoverage = new LockCoverage(machines.lock());
        ipc = Component.ipc(graph, machines.ipc());
        scheduler = Component.scheduler(longer, machines.scheduler());
        for (Pace pace : Pace.values()) {
            moves.put(pace, new Moves(graph, drivable, pace, constants.threads()));
        }
    }

    /** Boots until enough is covered or the time is up; what is wrong with a trace, or null. */
    @Nullable Finding tour(Duration patience, boolean toTheEnd, long seed) throws IOException {
        long end = System.nanoTime() + patience.toNanos();
        long chance = seed;
        boolean more = true;
        while (more) {
            more = false;
            for (Map.Entry<Pace, Moves> pace : moves.entrySet()) {
                BitSet wanted = (BitSet) drivable.edges().clone();
                wanted.andNot(coverage.edges());
                Planner planner = new Planner(pace.getValue(), graph.states(), wanted);
                boolean locks = boots == 0;
                TourScript script =
                        plan(planner, pace.getKey(), ++chance, locks ? LOCK_BOOT : BOOT);
                while (script.legs() > 0) {
                    Finding finding = boot(script, pace.getKey(), boots == 0);
                    if (finding != null || (!toTheEnd && enough()) || System.nanoTime() > end) {
                        return finding;
                    }
                    more = true;
                    script = plan(planner, pace.getKey(), ++chance, BOOT);
                }
            }
        }
        return null;
    }

    /** Edges first: they are counted at once. */
    private boolean enough() {
        return most(drivable.edges(), coverage.edges())
                && most(ipc.image(drivable.edges()), ipc.image(coverage.edges()))
                && most(
                        scheduler.image(longerDrivable.edges()),
                        scheduler.image(longerCoverage.edges()))
                && results().stream().allMatch(Result::enough);
    }

    private static boolean most(BitSet drivable, BitSet taken) {
        BitSet both = (BitSet) taken.clone();
        both.and(drivable);
        return Result.most(both.cardinality(), drivable.cardinality());
    }

    /** The legs of one boot; none if nothing that is wanted can be reached. */
    private TourScript plan(Planner planner, Pace pace, long chance, int most) {
        TourScript script = new TourScript(graph, pace, chance);
        int planned = 0;
        while (planned < most) {
            List<Move> leg = planner.leg(0, LEG);
            if (leg.isEmpty()) {
                break;
            }
            script.add(leg);
            planned += leg.size();
        }
        return script;
    }

    private @Nullable Finding boot(TourScript script, Pace pace, boolean locks) throws IOException {
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
                        coverage.follow(validator);
                        longerCoverage.follow(validator);
                        lockCoverage.follow(validator);
                    }

                    @Override
                    public void status(Validator validator, double seconds) {}
                };
        Outcome outcome = new Session(plan, progress).run();
        Failures.settle(trace, false, outcome.finding());
        BitSet covered = (BitSet) coverage.edges().clone();
        covered.and(drivable.edges());
        out.printf(
                Locale.ROOT,
                "%s boot %d %s legs=%d events=%d seconds=%.2f covered=%d/%d %s%n",
                arch,
                boots,
                pace.name().toLowerCase(Locale.ROOT),
                script.legs(),
                outcome.counts().events(),
                outcome.seconds(),
                covered.cardinality(),
                drivable.edges().cardinality(),
                outcome.verdict());
        out.flush();
        return outcome.finding();
    }

    /** What has been covered so far. */
    List<Result> results() {
        List<Result> results = new ArrayList<>();
        results.add(Measure.kernel(SmallMachines.KERNEL, graph, drivable, coverage));
        results.add(Measure.component(SmallMachines.IPC, ipc, drivable.edges(), coverage.edges()));
        results.add(
                Measure.component(
                        SmallMachines.SCHEDULER,
                        scheduler,
                        longerDrivable.edges(),
                        longerCoverage.edges()));
        results.add(Measure.lock(SmallMachines.LOCK, lockCoverage));
        return results;
    }
}
