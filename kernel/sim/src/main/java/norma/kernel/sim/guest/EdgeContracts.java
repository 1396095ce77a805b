package norma.kernel.sim.guest;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import norma.abi.Code;
import norma.abi.Event;
import norma.abi.Limits;
import norma.abi.Record;
import norma.abi.Shared;
import norma.abi.Snapshot;
import norma.abi.SystemCall;
import norma.kernel.entry.Kernel;
import norma.kernel.entry.KernelEntry;
import norma.kernel.hal.Cpu;
import norma.kernel.lang.Checkpoint;
import norma.kernel.lang.Epochs;
import norma.kernel.lang.Recorder;
import norma.kernel.lang.TicketLock;
import norma.kernel.sim.port.Bench;
import norma.kernel.thread.Core;
import norma.kernel.thread.Frame;
import norma.kernel.thread.Thread;
import org.jspecify.annotations.Nullable;

/** Promises at the edges: of arguments, of rings, of lists, of epochs, of locks. */
final class EdgeContracts {
    static final int LARGE = 1 << 15;

    /** More waiters than the words of a snapshot's part list. */
    private static final int CALLERS = 40;

    private EdgeContracts() {}

    /** Adds all of them. */
    static void addTo(Map<String, Function<Bench, @Nullable String>> contracts) {
        contracts.put("limits", EdgeContracts::limits);
        contracts.put("no-boot-block", EdgeContracts::noBootBlock);
        contracts.put("lock-order", EdgeContracts::lockOrder);
        contracts.put("room", EdgeContracts::room);
        contracts.put("long-list", EdgeContracts::longList);
        contracts.put("all-priorities", EdgeContracts::allPriorities);
        contracts.put("entries-mark", EdgeContracts::entriesMark);
        contracts.put("one-look", EdgeContracts::oneLook);
        contracts.put("timer-noted", EdgeContracts::timerNoted);
        contracts.put("end-marks", EdgeContracts::endMarks);
        contracts.put("context-first", EdgeContracts::contextFirst);
        contracts.put("saved-in-order", EdgeContracts::savedInOrder);
    }

    // --- arguments --------------------------------------------------------------------------

    /** The last argument that is allowed is, and the next is refused. */
    private static @Nullable String limits(Bench bench) {
        int none = Record.NONE;
        int threads = Limits.THREADS;
        int channels = Limits.CHANNELS;
        return Contracts.first(
                allowed(bench, SystemCall.CALL, channels - 1, 0, 0, 0),
                refused(bench, SystemCall.CALL, channels, 0, 0, 0),
                refused(bench, SystemCall.CALL, -1, 0, 0, 0),
                refused(bench, SystemCall.CALL, 1, 0, -1, 0),
                refused(bench, SystemCall.CALL, 0, 0, 0, 0),
                allowed(bench, SystemCall.RECEIVE, 0, 0, 0, 0),
                refused(bench, SystemCall.RECEIVE, 1, 0, 0, 0),
                refused(bench, SystemCall.RECEIVE, channels, 0, 0, 0),
                allowed(bench, SystemCall.REPLY, 0, 0, 0, 0),
                allowed(bench, SystemCall.REPLY, 0, Limits.TAGS - 1, 0, 0),
                refused(bench, SystemCall.REPLY, 0, Limits.TAGS, 0, 0),
                refused(bench, SystemCall.REPLY, 0, -1, 0, 0),
                refused(bench, SystemCall.REPLY, 1, 0, 0, 0),
                allowed(bench, SystemCall.CANCEL, threads - 1, 0, 0, 0),
                refused(bench, SystemCall.CANCEL, threads, 0, 0, 0),
                refused(bench, SystemCall.CANCEL, -1, 0, 0, 0),
                refused(bench, SystemCall.CANCEL, 0, 0, 0, 0),
                allowed(bench, SystemCall.RESTART, channels - 1, 0, 0, 0),
                refused(bench, SystemCall.RESTART, channels, 0, 0, 0),
                allowed(bench, SystemCall.SLEEP, 0, 0, 0, 0),
                refused(bench, SystemCall.SLEEP, -1, 0, 0, 0),
                spawns(bench, none, threads, channels),
                refused(bench, SystemCall.LIMIT, 0, 0, 0, 0),
                refused(bench, -1, 0, 0, 0, 0));
    }

    private static @Nullable String spawns(Bench bench, int none, int threads, int channels) {
        int highest = Limits.PRIORITIES - 1;
        return Contracts.first(
                allowed(bench, SystemCall.SPAWN, threads - 1, 0, 0, none),
                refused(bench, SystemCall.SPAWN, threads, 0, 0, none),
                refused(bench, SystemCall.SPAWN, 0, 0, 0, none),
                allowed(bench, SystemCall.SPAWN, 1, Shared.PROGRAMS - 1, 0, none),
                refused(bench, SystemCall.SPAWN, 1, Shared.PROGRAMS, 0, none),
                refused(bench, SystemCall.SPAWN, 1, -1, 0, none),
                allowed(bench, SystemCall.SPAWN, 1, 0, highest, none),
                refused(bench, SystemCall.SPAWN, 1, 0, highest + 1, none),
                refused(bench, SystemCall.SPAWN, 1, 0, -1, none),
                allowed(bench, SystemCall.SPAWN, 1, 0, 0, channels - 1),
                refused(bench, SystemCall.SPAWN, 1, 0, 0, channels));
    }

    private static @Nullable String allowed(Bench bench, int number, long... a) {
        return Contracts.expect(!isRefused(bench, number, a), number + " is refused " + a[0]);
    }

    private static @Nullable String refused(Bench bench, int number, long... a) {
        return Contracts.expect(isRefused(bench, number, a), number + " is not refused " + a[0]);
    }

    /** Does the first thread, which serves channel 0, get INVALID? */
    private static boolean isRefused(Bench bench, int number, long... a) {
        Kernel kernel = Contracts.booted(bench, 1, "");
        Thread thread = kernel.threads[0];
        thread.serves = 0;
        thread.attached = 0;
        Frame frame = thread.frame;
        frame.result(0, 0);
        CoreContracts.untilItWaits(() -> Contracts.call(kernel, number, a[0], a[1], a[2], a[3]));
        return frame.result() == SystemCall.result(Code.INVALID, 0, 0);
    }

    /** Without a boot block there is nothing to run, and nothing wrong. */
    private static @Nullable String noBootBlock(Bench bench) {
        for (long offset : new long[] {Shared.OFF_MAGIC, Shared.OFF_VERSION}) {
            bench.boot(1, "");
            bench.word(offset, 0);
            boolean off = false;
            try {
                KernelEntry.boot(new Kernel());
            } catch (Bench.Stopped stopped) {
                off = true;
            }
            if (!off || bench.status() != 0) {
                return "no boot block: status " + bench.status();
            }
        }
        return null;
    }

    // --- locks, rings, lists ----------------------------------------------------------------

    /** A core that takes a lock which it holds is told so, and does not wait for itself. */
    private static @Nullable String lockOrder(Bench bench) {
        Kernel kernel = Contracts.booted(bench, 1, "");
        bench.whenRelaxing(() -> {
            throw new Bench.Stopped("waits for itself");
        });
        TicketLock lock = kernel.threads[1].lock;
        lock.acquire(kernel.cores[0]);
        boolean told = false;
        try {
            lock.acquire(kernel.cores[0]);
        } catch (AssertionError order) {
            told = true;
        }
        return Contracts.expect(told, "a lock was taken twice");
    }

    /** A core whose host has made room in the meantime does not wait. */
    private static @Nullable String room(Bench bench) {
        Recorder recorder = Contracts.full(bench);
        bench.word(bench.word(Shared.OFF_RINGS) + Shared.RING_TAIL, 1);
        bench.whenRelaxing(() -> {
            throw new Bench.Stopped("waits");
        });
        Contracts.write(recorder, 1);
        return Contracts.expect(recorder.head() == Contracts.RING + 1, "no record");
    }

    /** The parts of a snapshot are in order, however many threads it lists. */
    private static @Nullable String longList(Bench bench) {
        bench.rings(LARGE);
        Kernel kernel = Contracts.booted(bench, 1, "");
        Recorder recorder = kernel.cores[0].recorder;
        for (int slot = 1; slot <= CALLERS; slot++) {
            Contracts.call(kernel, SystemCall.SPAWN, slot, 0, 1, Record.NONE);
        }
        Contracts.call(kernel, SystemCall.SLEEP, Contracts.SLICE, 0, 0, 0);
        CoreContracts.untilItWaits(() -> {
            for (int i = 0; i < CALLERS; i++) {
                Contracts.call(kernel, SystemCall.CALL, 0, 0, 0, 0);
            }
        });
        int before = (int) recorder.head();
        kernel.channels[0].snapshot(recorder);
        int parts = 2 + Snapshot.listParts(CALLERS - Limits.TAGS);
        return Contracts.first(
                Contracts.expect(recorder.head() - before == parts, "so many parts"),
                Contracts.expect(
                        bench.word(CoreContracts.record(bench, 0, before + 1) + 16)
                                == CALLERS << Byte.SIZE,
                        "donations are in the second"));
    }

    /** A snapshot of a queue lists threads of the highest and of the lowest priority. */
    private static @Nullable String allPriorities(Bench bench) {
        Kernel kernel = Contracts.booted(bench, 1, "");
        Core core = kernel.cores[0];
        int[] priorities = {Limits.PRIORITIES - 1, 0};
        for (int i = 0; i < priorities.length; i++) {
            Thread thread = kernel.threads[5 + i];
            thread.state = Thread.READY;
            thread.setEffective(priorities[i]);
            core.queue.insert(thread);
        }
        int before = (int) core.recorder.head();
        core.snapshot(core.recorder);
        return Contracts.expect(
                bench.word(CoreContracts.record(bench, 0, before + 1) + 16) == (5 | 6 << 16),
                "which threads are ready");
    }

    // --- epochs -----------------------------------------------------------------------------

    /** However a core enters the kernel, it first marks the epoch that has begun. */
    private static @Nullable String entriesMark(Bench bench) {
        for (int cause : new int[] {Cpu.SYSTEM_CALL, Cpu.TIMER, Cpu.IPI, Cpu.FAULT}) {
            Kernel kernel = Contracts.booted(bench, 1, "recorder overwrite 1024");
            Core core = kernel.cores[0];
            Contracts.call(kernel, SystemCall.SPAWN, 1, 0, 1, Record.NONE);
            core.caller().frame.call(Contracts.ANY_CALL, 0, 0, 0, 0);
            if (cause == Cpu.IPI) {
                core.kick(core);
            }
            boolean begun = core.epochs.begin(core.epochs.state());
            int before = (int) core.recorder.head();
            KernelEntry.trap(kernel, core, cause, 0);
            long first = bench.word(CoreContracts.record(bench, 0, before & (Contracts.RING - 1)));
            if (!begun || (first & 0xff) != Event.MARK) {
                return "cause " + cause + ": the first record is a " + (first & 0xff);
            }
        }
        return null;
    }

    /**
     * A core that has slept while an epoch began, and that a late timer wakes when all threads have
     * ended, marks the epoch before it writes the snapshots of the end.
     */
    private static @Nullable String endMarks(Bench bench) {
        bench.rings(LARGE);
        Kernel kernel = Contracts.booted(bench, 2, "recorder overwrite 1024");
        Core sleeper = kernel.cores[1];
        boolean[] late = {false};
        int[] before = {0};
        bench.whenWaiting(() -> {
            if (late[0]) {
                throw new Bench.Stopped("waits");
            }
            late[0] = true;
            sleeper.publishWaiting(false);
            late[0] &= sleeper.epochs.begin(sleeper.epochs.state());
            CoreContracts.untilItWaits(() -> Contracts.call(kernel, SystemCall.EXIT, 0, 0, 0, 0));
            before[0] = (int) sleeper.recorder.head();
            return Cpu.TIMER;
        });
        CoreContracts.untilItWaits(() -> KernelEntry.coreMain(kernel, sleeper));
        long ring = bench.word(Shared.OFF_RINGS) + Shared.ringStride(LARGE);
        long first = bench.word(ring + Shared.RING_RECORDS + ((long) before[0] << Record.SHIFT));
        return Contracts.expect(
                late[0] && (first & 0xff) == Event.MARK, "the first record is a " + (first & 0xff));
    }

    /** A core has noted the time that it sets its timer to before it sets it. */
    private static @Nullable String timerNoted(Bench bench) {
        bench.boot(1, "");
        Core core = new Core(0, new Epochs());
        bench.whenArming(() -> {
            bench.whenArming(() -> {});
            core.armBy(50);
        });
        core.armBy(50);
        List<Long> armed = bench.armed();
        return Contracts.expect(armed.equals(List.of(50L)), "the timer was set to " + armed);
    }

    /** At the end, what a core keeps to itself is written before its IPI word. */
    private static @Nullable String contextFirst(Bench bench) {
        Kernel kernel = Contracts.booted(bench, 1, "");
        Core core = kernel.cores[0];
        int before = (int) core.recorder.head();
        core.snapshotContext(core.recorder);
        return Contracts.expect(
                isOf(bench, before, Record.CONTEXT, 0), "another object is written first");
    }

    /** Objects that an event will change are saved in the order in which it names them. */
    private static @Nullable String savedInOrder(Bench bench) {
        Kernel kernel = Contracts.booted(bench, 1, "recorder overwrite 1024");
        Core core = kernel.cores[0];
        boolean begun = core.epochs.begin(core.epochs.state());
        core.mark(core.epochs.epoch());
        int before = (int) core.recorder.head();
        Checkpoint.before(core, kernel.threads[1], kernel.threads[2], kernel.threads[3]);
        int parts = (int) (core.recorder.head() - before) / 3;
        return Contracts.expect(
                begun
                        && isOf(bench, before, Record.THREAD, 1)
                        && isOf(bench, before + parts, Record.THREAD, 2)
                        && isOf(bench, before + 2 * parts, Record.THREAD, 3),
                "threads 1, 2 and 3 are not written in this order");
    }

    /** Is a record of core 0 a part of the snapshot of an object? */
    private static boolean isOf(Bench bench, int at, int type, int index) {
        long word = bench.word(CoreContracts.record(bench, 0, at & (Contracts.RING - 1)) + 32);
        long mask = Record.object(-1, -1);
        return (word & mask) == Record.object(type, index);
    }

    /** A core that begins no epoch looks at the state of the epochs once when it enters. */
    private static @Nullable String oneLook(Bench bench) {
        Kernel kernel = Contracts.booted(bench, 1, "recorder overwrite 1024");
        bench.accesses();
        kernel.cores[0].caller().frame.call(Contracts.ANY_CALL, 0, 0, 0, 0);
        KernelEntry.trap(kernel, kernel.cores[0], Cpu.SYSTEM_CALL, 0);
        long looks = 0;
        for (String access : bench.accesses()) {
            looks += access.startsWith("Epochs.state ") ? 1 : 0;
        }
        return Contracts.expect(looks == 1, "looks " + looks + " times");
    }
}
