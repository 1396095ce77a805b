package norma.model.explore;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import norma.model.Action;
import norma.model.Guard;
import norma.model.Invariant;
import norma.model.Model;
import norma.model.Names;
import norma.model.State;
import org.jspecify.annotations.Nullable;

/**
 * Builds the whole labelled state graph of a model, breadth first.
 *
 * <p>Invariants are checked on every state; the search stops at the first violation, whose path is
 * then a shortest one. One explorer serves one search.
 *
 * @param <S> the model's state
 */
public final class Explorer<S extends State> {
    /** Label of a path's first step. */
    public static final String INITIAL = "Initial";

    /** Name of the violation that a state without successors is. */
    public static final String DEADLOCK = "Deadlock";

    private static final int TEXT_CAPACITY = 512;
    private static final int INITIAL_STATES = 1024;
    private static final int NO_PARENT = -1;

    private final Model<S> model;
    private final Names names;
    private final Action[] actions;
    private final String[] labels;
    private final boolean[] used;
    private final List<Invariant<S>> invariants;
    private final @Nullable GraphListener listener;
    private final Guard guard = new Guard();
    private final StringBuilder text = new StringBuilder(TEXT_CAPACITY);
    private final S current;
    private final S next;
    private final StateTable table;
    private int[] parent = new int[INITIAL_STATES];
    private int[] via = new int[INITIAL_STATES];
    private long edges;
    private @Nullable String violation;
    private int violator = NO_PARENT;

    /** An explorer of the model; the listener, if any, hears of every state and edge. */
    public Explorer(Model<S> model, @Nullable GraphListener listener) {
        this.model = model;
        this.listener = listener;
        names = model.names();
        actions = model.actions().toArray(Action[]::new);
        labels = new String[actions.length];
        Arrays.setAll(labels, i -> names.label(actions[i]));
        used = new boolean[actions.length];
        invariants = model.invariants();
        current = model.initialStates().get(0);
        next = model.initialStates().get(0);
        table = new StateTable(current.size());
    }

    /** Explores everything reachable, or up to the first violation. */
    public Exploration run(boolean deadlockIsViolation) {
        long begin = cpuNanos();
        for (S initial : model.initialStates()) {
            next.copyFrom(initial);
            found(NO_PARENT, NO_PARENT);
        }
        for (int number = 0; number < table.count() && violation == null; number++) {
            table.load(number, current);
            long before = edges;
            expand(number);
            if (edges == before && deadlockIsViolation && violation == null) {
                violate(DEADLOCK, number);
            }
        }
        long cpu = cpuNanos() - begin;
        int last = violation == null ? table.count() - 1 : violator;
        int depth = 0;
        for (int number = last; number != NO_PARENT; number = parent[number]) {
            depth++;
        }
        List<Exploration.Step> path = violation == null ? List.of() : path(violator);
        return new Exploration(table.count(), edges, depth, cpu, violation, path, unusedActions());
    }

    private void expand(int number) {
        next.copyFrom(current);
        for (int i = 0; i < actions.length; i++) {
            guard.begin();
            if (!model.step(next, actions[i], guard)) {
                continue;
            }
            used[i] = true;
            edges++;
            int to = found(number, i);
            if (listener != null) {
                listener.edge(number, labels[i], to);
            }
            next.copyFrom(current);
        }
    }

    /** Records the state in {@code next}, reached from a state by an action. */
    private int found(int from, int action) {
        int number = table.add(next);
        if (!table.added()) {
            return number;
        }
        if (number >= parent.length) {
            parent = Arrays.copyOf(parent, 2 * parent.length);
            via = Arrays.copyOf(via, 2 * via.length);
        }
        parent[number] = from;
        via[number] = action;
        if (listener != null) {
            text.setLength(0);
            next.canonical(text, names);
            listener.state(number, text);
        }
        for (Invariant<S> invariant : invariants) {
            if (!invariant.holds(next, names)) {
                violate(invariant.name(), number);
            }
        }
        return number;
    }

    private void violate(String name, int number) {
        if (violation == null) {
            violation = name;
            violator = number;
        }
    }

    private List<Exploration.Step> path(int to) {
        List<Exploration.Step> path = new ArrayList<>();
        for (int number = to; number != NO_PARENT; number = parent[number]) {
            table.load(number, current);
            text.setLength(0);
            current.canonical(text, names);
            String label = via[number] == NO_PARENT ? INITIAL : labels[via[number]];
            path.add(new Exploration.Step(label, text.toString()));
        }
        Collections.reverse(path);
        return path;
    }

    private List<String> unusedActions() {
        TreeSet<String> unused = new TreeSet<>();
        for (Action action : actions) {
            unused.add(action.getClass().getSimpleName());
        }
        for (int i = 0; i < actions.length; i++) {
            if (used[i]) {
                unused.remove(actions[i].getClass().getSimpleName());
            }
        }
        return List.copyOf(unused);
    }

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
