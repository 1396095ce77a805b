package norma.kernel.sim.guest;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import norma.abi.Event;
import norma.abi.Limits;
import norma.abi.Record;
import norma.abi.Shared;
import norma.abi.SystemCall;
import norma.kernel.entry.Kernel;
import norma.kernel.entry.KernelEntry;
import norma.kernel.hal.Cpu;
import norma.kernel.lang.TicketLock;
import norma.kernel.sim.port.Bench;
import norma.kernel.thread.Core;
import norma.kernel.thread.Thread;
import org.jspecify.annotations.Nullable;

/** Promises of every event: what is saved before it, under which locks, and what is looked at. */
final class EventContracts {
    private static final int NONE = Record.NONE;
    private static final int LONG = 1_000_000;
    private static final int OBJECTS_AT = 32;

    /** Operations that begin an epoch each: what a ring of the bench holds. */
    private static final int FRESH = 15;

    /** The first call is a server's death, and all that its clients may do. */
    private static final int[][] LIVES = {
        {SystemCall.SPAWN, 1, 0, 1, 0},
        {SystemCall.SPAWN, 2, 0, 1, NONE},
        {SystemCall.SLEEP, 1, 0, 0, 0},
        {SystemCall.RECEIVE, 0, 0, 0, 0}, // The server.
        {SystemCall.CALL, 0, 0, 0, 0}, // The other.
        {SystemCall.REPLY, 0, 0, 0, 0},
        {-Cpu.FAULT, 0, 0, 0, 0}, // The server dies.
        {SystemCall.RESTART, 0, 0, 0, 0},
        {SystemCall.SPAWN, 1, 0, 1, 0},
        {SystemCall.YIELD, 0, 0, 0, 0},
        {SystemCall.EXIT, 0, 0, 0, 0}, // It dies again.
        {SystemCall.CANCEL, 0, 0, 0, 0},
        {SystemCall.RECORD, 0, 0, 0, 0},
        {-Cpu.TIMER, 0, 0, 0, 0}, // The first wakes up.
        {SystemCall.EXIT, 0, 0, 0, 0}
    };

    /** A call is lent to a server that is itself calling, which lends it to the next. */
    private static final int[][] LOANS = {
        {SystemCall.SPAWN, 1, 0, 1, 0},
        {SystemCall.SPAWN, 2, 0, 2, NONE},
        {SystemCall.SPAWN, 3, 0, 1, NONE},
        {SystemCall.SLEEP, LONG, 0, 0, 0},
        {SystemCall.SLEEP, 1, 0, 0, 0}, // The urgent one.
        {SystemCall.CALL, 1, 0, 0, 0}, // The server, of a channel that nobody serves.
        {-Cpu.TIMER, 0, 0, 0, 0},
        {SystemCall.CALL, 0, 0, 0, 0} // The urgent one.
    };

    /** A call is taken back. */
    private static final int[][] CANCELS = {
        {SystemCall.SPAWN, 1, 0, 1, NONE},
        {SystemCall.SPAWN, 2, 0, 1, NONE},
        {SystemCall.SLEEP, LONG, 0, 0, 0},
        {SystemCall.CALL, 1, 0, 0, 0},
        {SystemCall.CANCEL, 1, 0, 0, 0} // The other.
    };

    private EventContracts() {}

    /** Adds all of them. */
    static void addTo(Map<String, Function<Bench, @Nullable String>> contracts) {
        contracts.put("snapshots", EventContracts::snapshots);
        contracts.put("looks-again", EventContracts::looksAgain);
    }

    /**
     * Whoever writes a snapshot of what a lock guards holds that lock; and what an event touches
     * has been saved in the epoch.
     */
    private static @Nullable String snapshots(Bench bench) {
        return Contracts.first(
                after(bench, LIVES, Event.DIE),
                after(bench, LOANS, Event.DONATE),
                after(bench, grant(), Event.GRANT),
                after(bench, CANCELS, Event.CANCEL));
    }

    /**
     * One server thread has received as many calls as there are tags, and another waits for one;
     * one more call waits for a tag, and gets the first that is answered.
     */
    private static int[][] grant() {
        List<int[]> operations = new ArrayList<>();
        for (int slot = 1; slot <= Limits.TAGS + 3; slot++) {
            operations.add(new int[] {SystemCall.SPAWN, slot, 0, 1, slot <= 2 ? 1 : NONE});
        }
        operations.add(new int[] {SystemCall.SLEEP, LONG, 0, 0, 0});
        operations.add(new int[] {SystemCall.YIELD, 0, 0, 0, 0});
        operations.add(new int[] {SystemCall.YIELD, 0, 0, 0, 0});
        for (int call = 0; call <= Limits.TAGS; call++) {
            operations.add(new int[] {SystemCall.CALL, 1, 0, 0, 0});
        }
        for (int call = 0; call < Limits.TAGS; call++) {
            operations.add(new int[] {SystemCall.RECEIVE, 1, 0, 0, 0});
        }
        operations.add(new int[] {SystemCall.YIELD, 0, 0, 0, 0});
        operations.add(new int[] {SystemCall.RECEIVE, 1, 0, 0, 0}); // The other server thread.
        operations.add(new int[] {SystemCall.REPLY, 1, 0, 0, 0});
        return operations.toArray(new int[0][]);
    }

    /**
     * Each operation begins an epoch, or of many those at the end; {@code event} must be among what
     * they record.
     */
    private static @Nullable String after(Bench bench, int[][] operations, int event) {
        bench.rings(EdgeContracts.LARGE);
        bench.boot(1, "checkpoints 1");
        bench.word(Shared.OFF_FLAGS, bench.word(Shared.OFF_FLAGS) | Shared.RECORD_LOCKS);
        Kernel kernel = new Kernel();
        KernelEntry.boot(kernel);
        long now = 0;
        for (int at = 0; at < operations.length; at++) {
            int[] operation = operations[at];
            if (at >= operations.length - FRESH) {
                nextEpoch(kernel);
            }
            now++;
            bench.time(now);
            if (operation[0] < 0) {
                KernelEntry.trap(kernel, kernel.cores[0], -operation[0], 0);
            } else {
                Contracts.call(
                        kernel,
                        operation[0],
                        operation[1],
                        operation[2],
                        operation[3],
                        operation[4]);
            }
        }
        return scan(bench, (int) kernel.cores[0].recorder.head(), event);
    }

    /** Refused calls until the sweep is over: the next entry begins an epoch. */
    private static void nextEpoch(Kernel kernel) {
        Core core = kernel.cores[0];
        while (core.epochs.next(core.epoch()) >= 0) {
            Contracts.call(kernel, Contracts.ANY_CALL, 0, 0, 0, 0);
        }
    }

    /** What a lock guards, with the lock. */
    private static Map<Long, Integer> guards() {
        Map<Long, Integer> orders = new HashMap<>();
        for (int i = 0; i < Limits.THREADS; i++) {
            orders.put(Record.object(Record.THREAD, i), TicketLock.THREAD_ORDER | i);
        }
        for (int i = 0; i < Limits.CHANNELS; i++) {
            orders.put(Record.object(Record.CHANNEL, i), TicketLock.CHANNEL_ORDER | i);
        }
        orders.put(Record.object(Record.CORE, 0), TicketLock.CORE_ORDER);
        for (int i = 0; i < Limits.SPACES; i++) {
            orders.put(Record.object(Record.SPACE, i), TicketLock.SPACE_ORDER | i);
        }
        orders.put(Record.object(Record.MEMORY, 0), TicketLock.MEMORY_ORDER);
        return orders;
    }

    /**
     * What is wrong with the records of core 0: each event's objects have been saved in its epoch,
     * each snapshot is written with a lock; {@code event} must be among them.
     */
    static @Nullable String scan(Bench bench, int records, int event) {
        Map<Long, Integer> guards = guards();
        Set<Integer> held = new HashSet<>();
        Set<Long> saved = new HashSet<>();
        boolean epoch = false;
        boolean happened = false;
        for (int at = 0; at < records; at++) {
            long record = CoreContracts.record(bench, 0, at);
            int kind = (int) bench.word(record) & 0xff;
            int order = (int) bench.word(record + 8) & 0xffff;
            long object = bench.word(record + OBJECTS_AT) & ~Record.VERSION_MASK;
            Integer guard = guards.get(object);
            happened |= kind == event;
            if (kind == Event.LOCK_ENTER) {
                held.add(order);
            } else if (kind == Event.LOCK_LEAVE) {
                held.remove(order);
            } else if (kind == Event.MARK) {
                saved.clear();
                epoch = true;
            } else if (kind == Event.SNAPSHOT) {
                saved.add(object);
                if (guard != null && !held.contains(guard)) {
                    return "a snapshot without lock " + guard;
                }
            } else if (epoch && kind != Event.LOCK_TAKE) {
                String unsaved = unsaved(bench, record, guards, saved);
                if (unsaved != null) {
                    return "record " + at + " of kind " + kind + ": " + unsaved;
                }
            }
        }
        return Contracts.expect(happened, "no event " + event);
    }

    private static @Nullable String unsaved(
            Bench bench, long record, Map<Long, Integer> guards, Set<Long> saved) {
        int touched = (int) (bench.word(record) >> 16) & 0xff;
        for (int i = 0; i < touched; i++) {
            long object =
                    bench.word(record + OBJECTS_AT + (long) i * Long.BYTES) & ~Record.VERSION_MASK;
            if (guards.containsKey(object) && !saved.contains(object)) {
                return "object " + Long.toHexString(object) + " was not saved";
            }
        }
        return null;
    }

    // --- deadlines --------------------------------------------------------------------------

    /** Who waits for the lock of a thread whose time is over looks again when it has it. */
    private static @Nullable String looksAgain(Bench bench) {
        return Contracts.first(later(bench, false), later(bench, true));
    }

    /** Meanwhile another core has given the thread a later deadline. */
    private static @Nullable String later(Bench bench, boolean calls) {
        Kernel kernel = Contracts.booted(bench, 2, "");
        Thread thread = kernel.threads[2];
        Contracts.call(kernel, SystemCall.SPAWN, 2, 0, Contracts.PRIORITY + 1, NONE);
        if (calls) {
            Contracts.call(kernel, SystemCall.CALL, 0, 0, 1, 0);
        } else {
            Contracts.call(kernel, SystemCall.SLEEP, 1, 0, 0, 0);
        }
        Core other = kernel.cores[1];
        thread.lock.acquire(other);
        boolean[] done = new boolean[1];
        bench.whenRelaxing(() -> {
            if (!done[0]) {
                done[0] = true;
                thread.deadline(LONG);
                thread.lock.release(other);
            }
        });
        bench.time(1);
        KernelEntry.trap(kernel, kernel.cores[0], Cpu.TIMER, 0);
        return Contracts.first(
                Contracts.expect(done[0], "the lock was waited for"),
                Contracts.expect(
                        thread.state == Thread.BLOCKED && thread.deadline() == LONG,
                        "a deadline is looked at before the lock is taken"));
    }
}
