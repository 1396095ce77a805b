package norma.conformance.tour;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import norma.conformance.check.Finding;
import norma.conformance.check.Memory;
import norma.conformance.forced.Rehearsal.Rehearsed;
import norma.conformance.job.Images;
import norma.conformance.machine.Arch;
import norma.conformance.scenario.Script;
import norma.model.kernel.KernelConstants;
import norma.model.kernel.KernelModel;
import norma.model.kernel.KernelState;
import norma.model.space.SpaceState;
import org.jspecify.annotations.Nullable;

/**
 * A tour of processes and their pages: as {@link GatedTour}, along the edges of a composed machine
 * itself.
 */
final class ProcessTour {
    /** Ways without a new edge after which the rest is given up. */
    private static final int FRUITLESS = 400;

    /** Ways that are tried unless more are asked for. */
    private static final int WAYS = 150;

    /** Least share of predicates, in percent. */
    private static final int PREDICATES = 95;

    private final String name;
    private final Wish wish;
    private final KernelConstants constants;
    private final BitSet asked;
    private final @Nullable Component<SpaceState> spaces;
    private final ModelGraph<KernelState> graph;
    private final Drivable<KernelState, ProcessDiscipline> drivable;
    private final PrintStream out;
    private final GatedScript script;
    private final List<Rehearsed> ways = new ArrayList<>();

    private boolean toTheEnd;
    private boolean outOfTime;

    /**
     * What a tour is to show.
     *
     * @param actions those that no smaller machine has; none: all
     * @param part least share of their drivable edges in percent, without the time for all
     * @param most the same with it
     * @param spaces stand-alone address spaces of the same constants, toured along with it; or null
     */
    record Wish(Set<String> actions, int part, int most, @Nullable String spaces) {
        Wish {
            actions = Set.copyOf(actions);
        }
    }

    ProcessTour(SmallMachines machines, String name, Wish wish, PrintStream out) {
        this.wish = wish;
        this.name = name;
        this.out = out;
        constants = machines.kernel(name);
        graph = new ModelGraph<>(new KernelModel(constants));
        drivable = new Drivable<>(graph, new ProcessDiscipline(constants));
        asked = (BitSet) drivable.edges().clone();
        for (int edge : drivable.edges().stream().toArray()) {
            asked.set(edge, wish.actions().isEmpty() || wish.actions().contains(graph.kind(edge)));
        }
        String component = wish.spaces();
        spaces = component == null ? null : Component.spaces(graph, machines.spaces(component));
        script =
                new GatedScript(
                        new Memory(constants.spaces().pages(), constants.spaces().frames()));
    }

    /** Looks for ways; {@code most}: until every edge is met. The time is a deadline. */
    void rehearse(Duration patience, boolean most, long seed) {
        toTheEnd = most;
        Ways paths = new Ways(graph, drivable);
        Search search = new Search(name, constants, paths, script, patience, out);
        if (spaces != null || !most) {
            // A component's edges first: the nearest of all others would take the tries.
            look(search, groups(false), WAYS, seed);
        }
        if (most) {
            look(search, groups(true), Search.MOST, seed);
        }
        ways.addAll(search.ways());
        outOfTime = search.outOfTime();
        search.said("that was all");
    }

    private void look(Search search, int[] groups, int most, long seed) {
        Wanted wanted = new Wanted(drivable.edges(), groups);
        search.met().stream().forEach(wanted::taken);
        search.look(wanted, most, FRUITLESS, seed);
    }

    /**
     * What is asked for, each; with a component each of its edges, and the rest if there is time.
     */
    private int[] groups(boolean most) {
        int[] groups = new int[graph.edges()];
        Arrays.fill(groups, ModelGraph.NONE);
        int own = 0;
        if (spaces != null) {
            groups = spaces.images();
            own = spaces.graph().edges();
        }
        for (int edge : asked.stream().toArray()) {
            groups[edge] = most || spaces == null ? own + edge : groups[edge];
        }
        return groups;
    }

    /** Did the deadline end the search? */
    boolean outOfTime() {
        return outOfTime;
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
                constants.cores(),
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
                "%s took %d ways of %s in %.1f s, %d differ, %d without an answer%n",
                arch,
                ways.size(),
                name,
                (System.nanoTime() - start) / 1e9,
                wrong.size(),
                gated.unknown());
        out.flush();
        List<Result> results = new ArrayList<>();
        results.add(
                Measure.actions(
                        name,
                        drivable,
                        asked,
                        coverage,
                        new int[] {toTheEnd ? wish.most() : wish.part(), PREDICATES}));
        if (spaces != null) {
            results.add(
                    Measure.component(
                            String.valueOf(wish.spaces()),
                            spaces,
                            drivable,
                            coverage,
                            new int[] {Result.LEAST_EDGES, PREDICATES}));
        }
        return new Shown(results, wrong, gated.unknown());
    }

    /**
     * What an architecture has shown.
     *
     * @param results what has been covered
     * @param wrong what is wrong with the machine code's courses
     * @param unknown courses that no machine could take
     */
    record Shown(List<Result> results, List<String> wrong, int unknown) {
        Shown {
            results = List.copyOf(results);
        }
    }
}
