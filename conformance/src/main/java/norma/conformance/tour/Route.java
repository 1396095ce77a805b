package norma.conformance.tour;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import norma.conformance.tour.Moves.Pace;
import norma.model.ipc.IpcModel;
import norma.model.ipc.IpcState;
import norma.model.kernel.KernelConstants;
import norma.model.kernel.KernelModel;
import norma.model.kernel.KernelState;

/**
 * A graph of {@code Kernel.tla} on one core, what is asked for of it, and the component's graph
 * that it is told for.
 *
 * <p>The first route is asked for everything, each further one for the actions that those before it
 * do not have.
 */
final class Route {
    /** Why an edge of a further route is not asked for. */
    static final String SMALLER = "action-toured-at-smaller-constants";

    /** Of a route of which few actions are asked for. */
    private static final int LEAST_PREDICATES = 90;

    private static final int FEW = 1;

    private final String name;
    private final String ipcName;
    private final KernelConstants constants;
    private final ModelGraph<KernelState> graph;
    private final Drivable<KernelState, Discipline> drivable;
    private final Component<IpcState> ipc;
    private final Set<String> actions = new TreeSet<>();
    private final Set<String> ipcActions = new TreeSet<>();
    private final List<Integer> starts = new ArrayList<>();
    private final BitSet asked = new BitSet();
    private final BitSet ipcAsked = new BitSet();
    private final Map<Pace, Moves> moves = new EnumMap<>(Pace.class);

    /**
     * Explores a graph.
     *
     * @param name its name in the manifest
     * @param ipcName that of the stand-alone machine of IPC
     * @param constants its constants
     * @param ipcModel that machine
     * @param toured actions of the routes before; this one's are added
     * @param ipcToured the same of IPC
     */
    Route(
            String name,
            String ipcName,
            KernelConstants constants,
            IpcModel ipcModel,
            Set<String> toured,
            Set<String> ipcToured) {
        this.name = name;
        this.ipcName = ipcName;
        this.constants = constants;
        graph = new ModelGraph<>(new KernelModel(constants));
        drivable = new Drivable<>(graph, new Discipline(constants));
        ipc = Component.ipc(graph, ipcModel);
        ask(graph, drivable.edges(), toured, actions, asked);
        ask(ipc.graph(), ipc.image(drivable.edges()), ipcToured, ipcActions, ipcAsked);
        findStarts();
        for (Pace pace : Pace.values()) {
            moves.put(pace, new Moves(graph, drivable, pace, constants.threads()));
        }
    }

    private static void ask(
            ModelGraph<?> graph,
            BitSet drivable,
            Set<String> toured,
            Set<String> actions,
            BitSet asked) {
        for (int edge = drivable.nextSetBit(0); edge >= 0; edge = drivable.nextSetBit(edge + 1)) {
            if (!toured.contains(graph.kind(edge))) {
                actions.add(graph.kind(edge));
                asked.set(edge);
            }
        }
        toured.addAll(actions);
    }

    /** All routes of {@code norma tour}, the main one first. */
    static List<Route> all(SmallMachines machines) {
        Set<String> toured = new TreeSet<>();
        Set<String> ipcToured = new TreeSet<>();
        List<Route> routes = new ArrayList<>();
        routes.add(
                new Route(
                        SmallMachines.KERNEL,
                        SmallMachines.IPC,
                        machines.kernel(),
                        machines.ipc(),
                        toured,
                        ipcToured));
        for (String further : List.of(SmallMachines.TIMED, SmallMachines.CHAINED)) {
            KernelConstants constants = machines.kernel(further);
            routes.add(
                    new Route(
                            further,
                            SmallMachines.OF + further,
                            constants,
                            SmallMachines.ipc(constants),
                            toured,
                            ipcToured));
        }
        return routes;
    }

    String name() {
        return name;
    }

    String ipcName() {
        return ipcName;
    }

    KernelConstants constants() {
        return constants;
    }

    ModelGraph<KernelState> graph() {
        return graph;
    }

    Drivable<KernelState, Discipline> drivable() {
        return drivable;
    }

    Component<IpcState> ipc() {
        return ipc;
    }

    /**
     * States in which legs may begin: the initial one, and the one after a death and a restart of
     * the channel if that is another; what takes all tags of a channel is lost with its server.
     */
    private void findStarts() {
        starts.add(0);
        Projection projection = new Projection(constants);
        for (int state = 1; state < graph.states() && constants.channels() == 1; state++) {
            if (projection.restarted(graph.state(state))) {
                starts.add(state);
            }
        }
    }

    /** States in which legs may begin. */
    List<Integer> starts() {
        return starts;
    }

    /** Least share of predicates, in percent: all is asked of the first route alone. */
    int least() {
        return ipcActions.size() > FEW ? Result.LEAST_EDGES : LEAST_PREDICATES;
    }

    /** The edges that are asked for. */
    BitSet asked() {
        return asked;
    }

    /** Those of IPC. */
    BitSet ipcAsked() {
        return ipcAsked;
    }

    /** Why an edge is not asked for. */
    String reason(int edge) {
        String why = drivable.reason(edge);
        return why == null ? SMALLER : why;
    }

    /** Why an edge of IPC is not asked for. */
    String ipcReason(int edge) {
        return !ipcActions.contains(ipc.graph().kind(edge)) ? SMALLER : ipc.reason(edge);
    }

    Map<Pace, Moves> moves() {
        return moves;
    }
}
