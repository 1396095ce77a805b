package norma.conformance.tour;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import norma.abi.Event;
import norma.abi.Record;
import norma.abi.Snapshot;
import norma.conformance.check.EventView;
import norma.model.Guard;
import norma.model.checkpoint.CheckpointAction;
import norma.model.checkpoint.CheckpointModel;
import norma.model.checkpoint.CheckpointState;
import org.jspecify.annotations.Nullable;

/**
 * What recordings that were switched on in the middle have shown of the graph of the recorder's
 * checkpoints on one core. Each ordered pair of the kernel's objects that are recorded is an
 * instance of the graph's two.
 *
 * <p>Of one core everything follows from its records: that it entered the kernel and armed itself
 * before the first record behind an exit; that the recorder was asked for, in the entry before,
 * since there are records at all; that it found itself armed and began the epoch that it marks. A
 * snapshot that the next event of the same entry touches belongs to that event, any other is the
 * sweep's.
 */
final class CheckpointWays {
    private static final int CORE = 0;
    private static final int USER = 0;
    private static final int HALT = 1;

    /** Objects that nothing changes are all alike: so many of them are looked at. */
    private static final int UNCHANGED = 2;

    private final CheckpointModel model;
    private final ModelGraph<CheckpointState> graph;
    private final BitSet edges = new BitSet();
    private final Guard guard = new Guard();
    private @Nullable String contradiction;

    CheckpointWays(CheckpointModel model) {
        this.model = model;
        graph = new ModelGraph<>(model);
    }

    /** Follows what one core has recorded, from its first mark on. */
    void follow(List<long[]> records) {
        List<EventView> views = new ArrayList<>();
        Set<Integer> changed = new TreeSet<>();
        Set<Integer> swept = new TreeSet<>();
        for (long[] words : records) {
            EventView view = new EventView();
            System.arraycopy(words, 0, view.words, 0, words.length);
            views.add(view);
            Set<Integer> kind = view.isSnapshot() ? swept : changed;
            for (int i = 0; view.kind() != Event.MARK && i < view.touched(); i++) {
                kind.add(view.object(i));
            }
        }
        swept.removeAll(changed);
        List<Integer> objects = new ArrayList<>(changed);
        objects.addAll(swept.stream().limit(UNCHANGED).toList());
        for (int first : objects) {
            for (int second : objects) {
                if (first != second && !views.isEmpty()) {
                    new Run(first, second).follow(views);
                }
            }
        }
    }

    /** One pair of objects in one recording. */
    private final class Run {
        private final int[] pair;
        private final CheckpointState state = model.initialStates().getFirst();
        private boolean inside;

        /** The history has outgrown the graph's constants. */
        private boolean over;

        Run(int first, int second) {
            pair = new int[] {first, second};
        }

        void follow(List<EventView> views) {
            enter();
            step(new CheckpointAction.RequestRecording(CORE));
            leave(USER);
            for (int i = 0; i < views.size() && !over; i++) {
                EventView view = views.get(i);
                if (last(view)) {
                    return;
                }
                switch (view.kind()) {
                    case Event.MARK -> mark(view);
                    case Event.SNAPSHOT -> snapshot(views, i);
                    default -> event(view);
                }
            }
        }

        /** Of the end of the run? */
        private boolean last(EventView view) {
            return view.isSnapshot() && view.words[1] >> Integer.SIZE == Snapshot.FINAL_EPOCH;
        }

        private void enter() {
            if (!inside) {
                inside = true;
                step(new CheckpointAction.KernelEntry(CORE));
                step(new CheckpointAction.Arm(CORE));
            }
        }

        private void leave(int how) {
            inside = false;
            step(new CheckpointAction.KernelExit(CORE, how));
        }

        private void mark(EventView view) {
            if ((view.words[1] & 0xffff) != 0) {
                return; // A further part.
            }
            enter();
            if (view.words[1] >>> Integer.SIZE == 1) {
                step(new CheckpointAction.ConfirmArmed(CORE, CORE));
            }
            step(new CheckpointAction.BeginCheckpoint(CORE));
            step(new CheckpointAction.Mark(CORE));
        }

        private void snapshot(List<EventView> views, int at) {
            int object = views.get(at).object(0);
            if ((views.get(at).words[1] & 0xffff) != 0 || place(object) < 0) {
                return;
            }
            enter();
            for (int i = at + 1; i < views.size(); i++) {
                EventView next = views.get(i);
                if (next.kind() != Event.SNAPSHOT) {
                    for (int k = 0; next.kind() != Event.MARK && k < next.touched(); k++) {
                        if (next.object(k) == object) {
                            return; // The event's own.
                        }
                    }
                    break;
                }
            }
            step(new CheckpointAction.Sweep(CORE, place(object)));
        }

        private void event(EventView view) {
            enter();
            Set<Integer> touched = new HashSet<>();
            for (int i = 0; i < view.touched(); i++) {
                if (place(view.object(i)) >= 0) {
                    touched.add(place(view.object(i)));
                }
            }
            if (touched.size() == 2) {
                int first = place(firstOf(view));
                step(new CheckpointAction.Act(CORE, first, 1 - first));
            } else {
                for (int one : touched) {
                    step(new CheckpointAction.Act(CORE, one, one));
                }
            }
            switch (view.kind()) {
                case Event.RESUME, Event.DISPATCH -> leave(USER);
                case Event.IDLE -> leave(HALT);
                default -> {}
            }
        }

        /** The object of the pair that the event names first. */
        private int firstOf(EventView view) {
            for (int i = 0; i < view.touched(); i++) {
                if (place(view.object(i)) >= 0) {
                    return view.object(i);
                }
            }
            return Record.NONE;
        }

        private int place(int object) {
            return object == pair[0] ? 0 : object == pair[1] ? 1 : -1;
        }

        private void step(CheckpointAction action) {
            if (over) {
                return;
            }
            int from = graph.find(state);
            guard.begin();
            if (from != ModelGraph.NONE && model.step(state, action, guard)) {
                edges.set(graph.edge(from, action));
                return;
            }
            over = true;
            boolean bound =
                    "ChangesLeft".equals(guard.failed()) || "EpochLeft".equals(guard.failed());
            if (!bound) {
                contradiction = action + ": " + guard.failed();
            }
        }
    }

    ModelGraph<CheckpointState> graph() {
        return graph;
    }

    BitSet edges() {
        return edges;
    }

    /** A record that is no step of the recorder's, or null. */
    @Nullable String contradiction() {
        return contradiction;
    }
}
