package norma.conformance.tour;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;
import norma.conformance.check.Finding;
import norma.conformance.check.Memory;
import norma.conformance.forced.Rehearsal;
import norma.conformance.forced.Rehearsal.Rehearsed;
import norma.conformance.job.Images;
import norma.conformance.machine.Arch;
import norma.conformance.scenario.Script;
import norma.model.kernel.KernelConstants;
import norma.model.kernel.KernelModel;
import norma.model.kernel.KernelState;

/**
 * A tour of processes and their pages on one core: as {@link GatedTour}, along the edges of the
 * composed machine itself.
 */
final class ProcessTour {
    private static final int BOARD = 150;

    /** Ways that are rehearsed unless more are asked for. */
    private static final int WAYS = 150;

    /** Least share of drivable edges in percent when there is not the time for all of them. */
    private static final int PART = 50;

    /** Least share of predicates, in percent. */
    private static final int PREDICATES = 95;

    private final KernelConstants constants;
    private final ModelGraph<KernelState> graph;
    private final Drivable<KernelState, ProcessDiscipline> drivable;
    private final PrintStream out;
    private final GatedScript script;
    private final List<Rehearsed> ways = new ArrayList<>();
    private boolean toTheEnd;

    ProcessTour(SmallMachines machines, PrintStream out) {
        this.out = out;
        constants = machines.kernel(SmallMachines.PROCESSES);
        graph = new ModelGraph<>(new KernelModel(constants));
        drivable = new Drivable<>(graph, new ProcessDiscipline(constants));
        script =
                new GatedScript(
                        new Memory(constants.spaces().pages(), constants.spaces().frames()));
    }

    /** Looks for ways for so long at most; {@code most}: until every edge is met. */
    void rehearse(Duration patience, boolean most, long seed) {
        toTheEnd = most;
        Rehearsal.Stage stage =
                ServiceLoader.load(Rehearsal.Stage.class)
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException("nobody can rehearse"));
        long start = System.nanoTime();
        long end = start + patience.toNanos();
        Ways paths = new Ways(graph, drivable);
        Wanted wanted = new Wanted(drivable.edges(), each());
        long chance = seed;
        int left = most ? Integer.MAX_VALUE : WAYS;
        while (!wanted.edges().isEmpty() && left > 0 && System.nanoTime() - end < 0) {
            Rehearsal board = stage.open(script.script(constants.firstPriority(), false), 1);
            Walker walker = new Walker(board, graph, paths, constants, script, chance++);
            for (int i = 0;
                    i < BOARD
                            && left-- > 0
                            && !wanted.edges().isEmpty()
                            && System.nanoTime() - end < 0;
                    i++) {
                int edges = wanted.edges().cardinality();
                Rehearsed way = walker.walk(wanted);
                if (wanted.edges().cardinality() < edges) {
                    ways.add(way);
                }
            }
        }
        out.printf(
                Locale.ROOT,
                "rehearsed %d ways of processes, in %.1f s%n",
                ways.size(),
                (System.nanoTime() - start) / 1e9);
        out.flush();
    }

    private int[] each() {
        int[] groups = new int[graph.edges()];
        Arrays.setAll(groups, edge -> edge);
        return groups;
    }

    /** Has an architecture's machine code take the ways that were rehearsed. */
    Shown tour(Arch arch, Optional<Path> overlay)
            throws Images.ImageBuildException, InterruptedException {
        Path image = Images.gated(arch, overlay);
        long start = System.nanoTime();
        Coverage coverage = new Coverage(drivable, constants, constants.threads());
        List<String> wrong = new ArrayList<>();
        GatedWays gated = new GatedWays(arch, image, wrong);
        Script of = script.script(constants.firstPriority(), false);
        gated.take(
                of,
                1,
                ways,
                (number, way, records) -> {
                    Finding finding =
                            new Follower(records, way.order(), constants, coverage).finding();
                    if (finding != null) {
                        wrong.add(finding.summary());
                    }
                });
        out.printf(
                Locale.ROOT,
                "%s took %d ways of processes in %.1f s, %d differ, %d without an answer%n",
                arch,
                ways.size(),
                (System.nanoTime() - start) / 1e9,
                wrong.size(),
                gated.unknown());
        out.flush();
        Result result =
                Measure.actions(
                        SmallMachines.PROCESSES,
                        drivable,
                        drivable.edges(),
                        coverage,
                        new int[] {toTheEnd ? Result.LEAST_EDGES : PART, PREDICATES});
        return new Shown(result, wrong, gated.unknown());
    }

    /**
     * What an architecture has shown.
     *
     * @param result what has been covered
     * @param wrong what is wrong with the machine code's courses
     * @param unknown courses that no machine could take
     */
    record Shown(Result result, List<String> wrong, int unknown) {}
}
