package norma.conformance.tour;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import norma.abi.Event;
import norma.conformance.check.EventView;
import norma.model.lock.LockAction;
import norma.model.lock.LockModel;
import norma.model.lock.LockState;

/**
 * What runs of several cores, whose records' order is known, have shown of the graph of one ticket
 * lock, to which each of the kernel's locks is an instance of its own.
 *
 * <p>A core masks interrupts when it enters the kernel. To a lock that is its Mask, or an
 * Interrupt, at any moment between that entry, or the core's last Release of the lock, and its
 * Take: each of these readings is a run of the specification, and all of them count. The first one
 * is tried, the last one, and some in between.
 */
final class LockWays extends LockGraph {
    private static final int READINGS = 12;

    /** A use of a lock: it may be masked for from {@code entry} on, and is taken at {@code at}. */
    private record Use(int lock, int core, int level, int entry, int at) {}

    LockWays(LockModel model) {
        super(model);
    }

    /** Follows one run from boot on. */
    void follow(List<long[]> records, long seed) {
        List<Use> uses = uses(records);
        Random random = new Random(seed);
        for (int reading = 0; reading < READINGS; reading++) {
            Map<Integer, List<Use>> masks = new TreeMap<>();
            for (Use use : uses) {
                int room = use.at - use.entry;
                int at =
                        reading == 0
                                ? use.entry
                                : reading == 1 ? use.at : use.entry + random.nextInt(room + 1);
                masks.computeIfAbsent(at, i -> new ArrayList<>()).add(use);
            }
            read(records, uses, masks);
        }
    }

    private static List<Use> uses(List<long[]> records) {
        List<Use> uses = new ArrayList<>();
        Map<Integer, Integer> entries = new HashMap<>();
        Map<Integer, Integer> levels = new HashMap<>();
        Map<Long, Integer> left = new HashMap<>();
        EventView view = new EventView();
        for (int i = 0; i < records.size(); i++) {
            System.arraycopy(records.get(i), 0, view.words, 0, view.words.length);
            int core = view.core();
            entries.putIfAbsent(core, i);
            long place = (long) core << Integer.SIZE | view.p(0);
            switch (view.kind()) {
                case Event.TICK, Event.IPI -> {
                    entries.put(core, i);
                    levels.put(core, LockState.HANDLER);
                }
                case Event.LOCK_TAKE -> {
                    int entry = Math.max(entries.get(core), left.getOrDefault(place, 0));
                    int level = levels.getOrDefault(core, LockState.THREAD);
                    uses.add(new Use(view.p(0), core, level, entry, i));
                }
                case Event.LOCK_LEAVE -> left.put(place, i + 1);
                case Event.RESUME, Event.DISPATCH, Event.STEAL, Event.IDLE -> {
                    // Locks that are still held are left before anything else is entered.
                    entries.remove(core);
                    levels.remove(core);
                }
                default -> {}
            }
        }
        return uses;
    }

    private void read(List<long[]> records, List<Use> uses, Map<Integer, List<Use>> masks) {
        Map<Integer, LockState> locks = new HashMap<>();
        Map<Integer, Use> takes = new HashMap<>();
        uses.forEach(use -> takes.put(use.at, use));
        Map<Long, Integer> levels = new HashMap<>();
        EventView view = new EventView();
        for (int i = 0; i < records.size(); i++) {
            for (Use use : masks.getOrDefault(i, List.of())) {
                boolean handler = use.level == LockState.HANDLER;
                step(
                        locks,
                        use.lock,
                        handler
                                ? new LockAction.Interrupt(use.core)
                                : new LockAction.Mask(use.core));
            }
            System.arraycopy(records.get(i), 0, view.words, 0, view.words.length);
            int core = view.core();
            long place = (long) core << Integer.SIZE | view.p(0);
            int level = levels.getOrDefault(place, LockState.THREAD);
            switch (view.kind()) {
                case Event.LOCK_TAKE -> {
                    int taken = Objects.requireNonNull(takes.get(i)).level;
                    levels.put(place, taken);
                    step(locks, view.p(0), new LockAction.Take(core, taken));
                }
                case Event.LOCK_ENTER -> step(locks, view.p(0), new LockAction.Enter(core, level));
                case Event.LOCK_LEAVE ->
                        step(locks, view.p(0), new LockAction.Release(core, level));
                default -> {}
            }
        }
    }
}
