package norma.conformance.tour;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import norma.conformance.check.Finding;
import norma.conformance.forced.Rehearsal;
import norma.conformance.forced.Rehearsal.Rehearsed;
import norma.conformance.job.Images;
import norma.conformance.machine.Arch;
import norma.conformance.scenario.Script;
import norma.model.kernel.KernelConstants;
import norma.model.kernel.KernelModel;
import norma.model.kernel.KernelState;

/**
 * Tours of two cores: ways are rehearsed by the kernel's classes, then taken by images with gates,
 * whose own records are what counts.
 */
final class GatedTour {
    /** Ways that are tried unless more are asked for. */
    private static final int WAYS = 450;

    /** Ways without a new edge after which the rest is given up. */
    private static final int FRUITLESS = 3_000;

    /** Ways with lock events. */
    private static final int LOCK_WAYS = 250;

    /** Ways on which the recorder is switched on. */
    private static final int RECORDER_WAYS = 200;

    private static final String[] ACTIONS = {"Ipi", "Kick", "Steal"};

    private final KernelConstants constants;
    private final ModelGraph<KernelState> graph;
    private final Drivable<KernelState, CoresDiscipline> drivable;
    private final Component<?> scheduler;
    private final BitSet asked = new BitSet();
    private final SmallMachines machines;
    private final PrintStream out;
    private final List<Rehearsed> ways = new ArrayList<>();
    private final List<Rehearsed> lockWays = new ArrayList<>();
    private final List<Rehearsed> recorderWays = new ArrayList<>();
    private final List<Rehearsed> recordedWays = new ArrayList<>();
    private boolean toTheEnd;
    private boolean outOfTime;

    /** What an architecture has shown. */
    final class Shown {
        final Coverage coverage = new Coverage(drivable, constants, constants.threads());
        final LockWays locks = new LockWays(machines.lock(SmallMachines.LOCK_CORES));
        final CheckpointWays checkpoints = new CheckpointWays(machines.checkpoint());
        final List<String> wrong = new ArrayList<>();
        int unknown;

        /** Records of ways that were recorded from boot on, by their numbers. */
        private final Map<Integer, List<long[]>> whole = new HashMap<>();

        private Follower cores(int number, Rehearsed way, List<List<long[]>> records) {
            Follower follower = new Follower(records, way.order(), constants, coverage);
            Finding finding = follower.finding();
            if (finding != null) {
                wrong.add(finding.summary());
            }
            return follower;
        }

        private void locks(int number, Rehearsed way, List<List<long[]>> records) {
            locks.follow(cores(number, way, records).ordered(), way.order().size());
        }

        private void recorded(int number, Rehearsed way, List<List<long[]>> records) {
            whole.put(number, records.getFirst());
        }

        private void asked(int number, Rehearsed way, List<List<long[]>> records) {
            List<long[]> other = whole.get(number);
            if (other != null) {
                checkpoints.follow(other, records.getFirst());
            }
        }

        /** What is wrong with the machine code's courses. */
        List<String> wrong() {
            return wrong;
        }

        /** Courses that no machine could take. */
        int unknown() {
            return unknown;
        }

        /** What has been covered. */
        List<Result> results() {
            return List.of(
                    Measure.actions(
                            SmallMachines.CORES,
                            drivable,
                            asked,
                            coverage,
                            new int[] {toTheEnd ? LEAST_CORES : FEW, PREDICATES}),
                    Measure.component(
                            SmallMachines.SCHEDULER_CORES,
                            scheduler,
                            drivable,
                            coverage,
                            new int[] {toTheEnd ? Result.LEAST_EDGES : PART, PREDICATES}),
                    Measure.lock(SmallMachines.LOCK_CORES, locks),
                    Measure.checkpoints(SmallMachines.CHECKPOINT, checkpoints));
        }
    }

    /** Least share of drivable edges in percent when there is not the time for all of them. */
    private static final int PART = 20;

    /** The same of the composed machine, along whose edges no way is looked for then. */
    private static final int FEW = 5;

    /**
     * Least share of the composed machine's, when there is: what is left are edges that end a way,
     * so that each takes one more.
     */
    private static final int LEAST_CORES = 90;

    /** Least share of predicates, in percent. */
    private static final int PREDICATES = 95;

    GatedTour(SmallMachines machines, PrintStream out) {
        this.machines = machines;
        this.out = out;
        constants = machines.kernelForCores();
        graph = new ModelGraph<>(new KernelModel(constants));
        drivable = new Drivable<>(graph, new CoresDiscipline(constants));
        scheduler = Component.scheduler(graph, machines.scheduler(SmallMachines.SCHEDULER_CORES));
        for (int edge : drivable.edges().stream().toArray()) {
            asked.set(edge, Arrays.asList(ACTIONS).contains(graph.kind(edge)));
        }
    }

    /**
     * Looks for ways; {@code most}: until every edge of the composed machine is met, and not only a
     * number of ways along the scheduler's. The time is a deadline.
     */
    void rehearse(Duration patience, boolean most, long seed) {
        toTheEnd = most;
        Ways paths = new Ways(graph, drivable);
        Search search =
                new Search(SmallMachines.CORES, constants, paths, new GatedScript(), patience, out);
        search.look(
                new Wanted(drivable.edges(), groups(most)),
                most ? Search.MOST : WAYS,
                FRUITLESS,
                seed);
        ways.addAll(search.ways());
        outOfTime = search.outOfTime();
        chance(search.stage(), paths, seed);
        search.said(
                lockWays.size() + " more with lock events, " + recorderWays.size() + " recorded");
    }

    /**
     * What is wanted: of the composed machine's edges that are one of the scheduler's, one; and
     * each that is asked for itself, if there is the time.
     */
    private int[] groups(boolean each) {
        int[] groups = scheduler.images();
        int own = scheduler.graph().edges();
        asked.stream().filter(edge -> each).forEach(edge -> groups[edge] = own + edge);
        return groups;
    }

    /** The ways that chance alone finds: with lock events, and of the recorder. */
    private void chance(Rehearsal.Stage stage, Ways paths, long seed) {
        GatedScript script = new GatedScript();
        Rehearsal board = stage.open(script.script(constants.firstPriority(), true), 2);
        Walker walker = new Walker(board, graph, paths, constants, script, seed);
        for (int i = 0; i < LOCK_WAYS; i++) {
            lockWays.add(walker.stroll());
        }
        RecorderWalk recorder =
                new RecorderWalk(
                        stage.open(script.later(), 1), stage.open(script.whole(), 1), script, seed);
        for (int i = 0; i < RECORDER_WAYS; i++) {
            RecorderWalk.Pair pair = recorder.walk();
            recordedWays.add(pair.whole());
            recorderWays.add(pair.later());
        }
    }

    /** Did the deadline end the search? */
    boolean outOfTime() {
        return outOfTime;
    }

    /** Has an architecture's machine code take the ways that were rehearsed. */
    Shown tour(Arch arch, Optional<Path> overlay)
            throws Images.ImageBuildException, InterruptedException {
        Path image = Images.gated(arch, overlay);
        Shown shown = new Shown();
        long start = System.nanoTime();
        Script script = new GatedScript().script(constants.firstPriority(), false);
        Script locks = new GatedScript().script(constants.firstPriority(), true);
        GatedWays gated = new GatedWays(arch, image, shown.wrong);
        gated.take(script, 2, ways, shown::cores);
        gated.take(locks, 2, lockWays, shown::locks);
        gated.take(new GatedScript().whole(), 1, recordedWays, shown::recorded);
        gated.take(new GatedScript().later(), 1, recorderWays, shown::asked);
        shown.unknown = gated.unknown();
        out.printf(
                Locale.ROOT,
                "%s took %d ways in %.1f s, %d differ, %d without an answer%n",
                arch,
                ways.size() + lockWays.size() + recorderWays.size(),
                (System.nanoTime() - start) / 1e9,
                shown.wrong.size(),
                shown.unknown);
        out.flush();
        return shown;
    }
}
