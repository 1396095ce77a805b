package norma.conformance.tour;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import norma.model.Model;
import norma.model.State;
import norma.model.ipc.IpcState;
import norma.model.kernel.KernelState;
import norma.model.sched.SchedState;
import norma.model.space.SpaceState;

/**
 * The stand-alone machine of one component, and which of its edges the edges of the composed
 * machine are: the component's window of the states before and after, and an action that
 * composition makes of the component's.
 *
 * @param <S> its state
 */
final class Component<S extends State> {
    private static final List<String> TRAPS =
            List.of("EnterKernel", "Block", "EndThread", "CrashThread", "Reap", "Create", "Signal");

    /** What {@code Kernel.tla} makes of the actions of {@code Ipc.tla}. */
    private static final Map<String, List<String>> IPC =
            Map.ofEntries(
                    Map.entry("Call", List.of("Call")),
                    Map.entry("Receive", List.of("Receive")),
                    Map.entry("Reply", List.of("Reply")),
                    Map.entry("Cancel", List.of("Cancel")),
                    Map.entry("Restart", List.of("Restart")),
                    Map.entry("Spawn", List.of("Attach")),
                    Map.entry("Exit", List.of("Detach")),
                    Map.entry("Die", List.of("Die")),
                    Map.entry("TimeOut", List.of("TimeOut")),
                    Map.entry("Grant", List.of("Grant")),
                    Map.entry("FailCall", List.of("FailCall")),
                    Map.entry("Donate", List.of("Donate")),
                    Map.entry("Dispatch", List.of("Return")),
                    Map.entry("Steal", List.of("Return")),
                    Map.entry("Resume", List.of("Return")));

    /** What it makes of those of {@code Scheduler.tla}; others are called the same. */
    private static final Map<String, List<String>> SCHEDULER =
            Map.ofEntries(
                    Map.entry("Call", TRAPS),
                    Map.entry("Receive", TRAPS),
                    Map.entry("Reply", TRAPS),
                    Map.entry("Cancel", TRAPS),
                    Map.entry("Restart", TRAPS),
                    Map.entry("Spawn", TRAPS),
                    Map.entry("Exit", TRAPS),
                    Map.entry("Die", TRAPS),
                    Map.entry("Sleep", TRAPS),
                    Map.entry("Refuse", TRAPS),
                    Map.entry("Fault", TRAPS),
                    Map.entry("TimeOut", List.of("Deadline")),
                    Map.entry("Wake", List.of("Deadline")),
                    Map.entry("Grant", List.of("Deadline")),
                    Map.entry("FailCall", List.of("Deadline")),
                    Map.entry("Inherit", List.of("SetPriority")));

    /** What it makes of those of {@code AddressSpace.tla}; others are called the same. */
    private static final Map<String, List<String>> SPACES =
            Map.ofEntries(
                    Map.entry("Spawn", List.of("Join")),
                    Map.entry("Exit", List.of("Quit")),
                    Map.entry("Fault", List.of("Quit")));

    private final ModelGraph<S> graph;
    private final int[] image;
    private final int[] places;
    private final BitSet states = new BitSet();
    private final BitSet composed = new BitSet();

    private Component(
            ModelGraph<KernelState> kernel,
            Model<S> model,
            Function<KernelState, State> window,
            Function<String, List<String>> kinds) {
        graph = new ModelGraph<>(model);
        places = new int[kernel.states()];
        S state = model.initialStates().getFirst();
        for (int i = 0; i < places.length; i++) {
            state.copyFrom(window.apply(kernel.state(i)));
            places[i] = graph.find(state);
        }
        image = new int[kernel.edges()];
        Arrays.fill(image, ModelGraph.NONE);
        for (int from = 0; from < places.length; from++) {
            if (places[from] == ModelGraph.NONE) {
                continue;
            }
            states.set(places[from]);
            for (int edge = kernel.first(from); edge < kernel.first(from + 1); edge++) {
                image[edge] =
                        edge(places[from], kinds.apply(kernel.kind(edge)), places[kernel.to(edge)]);
                if (image[edge] != ModelGraph.NONE) {
                    composed.set(image[edge]);
                }
            }
        }
    }

    private int edge(int from, List<String> kinds, int to) {
        for (int edge = graph.first(from); edge < graph.first(from + 1); edge++) {
            if (graph.to(edge) == to && kinds.contains(graph.kind(edge))) {
                return edge;
            }
        }
        return ModelGraph.NONE;
    }

    /** IPC, as a composed machine sees it. */
    static Component<IpcState> ipc(ModelGraph<KernelState> kernel, Model<IpcState> model) {
        return new Component<>(
                kernel, model, KernelState::ipc, kind -> IPC.getOrDefault(kind, List.of()));
    }

    /** The scheduler, as a composed machine sees it. */
    static Component<SchedState> scheduler(
            ModelGraph<KernelState> kernel, Model<SchedState> model) {
        return new Component<>(
                kernel,
                model,
                KernelState::sched,
                kind -> SCHEDULER.getOrDefault(kind, List.of(kind)));
    }

    /** Address spaces, as a composed machine sees them. */
    static Component<SpaceState> spaces(ModelGraph<KernelState> kernel, Model<SpaceState> model) {
        return new Component<>(
                kernel,
                model,
                KernelState::spaces,
                kind -> SPACES.getOrDefault(kind, List.of(kind)));
    }

    ModelGraph<S> graph() {
        return graph;
    }

    /** For each edge of the composed machine the component's edge that it is, or NONE. */
    int[] images() {
        return image.clone();
    }

    /** The component's states of states of the composed machine. */
    BitSet places(BitSet composedStates) {
        BitSet result = new BitSet();
        composedStates.stream()
                .map(state -> places[state])
                .filter(place -> place != ModelGraph.NONE)
                .forEach(result::set);
        return result;
    }

    /** The component's edges that edges of the composed machine are. */
    BitSet image(BitSet edges) {
        BitSet result = new BitSet();
        for (int edge = edges.nextSetBit(0); edge >= 0; edge = edges.nextSetBit(edge + 1)) {
            if (image[edge] != ModelGraph.NONE) {
                result.set(image[edge]);
            }
        }
        return result;
    }

    /** Why this kernel takes no edge of the composed machine that is this one of the component. */
    String reason(int edge) {
        if (composed.get(edge)) {
            return "not-drivable-in-composition";
        }
        return states.get(graph.from(edge))
                ? "no-step-of-the-composition"
                : "state-not-in-composition";
    }
}
