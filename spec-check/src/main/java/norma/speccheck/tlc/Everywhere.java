package norma.speccheck.tlc;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import norma.speccheck.Progress;
import norma.speccheck.Violations;
import tlc2.tool.Action;
import tlc2.tool.StateVec;
import tlc2.tool.TLCState;
import tlc2.tool.impl.Tool;

/**
 * Breadth-first search that goes on beside a violation, though not beyond it: which properties a
 * broken model violates first, and which of them at the same place. Steps that cannot be evaluated
 * lead nowhere.
 */
final class Everywhere {
    private final Tool tool;
    private final Progress progress;
    private final int most;
    private final FingerprintTable table = new FingerprintTable();
    private final ArrayDeque<TLCState> queue = new ArrayDeque<>();
    private final Set<Long> places = new HashSet<>();
    private final Action[] invariants;
    private final Action[] properties;
    private long edges;

    Everywhere(Tool tool, Progress progress, int most) {
        this.tool = tool;
        this.progress = progress;
        this.most = most;
        invariants = tool.getInvariants();
        properties = tool.getImpliedActions();
        if (invariants.length + properties.length >= Long.SIZE) {
            throw new IllegalStateException("a mask has a bit for each property");
        }
    }

    Violations run() {
        StateVec initial = tool.getInitStates();
        for (int i = 0; i < initial.size(); i++) {
            found(initial.elementAt(i));
        }
        int expanded = 0;
        while (!queue.isEmpty() && table.count() < most) {
            TLCState state = queue.remove();
            expand(state);
            expanded++;
            progress.expanded(expanded, table.count(), edges);
        }
        Set<Set<String>> together = new HashSet<>();
        for (long mask : places) {
            together.add(names(mask));
        }
        return new Violations(together, table.count(), queue.isEmpty());
    }

    private void expand(TLCState state) {
        for (Action action : tool.getActions()) {
            StateVec successors;
            try {
                successors = tool.getNextStates(action, state);
            } catch (RuntimeException e) {
                continue;
            }
            for (int i = 0; i < successors.size(); i++) {
                TLCState successor = successors.elementAt(i);
                if (tool.isGoodState(successor)) {
                    edges++;
                    step(state, successor);
                }
            }
        }
    }

    private void step(TLCState state, TLCState successor) {
        long step = 0;
        for (int i = 0; i < properties.length; i++) {
            if (!holds(properties[i], state, successor)) {
                step |= 1L << (invariants.length + i);
            }
        }
        if (step == 0) {
            found(successor);
        } else {
            places.add(step | mask(successor));
        }
    }

    /**
     * A state reached by a step that violates nothing: goes on from there if it does not either.
     */
    private void found(TLCState state) {
        table.add(state.fingerPrint());
        if (table.added()) {
            long mask = mask(state);
            if (mask == 0) {
                queue.add(state);
            } else {
                places.add(mask);
            }
        }
    }

    private long mask(TLCState state) {
        long mask = 0;
        for (int i = 0; i < invariants.length; i++) {
            if (!holds(invariants[i], state, null)) {
                mask |= 1L << i;
            }
        }
        return mask;
    }

    // What cannot be evaluated (a value outside its function's domain) is broken too.
    private boolean holds(
            Action property, TLCState state, @org.jspecify.annotations.Nullable TLCState next) {
        try {
            return next == null
                    ? tool.isValid(property, state)
                    : tool.isValid(property, state, next);
        } catch (RuntimeException e) {
            return false;
        }
    }

    private Set<String> names(long mask) {
        Set<String> names = new TreeSet<>();
        for (int i = 0; i < invariants.length + properties.length; i++) {
            if ((mask & 1L << i) != 0) {
                names.add(
                        Session.name(
                                i < invariants.length
                                        ? tool.getInvNames()[i]
                                        : tool.getImpliedActNames()[i - invariants.length]));
            }
        }
        return names;
    }
}
