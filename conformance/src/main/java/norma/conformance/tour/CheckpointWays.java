package norma.conformance.tour;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import norma.abi.Event;
import norma.abi.Limits;
import norma.abi.Record;
import norma.abi.Snapshot;
import norma.abi.SystemCall;
import norma.conformance.check.EventView;
import norma.model.Guard;
import norma.model.checkpoint.CheckpointAction;
import norma.model.checkpoint.CheckpointModel;
import norma.model.checkpoint.CheckpointState;
import org.jspecify.annotations.Nullable;

/**
 * What recordings that were switched on in the middle have shown of the graph of the recorder's
 * checkpoints on one core. Each ordered pair of the kernel's objects is an instance of the graph's
 * two.
 *
 * <p>What happened before the recorder was on is in the records of the same way with a recorder
 * that was on from boot; behind it both must have recorded the same. Of one core everything else
 * follows from its records: that it entered the kernel and armed itself before the first record
 * behind an exit; that it found itself armed and began the epoch that it marks. A snapshot that the
 * next event of the same entry touches belongs to that event, unless the sweep has come to its
 * object and the event is one of those that are behind the visit.
 */
final class CheckpointWays {
    private static final int CORE = 0;
    private static final int USER = 0;
    private static final int HALT = 1;
    private static final int MARKS = 2;

    /** Objects that nothing changes are all alike: so many of them are looked at. */
    private static final int UNCHANGED = 6;

    private final CheckpointModel model;
    private final ModelGraph<CheckpointState> graph;
    private final Drivable<CheckpointState, ?> drivable;
    private final BitSet edges = new BitSet();

    /** States and phases behind stays that do nothing to a pair. */
    private final Map<Long, Long> passes = new HashMap<>();

    private final BitSet states = new BitSet();
    private final Phases<CheckpointState> phases;
    private final Guard guard = new Guard();
    private final Set<String> refuted = new TreeSet<>();
    private @Nullable String contradiction;

    CheckpointWays(CheckpointModel model) {
        this(model, new CheckpointDiscipline(model));
    }

    CheckpointWays(CheckpointModel model, Order<CheckpointState> order) {
        this.model = model;
        graph = new ModelGraph<>(model);
        drivable = new Drivable<>(graph, order);
        phases = new Phases<>(graph, drivable);
    }

    /**
     * Follows what one core has recorded.
     *
     * @param whole the way's records, from boot on
     * @param later those of the way with a recorder that is asked for
     */
    void follow(List<long[]> whole, List<long[]> later) {
        List<EventView> all = views(whole);
        List<EventView> asked = views(later);
        int unrecorded = unrecorded(all);
        compare(all.subList(unrecorded, all.size()), asked);
        List<EventView> views = new ArrayList<>(all.subList(0, unrecorded));
        views.addAll(asked);
        List<Stay> stays = stays(views);
        List<Integer> objects = objects(views);
        for (int first : objects) {
            for (int second : objects) {
                if (first != second) {
                    new Run(first, second).follow(views, stays, unrecorded);
                }
            }
        }
    }

    /**
     * What is recorded from one exit of the kernel to the next.
     *
     * @param from its first record
     * @param to one past its last
     * @param how how the kernel is left, or {@link #MARKS}: it matters to all objects
     * @param objects what is touched or saved
     */
    private record Stay(int from, int to, int how, BitSet objects) {}

    private static List<Stay> stays(List<EventView> views) {
        List<Stay> stays = new ArrayList<>();
        BitSet objects = new BitSet();
        int from = 0;
        boolean marks = false;
        for (int i = 0; i < views.size(); i++) {
            EventView view = views.get(i);
            marks |= view.kind() == Event.MARK || asks(view);
            for (int k = 0; k < Math.min(view.touched(), Record.TOUCHED); k++) {
                objects.set(view.object(k));
            }
            if (leaves(view) || i == views.size() - 1) {
                boolean whole = leaves(view) && !marks;
                int how = view.kind() == Event.IDLE ? HALT : USER;
                stays.add(new Stay(from, i + 1, whole ? how : MARKS, objects));
                objects = new BitSet();
                from = i + 1;
                marks = false;
            }
        }
        return stays;
    }

    /** Up to the snapshots at the end of a run, which are not the recorder's business. */
    private static List<EventView> views(List<long[]> records) {
        List<EventView> views = new ArrayList<>();
        for (long[] words : records) {
            EventView view = new EventView();
            System.arraycopy(words, 0, view.words, 0, words.length);
            if (view.isSnapshot() && words[1] >> Integer.SIZE == Snapshot.FINAL_EPOCH) {
                break;
            }
            views.add(view);
        }
        return views;
    }

    /** Records up to the exit from the kernel behind the request; all if there is none. */
    private static int unrecorded(List<EventView> whole) {
        boolean asked = false;
        for (int i = 0; i < whole.size(); i++) {
            asked |= asks(whole.get(i));
            if (asked && leaves(whole.get(i))) {
                return i + 1;
            }
        }
        return whole.size();
    }

    private static boolean asks(EventView view) {
        return view.kind() == Event.REFUSE && view.p(1) == SystemCall.RECORD;
    }

    private static boolean leaves(EventView view) {
        return switch (view.kind()) {
            case Event.RESUME, Event.DISPATCH, Event.IDLE -> true;
            default -> false;
        };
    }

    /** The same events on the same objects? */
    private void compare(List<EventView> whole, List<EventView> later) {
        List<EventView> events =
                later.stream()
                        .filter(view -> view.kind() != Event.MARK && !view.isSnapshot())
                        .toList();
        for (int i = 0; i < events.size(); i++) {
            EventView other = i < whole.size() ? whole.get(i) : new EventView();
            boolean same =
                    other.kind() == events.get(i).kind()
                            && other.words[1] == events.get(i).words[1]
                            && other.touched() == events.get(i).touched();
            for (int k = 0; same && k < other.touched(); k++) {
                same = other.object(k) == events.get(i).object(k);
            }
            if (!same) {
                contradiction = "not recorded from boot on: " + events.get(i).describe();
                return;
            }
        }
    }

    private static List<Integer> objects(List<EventView> views) {
        Set<Integer> changed = new TreeSet<>();
        Set<Integer> swept = new TreeSet<>();
        for (EventView view : views) {
            Set<Integer> kind = view.isSnapshot() ? swept : changed;
            for (int i = 0; view.kind() != Event.MARK && i < view.touched(); i++) {
                kind.add(view.object(i));
            }
        }
        swept.removeAll(changed);
        List<Integer> objects = new ArrayList<>(changed);
        int step = 1 + swept.size() / UNCHANGED;
        int[] number = {0};
        swept.stream().filter(object -> number[0]++ % step == 0).forEach(objects::add);
        return objects;
    }

    /** One pair of objects in one recording. */
    private final class Run {
        private final int[] pair;
        private int at;
        private int set = Phases.BEGINNING;
        private boolean inside;

        /** Times that the core has left the kernel in this epoch. */
        private int exits;

        /** The history has outgrown the graph's constants, or the run is at its end. */
        private boolean over;

        Run(int first, int second) {
            pair = new int[] {first, second};
        }

        void follow(List<EventView> views, List<Stay> stays, int unrecorded) {
            for (Stay stay : stays) {
                boolean idle =
                        stay.how != MARKS
                                && !stay.objects.get(pair[0])
                                && !stay.objects.get(pair[1]);
                if (idle && !over) {
                    pass(stay.how);
                }
                for (int i = stay.from; i < stay.to && !idle && !over; i++) {
                    EventView view = views.get(i);
                    switch (view.kind()) {
                        case Event.MARK -> mark(view);
                        case Event.SNAPSHOT -> snapshot(views, i);
                        default -> event(view, i < unrecorded);
                    }
                }
            }
        }

        /** A stay that does nothing to the pair: most are, and the same again and again. */
        private void pass(int how) {
            long key = ((long) at << Integer.SIZE | set) << 1 | how;
            Long known = passes.get(key);
            if (known == null) {
                enter();
                leave(how);
                passes.put(key, over ? key : (long) at << Integer.SIZE | set);
            } else {
                at = (int) (known >>> Integer.SIZE);
                set = (int) (long) known;
                exits++;
            }
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
            exits++;
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
            exits = 0;
        }

        private void snapshot(List<EventView> views, int at) {
            EventView view = views.get(at);
            int object = view.object(0);
            if ((view.words[1] & 0xffff) == 0 && place(object) >= 0 && !ofEvent(views, at)) {
                enter();
                step(new CheckpointAction.Sweep(CORE, place(object)));
            }
        }

        /** Does the snapshot belong to the event that comes next? */
        private boolean ofEvent(List<EventView> views, int at) {
            int object = views.get(at).object(0);
            int next = at;
            while (next < views.size() && views.get(next).isSnapshot()) {
                next++;
            }
            EventView event = next < views.size() ? views.get(next) : new EventView();
            boolean touched = false;
            for (int k = 0; event.kind() != Event.MARK && k < event.touched(); k++) {
                touched |= event.object(k) == object;
            }
            boolean behind =
                    switch (event.kind()) {
                        case Event.ENQUEUE, Event.RESUME, Event.PREEMPT -> true;
                        case Event.DISPATCH, Event.IDLE -> true;
                        default -> false;
                    };
            return touched && !(behind && number(object) == exits);
        }

        /** The object's place in the order of the sweep. */
        private int number(int object) {
            int index = object & 0xfff;
            return switch (object >>> 12) {
                case Record.CHANNEL -> index;
                case Record.THREAD -> Limits.CHANNELS + index;
                case Record.CORE -> Limits.CHANNELS + Limits.THREADS + 2 * index;
                default -> Limits.CHANNELS + Limits.THREADS + 2 * index + 1;
            };
        }

        private void event(EventView view, boolean unrecorded) {
            enter();
            int first = -1;
            int second = -1;
            for (int i = 0; i < view.touched(); i++) {
                int place = place(view.object(i));
                if (place >= 0 && first < 0) {
                    first = place;
                } else if (place >= 0) {
                    second = place;
                }
            }
            if (first >= 0) {
                step(new CheckpointAction.Act(CORE, first, second < 0 ? first : second));
            }
            if (unrecorded && asks(view)) {
                step(new CheckpointAction.RequestRecording(CORE));
            }
            if (leaves(view)) {
                leave(view.kind() == Event.IDLE ? HALT : USER);
            }
        }

        private int place(int object) {
            return object == pair[0] ? 0 : object == pair[1] ? 1 : -1;
        }

        private void step(CheckpointAction action) {
            if (over) {
                return;
            }
            int edge = graph.edge(at, action);
            if (edge != ModelGraph.NONE) {
                int next = phases.take(set, edge);
                over = next == Phases.REFUTED;
                if (over) {
                    refuted.add(phases.refuted(set, edge));
                }
                edges.set(edge);
                states.set(at);
                at = graph.to(edge);
                states.set(at);
                set = next;
                return;
            }
            over = true;
            guard.begin();
            model.step(graph.state(at), action, guard);
            boolean bound =
                    "ChangesLeft".equals(guard.failed()) || "EpochLeft".equals(guard.failed());
            if (!bound) {
                contradiction =
                        EventView.objectName(pair[0])
                                + ", "
                                + EventView.objectName(pair[1])
                                + ": "
                                + action
                                + ", "
                                + guard.failed();
            }
        }
    }

    ModelGraph<CheckpointState> graph() {
        return graph;
    }

    Drivable<CheckpointState, ?> drivable() {
        return drivable;
    }

    BitSet edges() {
        return edges;
    }

    BitSet states() {
        return states;
    }

    /** Records that are no step of the recorder's, and the rules that records refute. */
    List<String> refuted() {
        List<String> all = new ArrayList<>(refuted);
        if (contradiction != null) {
            all.add(contradiction);
        }
        return all;
    }
}
