package norma.speccheck.tlc;

import java.lang.management.ManagementFactory;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import norma.model.explore.GraphListener;
import norma.speccheck.Progress;
import norma.speccheck.TlcOutcome;
import norma.speccheck.TlcOutcome.TraceStep;
import org.jspecify.annotations.Nullable;
import tlc2.tool.Action;
import tlc2.tool.StateVec;
import tlc2.tool.TLCState;
import tlc2.tool.impl.Tool;
import tlc2.value.impl.Value;
import util.UniqueString;

/**
 * Breadth-first search with the model checker's successor function.
 *
 * <p>Unlike its own search this one keeps parameters in labels and parallel edges apart. An edge is
 * a distinct (state, label, state): two disjuncts of one action that lead to the same state are one
 * edge. The search ends at the first violation; all that is violated there is reported.
 */
final class Search {
    private static final int TEXT_CAPACITY = 512;
    private static final int INITIAL_STATES = 1024;
    private static final int NONE = -1;
    private static final long LABEL_MULTIPLIER = 0x9E3779B97F4A7C15L;

    private final Tool tool;
    private final @Nullable GraphListener listener;
    private final Progress progress;
    private final @Nullable Implications implications;
    private final Action[] actions;
    private final String[] labels;
    private final String[] names;
    private final UniqueString[] variables = Session.variables();
    private final FingerprintTable table = new FingerprintTable();
    private final ArrayDeque<TLCState> queue = new ArrayDeque<>();
    private final StringBuilder text = new StringBuilder(TEXT_CAPACITY);
    private final TreeSet<String> unused = new TreeSet<>();
    private final List<String> violated = new ArrayList<>();
    private final Set<Long> seen = new HashSet<>(); // (label, successor) of the state in hand
    private int[] parent = new int[INITIAL_STATES];
    private int[] via = new int[INITIAL_STATES];
    private int violator = NONE;
    private int violatingAction = NONE;
    private @Nullable TLCState violatingState;
    private long edges;

    Search(Tool tool, @Nullable GraphListener listener, Progress progress, boolean vacuity) {
        this.tool = tool;
        this.listener = listener;
        this.progress = progress;
        implications = vacuity ? new Implications(tool) : null;
        actions = tool.getActions();
        labels = Arrays.stream(actions).map(Session::label).toArray(String[]::new);
        names =
                Arrays.stream(actions)
                        .map(action -> Session.name(action.getName().toString()))
                        .toArray(String[]::new);
        unused.addAll(Arrays.asList(names));
    }

    TlcOutcome run() {
        long begin = cpuNanos();
        StateVec initial = tool.getInitStates();
        for (int i = 0; i < initial.size(); i++) {
            found(NONE, NONE, initial.elementAt(i));
        }
        int expanded = 0;
        while (!queue.isEmpty() && violated.isEmpty()) {
            expand(expanded, queue.remove());
            expanded++;
            progress.expanded(expanded, table.count(), edges);
        }
        long cpu = cpuNanos() - begin;
        int depth = 0;
        for (int n = table.count() - 1; n != NONE; n = parent[n]) {
            depth++;
        }
        return new TlcOutcome(
                table.count(),
                edges,
                depth,
                cpu,
                violated,
                violated.isEmpty() ? List.of() : trace(),
                List.copyOf(unused),
                implications == null ? List.of() : implications.vacuous());
    }

    private void expand(int number, TLCState state) {
        long before = edges;
        seen.clear();
        for (int i = 0; i < actions.length && violated.isEmpty(); i++) {
            StateVec successors;
            try {
                successors = tool.getNextStates(actions[i], state);
            } catch (RuntimeException e) {
                violate("Evaluation of " + labels[i] + ": " + e.getMessage(), number, NONE, state);
                return;
            }
            for (int k = 0; k < successors.size() && violated.isEmpty(); k++) {
                step(number, state, i, successors.elementAt(k));
            }
        }
        if (edges == before && violated.isEmpty() && tool.getModelConfig().getCheckDeadlock()) {
            violate("Deadlock", number, NONE, state);
        }
    }

    private void step(int from, TLCState state, int action, TLCState successor) {
        if (!seen.add(successor.fingerPrint() + labels[action].hashCode() * LABEL_MULTIPLIER)) {
            return;
        }
        unused.remove(names[action]);
        if (!tool.isGoodState(successor)) {
            violate("Incomplete successor of " + labels[action], from, NONE, state);
            return;
        }
        edges++;
        int to = found(from, action, successor);
        if (listener != null) {
            listener.edge(from, labels[action], to);
        }
        Action[] properties = tool.getImpliedActions();
        for (int i = 0; i < properties.length; i++) {
            if (!tool.isValid(properties[i], state, successor)) {
                violate(Session.name(tool.getImpliedActNames()[i]), from, action, successor);
            }
        }
    }

    private int found(int from, int action, TLCState state) {
        int number = table.add(state.fingerPrint());
        if (!table.added()) {
            return number;
        }
        if (number >= parent.length) {
            parent = Arrays.copyOf(parent, 2 * parent.length);
            via = Arrays.copyOf(via, 2 * via.length);
        }
        parent[number] = from;
        via[number] = action;
        queue.add(state);
        if (listener != null) {
            text.setLength(0);
            ValueText.state(text, state, variables);
            listener.state(number, text);
        }
        if (implications != null) {
            implications.look(state);
        }
        Action[] invariants = tool.getInvariants();
        for (int i = 0; i < invariants.length; i++) {
            if (!holds(invariants[i], state)) {
                violate(Session.name(tool.getInvNames()[i]), number, NONE, state);
            }
        }
        return number;
    }

    // An invariant that cannot be evaluated (a value outside its function's domain) is broken too.
    private boolean holds(Action invariant, TLCState state) {
        try {
            return tool.isValid(invariant, state);
        } catch (RuntimeException e) {
            return false;
        }
    }

    private void violate(String name, int number, int action, TLCState state) {
        violated.add(name);
        if (violatingState == null) {
            violator = number;
            violatingAction = action;
            violatingState = state;
        }
    }

    private List<TraceStep> trace() {
        List<Integer> numbers = new ArrayList<>();
        for (int number = violator; number != NONE; number = parent[number]) {
            numbers.add(number);
        }
        Collections.reverse(numbers);
        List<TraceStep> trace = new ArrayList<>();
        TLCState before = null;
        for (int number : numbers) {
            TLCState state = replay(before, number);
            String label = via[number] == NONE ? "Initial" : labels[via[number]];
            trace.add(new TraceStep(label, changes(before, state)));
            before = state;
        }
        if (violatingAction != NONE && violatingState != null) {
            trace.add(new TraceStep(labels[violatingAction], changes(before, violatingState)));
        }
        return trace;
    }

    private TLCState replay(@Nullable TLCState before, int number) {
        StateVec candidates =
                before == null
                        ? tool.getInitStates()
                        : tool.getNextStates(actions[via[number]], before);
        for (int i = 0; i < candidates.size(); i++) {
            if (candidates.elementAt(i).fingerPrint() == table.fingerprint(number)) {
                return candidates.elementAt(i);
            }
        }
        throw new IllegalStateException("a recorded step cannot be replayed");
    }

    private List<String> changes(@Nullable TLCState before, TLCState after) {
        List<String> changes = new ArrayList<>();
        for (UniqueString variable : variables) {
            String value = ValueText.of((Value) after.lookup(variable));
            if (before == null || !value.equals(ValueText.of((Value) before.lookup(variable)))) {
                changes.add(variable + " = " + value);
            }
        }
        return changes;
    }

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
