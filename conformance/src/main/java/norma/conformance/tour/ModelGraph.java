package norma.conformance.tour;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import norma.model.Action;
import norma.model.Guard;
import norma.model.Model;
import norma.model.State;

/**
 * The whole state graph of a model at small constants, in memory: states numbered in breadth-first
 * order from 0, the edges of a state next to each other.
 *
 * @param <S> the model's state
 */
final class ModelGraph<S extends State> {
    /** There is no such state, or edge. */
    static final int NONE = -1;

    private static final int FIRST_EDGES = 1 << 12;

    private final Model<S> model;
    private final List<? extends Action> actions;
    private final Map<Action, Integer> actionNumbers = new HashMap<>();
    private final Map<ByteBuffer, Integer> numbers = new HashMap<>();
    private final List<byte[]> packed = new ArrayList<>();
    private final S scratch;
    private final Set<String> conjuncts = new TreeSet<>();
    private int[] firstEdge = new int[FIRST_EDGES];
    private int[] edgeAction = new int[FIRST_EDGES];
    private int[] edgeTo = new int[FIRST_EDGES];
    private int edges;

    /** Explores the model. */
    @SuppressWarnings("unchecked") // A copy of a state is of its class.
    ModelGraph(Model<S> model) {
        this.model = model;
        actions = model.actions();
        for (int i = 0; i < actions.size(); i++) {
            actionNumbers.put(actions.get(i), i);
        }
        List<S> initial = model.initialStates();
        scratch = (S) initial.getFirst().copy();
        for (S state : initial) {
            number(state);
        }
        explore((S) initial.getFirst().copy(), (S) initial.getFirst().copy());
    }

    private void explore(S from, S next) {
        Guard guard = new Guard();
        for (int state = 0; state < packed.size(); state++) {
            firstEdge = room(firstEdge, state + 1);
            firstEdge[state] = edges;
            load(state, from);
            next.copyFrom(from);
            for (int action = 0; action < actions.size(); action++) {
                guard.begin();
                if (model.step(next, actions.get(action), guard)) {
                    add(action, number(next));
                    next.copyFrom(from);
                }
            }
            firstEdge[state + 1] = edges;
        }
    }

    private void add(int action, int to) {
        edgeAction = room(edgeAction, edges);
        edgeTo = room(edgeTo, edges);
        edgeAction[edges] = action;
        edgeTo[edges] = to;
        edges++;
    }

    private static int[] room(int[] array, int index) {
        return index < array.length ? array : Arrays.copyOf(array, 2 * array.length);
    }

    private int number(S state) {
        byte[] bytes = new byte[state.size()];
        state.pack(bytes, 0);
        Integer known = numbers.putIfAbsent(ByteBuffer.wrap(bytes), packed.size());
        if (known == null) {
            packed.add(bytes);
            return packed.size() - 1;
        }
        return known;
    }

    /** Number of a state, or {@link #NONE} if it is not in the graph. */
    int find(S state) {
        byte[] bytes = new byte[state.size()];
        state.pack(bytes, 0);
        return numbers.getOrDefault(ByteBuffer.wrap(bytes), NONE);
    }

    /** Makes {@code into} the state of that number. */
    void load(int state, S into) {
        into.unpack(packed.get(state), 0);
    }

    /** The state of that number; overwritten by the next call. */
    S state(int state) {
        load(state, scratch);
        return scratch;
    }

    /** A state of its own, of that number. */
    @SuppressWarnings("unchecked") // A copy of a state is of its class.
    S copy(int state) {
        return (S) state(state).copy();
    }

    /** For each action the conjuncts of its guard that are the first to forbid it in some state. */
    Set<String> conjuncts() {
        if (conjuncts.isEmpty()) {
            BitSet all = new BitSet();
            all.set(0, states());
            conjuncts.addAll(conjuncts(all));
        }
        return conjuncts;
    }

    /** The same in these states. */
    Set<String> conjuncts(BitSet states) {
        Map<Class<?>, Set<String>> found = new HashMap<>();
        Guard guard = new Guard();
        for (int at = states.nextSetBit(0); at >= 0; at = states.nextSetBit(at + 1)) {
            load(at, scratch);
            for (Action action : actions) {
                guard.begin();
                if (model.step(scratch, action, guard)) {
                    load(at, scratch);
                } else {
                    found.computeIfAbsent(action.getClass(), kind -> new HashSet<>())
                            .add(String.valueOf(guard.failed()));
                }
            }
        }
        Set<String> names = new TreeSet<>();
        found.forEach((kind, all) ->
                all.forEach(name -> names.add(kind.getSimpleName() + ": not " + name)));
        return names;
    }

    /** Is it an action of the model at these constants? */
    boolean knows(Action action) {
        return actionNumbers.containsKey(action);
    }

    Model<S> model() {
        return model;
    }

    int states() {
        return packed.size();
    }

    int edges() {
        return edges;
    }

    /** Number of a state's first edge; that of the next state is one past its last. */
    int first(int state) {
        return firstEdge[state];
    }

    /** Number of the edge by which {@code action} leaves a state, or {@link #NONE}. */
    int edge(int state, Action action) {
        int number = actionNumbers.getOrDefault(action, NONE);
        for (int edge = firstEdge[state]; edge < firstEdge[state + 1]; edge++) {
            if (edgeAction[edge] == number) {
                return edge;
            }
        }
        return NONE;
    }

    /** The action of an edge. */
    Action action(int edge) {
        return actions.get(edgeAction[edge]);
    }

    /** Name of an edge's action. */
    String kind(int edge) {
        return action(edge).getClass().getSimpleName();
    }

    /** For people: the edge, with the state that it comes from. */
    String text(int edge) {
        StringBuilder text = new StringBuilder(model.names().label(action(edge)));
        text.append(" from ");
        state(from(edge)).canonical(text, model.names());
        return text.toString().strip();
    }

    /** State that an edge comes from. */
    int from(int edge) {
        int low = 0;
        int high = states() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (firstEdge[middle] <= edge) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /** State that an edge leads to. */
    int to(int edge) {
        return edgeTo[edge];
    }
}
