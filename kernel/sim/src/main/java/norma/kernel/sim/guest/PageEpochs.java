package norma.kernel.sim.guest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import norma.abi.Event;
import norma.abi.Limits;
import norma.abi.Record;
import norma.abi.Rights;
import norma.abi.Shared;
import norma.abi.Snapshot;
import norma.abi.SystemCall;
import norma.kernel.entry.Kernel;
import norma.kernel.entry.KernelEntry;
import norma.kernel.hal.Cpu;
import norma.kernel.lang.Epochs;
import norma.kernel.lang.Recorder;
import norma.kernel.mem.Space;
import norma.kernel.sim.port.Bench;
import norma.kernel.thread.Core;
import org.jspecify.annotations.Nullable;

/**
 * Promises about snapshots of address spaces and their memory: when, what, and under which locks.
 */
final class PageEpochs {
    private static final int PAGES = 20;

    /** Pages that the job's first entry takes, beside page 0, which it leaves alone. */
    private static final int BATCH = 16;

    private static final int NONE = Record.NONE;
    private static final long SPACE = Record.object(Record.SPACE, 0);
    private static final long MEMORY = Record.object(Record.MEMORY, 0);
    private static final String EPOCHS = "\ncheckpoints 1";
    private static final long SIXTEEN = 0xffff;

    /** A space that threads live in, and whose job makes none. */
    private static final long LIVE_CHILDLESS = 2L << 32 | (long) NONE << 40;

    private PageEpochs() {}

    /** Adds all of them. */
    static void addTo(Map<String, Function<Bench, @Nullable String>> contracts) {
        contracts.put("pages-swept", PageEpochs::swept);
        contracts.put("pages-at-the-end", PageEpochs::atTheEnd);
        contracts.put("armed-at-boot", PageEpochs::armedAtBoot);
        contracts.put("pages-listed", PageEpochs::listed);
        contracts.put("job-undone", PageEpochs::undone);
        contracts.put("job-epochs", PageEpochs::jobEpochs);
        contracts.put("release-saves", PageEpochs::releaseSaves);
        contracts.put("bear-saves", PageEpochs::bearSaves);
        contracts.put("share-saves", PageEpochs::shareSaves);
    }

    private static Kernel booted(Bench bench, int cores, String recording) {
        bench.rings(EdgeContracts.LARGE);
        bench.boot(cores, recording);
        bench.word(Shared.OFF_FLAGS, bench.word(Shared.OFF_FLAGS) | Shared.RECORD_LOCKS);
        Kernel kernel = new Kernel();
        KernelEntry.boot(kernel);
        return kernel;
    }

    private static String pages() {
        return "pages " + PAGES + " frames " + PAGES;
    }

    private static void map(Kernel kernel, int first, int last) {
        Contracts.call(kernel, SystemCall.MAP, first, last, Rights.WRITE, 0);
    }

    private static void reach(Kernel kernel, Bench bench, int page) {
        bench.fault(page, Rights.WRITE);
        KernelEntry.trap(kernel, kernel.cores[0], Cpu.FAULT, 0);
    }

    // --- sweeps -----------------------------------------------------------------------------

    /** A sweep visits each object once: spaces and memory if there are pages, else none. */
    private static @Nullable String swept(Bench bench) {
        for (boolean paged : new boolean[] {true, false}) {
            Kernel kernel = booted(bench, 1, (paged ? pages() : "") + EPOCHS);
            Core core = kernel.cores[0];
            sweep(kernel, Contracts.ANY_CALL);
            long from = core.recorder.head();
            int visits = sweep(kernel, Contracts.ANY_CALL);
            int spaces = paged ? Limits.SPACES : 0;
            int objects = Limits.CHANNELS + Limits.THREADS + 2 + (paged ? spaces + 1 : 0);
            int memory = snapshots(bench, from, core.recorder.head(), MEMORY, core.epoch());
            if (visits != objects || memory != (paged ? 1 : 0)) {
                return paged + ": " + visits + " visits, memory " + memory + " times";
            }
            for (int space = 0; space < Limits.SPACES; space++) {
                long object = Record.object(Record.SPACE, space);
                int saved = snapshots(bench, from, core.recorder.head(), object, core.epoch());
                if (saved != (space < spaces ? 1 : 0)) {
                    return paged + ": space " + space + " saved " + saved + " times";
                }
            }
            String unlocked = EventContracts.scan(bench, (int) core.recorder.head(), Event.REFUSE);
            if (unlocked != null) {
                return unlocked;
            }
        }
        return null;
    }

    /**
     * A call or interrupt until the present sweep, or that of the next epoch, is over: how many.
     */
    private static int sweep(Kernel kernel, int call) {
        Core core = kernel.cores[0];
        int entries = 0;
        do {
            if (call == Cpu.TIMER) {
                KernelEntry.trap(kernel, core, Cpu.TIMER, 0);
            } else {
                Contracts.call(kernel, call, 0, 0, 0, 0);
            }
            entries++;
        } while (core.epochs.next(core.epoch()) != Epochs.NONE);
        return entries;
    }

    /** Snapshots of an object in an epoch, from one record of core 0 to another. */
    private static int snapshots(Bench bench, long from, long to, long object, int epoch) {
        int count = 0;
        for (long at = from; at < to; at++) {
            count += begins(bench, at, object, epoch) ? 1 : 0;
        }
        return count;
    }

    /**
     * Where in the ring of core 0 an object's first snapshot in an epoch is; the end if nowhere.
     */
    private static long place(Bench bench, long to, long object, int epoch) {
        long at = 0;
        while (at < to && !begins(bench, at, object, epoch)) {
            at++;
        }
        return at;
    }

    private static boolean begins(Bench bench, long at, long object, int epoch) {
        long place = bench.word(CoreContracts.record(bench, 0, (int) at) + 8);
        return (place & SIXTEEN) == 0 && (int) (place >>> 32) == epoch && isOf(bench, at, object);
    }

    private static boolean isOf(Bench bench, long at, long object) {
        long record = CoreContracts.record(bench, 0, (int) at);
        return (bench.word(record) & 0xff) == Event.SNAPSHOT
                && (bench.word(record + 32) & ~Record.VERSION_MASK) == object;
    }

    /**
     * When a run ends its checkpoint is completed in the order of a sweep, though it began when
     * nobody used the space any more; and then all is written as it is.
     */
    private static @Nullable String atTheEnd(Bench bench) {
        Kernel kernel = booted(bench, 2, pages() + EPOCHS);
        Core core = kernel.cores[0];
        Core other = kernel.cores[1];
        int last = Limits.CHANNELS + Limits.THREADS + Limits.SPACES + 1 + 2 * 2 - 1;
        do {
            Contracts.call(kernel, Contracts.ANY_CALL, 0, 0, 0, 0);
        } while (core.epochs.next(core.epoch()) != last);
        int epoch = core.epoch() + 1;
        other.publishWaiting(false);
        bench.whenWaiting(() -> {
            other.kick(core);
            other.publishWaiting(true);
            return Cpu.IPI;
        });
        CoreContracts.untilItWaits(() -> Contracts.call(kernel, SystemCall.EXIT, 0, 0, 0, 0));
        for (int i = 0; i <= Limits.SPACES; i++) {
            long object = i == Limits.SPACES ? MEMORY : Record.object(Record.SPACE, i);
            int saved = snapshots(bench, 0, core.recorder.head(), object, epoch);
            int finals = snapshots(bench, 0, core.recorder.head(), object, Snapshot.FINAL_EPOCH);
            if (saved != 1 || finals != 1) {
                return Long.toHexString(object) + ": saved " + saved + ", at the end " + finals;
            }
        }
        long end = core.recorder.head();
        long queue = place(bench, end, Record.object(Record.CORE, 1), epoch);
        long word = place(bench, end, Record.object(Record.IPI_WORD, 1), epoch);
        return Contracts.expect(queue < word && word < end, "a queue, then its core's IPI word");
    }

    /** Cores of a recorder that writes no checkpoints, or not yet, are not armed. */
    private static @Nullable String armedAtBoot(Bench bench) {
        boolean later = booted(bench, 1, "recorder later 1024").cores[0].armed();
        boolean never = booted(bench, 1, "").cores[0].armed();
        return Contracts.expect(
                booted(bench, 1, "checkpoints 1").cores[0].armed() && !later && !never,
                "a core is armed when checkpoints are written from the beginning");
    }

    // --- what snapshots say -----------------------------------------------------------------

    /** Contents of all parts of the next snapshot of a space from a record on. */
    private static List<Long> contents(Bench bench, long object, long from, long to) {
        List<Long> words = new ArrayList<>();
        for (long at = from; at < to; at++) {
            long record = CoreContracts.record(bench, 0, (int) at);
            boolean more = isOf(bench, at, object);
            boolean begins = (bench.word(record + 8) & SIXTEEN) == 0;
            if (!words.isEmpty() && (!more || begins)) {
                return words;
            }
            if (more) {
                for (int offset : new int[] {16, 24, 40, 48, 56}) {
                    words.add(bench.word(record + offset));
                }
            }
        }
        return words;
    }

    /** The first thread's space as it would be saved now. */
    private static List<Long> now(Bench bench, Kernel kernel) {
        return now(bench, kernel, 0);
    }

    private static List<Long> now(Bench bench, Kernel kernel, int index) {
        Core core = kernel.cores[0];
        Recorder recorder = core.recorder;
        Space space = kernel.spaces.at(index);
        space.lock.acquire(core);
        long from = recorder.head();
        space.snapshot(recorder);
        space.lock.release(core);
        return contents(bench, Record.object(Record.SPACE, index), from, recorder.head());
    }

    /** All pages but the first have frames; a job of the first thread takes those of a batch. */
    private static void begin(Kernel kernel, Bench bench, int call, int others) {
        for (int slot = 1; slot <= others; slot++) {
            Contracts.call(kernel, SystemCall.SPAWN, slot, 0, Contracts.PRIORITY, NONE);
        }
        map(kernel, 1, PAGES - 1);
        for (int page = 1; page < PAGES; page++) {
            reach(kernel, bench, page);
        }
        Contracts.call(kernel, call, 1, PAGES - 1, Rights.READ, 0);
    }

    /** The slice is over: other threads ask for a page, and wait for their turns. */
    private static void others(Kernel kernel, Bench bench, int count) {
        bench.time(Contracts.SLICE);
        KernelEntry.trap(kernel, kernel.cores[0], Cpu.TIMER, 0);
        for (int i = 0; i < count; i++) {
            map(kernel, 0, 0);
        }
    }

    /** Job, range, cores, frames, who waits, and then the pages; also if a part has no room. */
    private static @Nullable String listed(Bench bench) {
        return Contracts.first(
                listed(bench, 1), listed(bench, Snapshot.PART_ENTRIES), listed(bench, PAGES + 1));
    }

    private static @Nullable String listed(Bench bench, int waiters) {
        Kernel kernel = booted(bench, 1, pages());
        begin(kernel, bench, SystemCall.UNMAP, waiters);
        others(kernel, bench, waiters);
        long[] list = new long[Snapshot.listParts(waiters + PAGES) * Snapshot.PART_ENTRIES];
        for (int i = 0; i < waiters; i++) {
            list[i] = i + 1L;
        }
        for (int page = 1 + BATCH; page < PAGES; page++) {
            list[waiters + page] = Snapshot.page(Rights.NONE, Rights.WRITE, page - 1);
        }
        List<Long> wanted = new ArrayList<>();
        wanted.addAll(List.of(1L << 16 | 1L << 24 | 1L << 32 | (PAGES - 1L) << 48, 1L));
        wanted.addAll(
                List.of((1L << BATCH) - 1, waiters | (long) PAGES << 16 | LIVE_CHILDLESS, 0L));
        for (int word = 0; word < list.length; word += Snapshot.WORD_ENTRIES) {
            long value = 0;
            for (int i = 0; i < Snapshot.WORD_ENTRIES; i++) {
                value |= list[word + i] << 16 * i;
            }
            wanted.add(value);
        }
        List<Long> found = now(bench, kernel);
        return Contracts.expect(found.equals(wanted), found + ", not " + wanted);
    }

    /** A range of which nothing need be done leaves nothing of a job. */
    private static @Nullable String undone(Bench bench) {
        Kernel kernel = booted(bench, 1, pages());
        List<Long> before = now(bench, kernel);
        map(kernel, 1, 1);
        Contracts.call(kernel, SystemCall.UNMAP, 1, 1, 0, 0);
        return Contracts.expect(now(bench, kernel).equals(before), "as before");
    }

    // --- jobs across epochs -----------------------------------------------------------------

    /**
     * A job that goes on in a new epoch: each entry first saves the space as it was, and each event
     * what it touches, with its locks.
     */
    private static @Nullable String jobEpochs(Bench bench) {
        for (int call : new int[] {SystemCall.UNMAP, SystemCall.PROTECT}) {
            Kernel kernel = booted(bench, 1, pages() + EPOCHS);
            Recorder recorder = kernel.cores[0].recorder;
            begin(kernel, bench, call, 1);
            others(kernel, bench, 1);
            while (kernel.threads[0].working) {
                sweep(kernel, Cpu.TIMER);
                int epoch = kernel.cores[0].epoch();
                List<Long> before = now(bench, kernel);
                long from = recorder.head();
                KernelEntry.trap(kernel, kernel.cores[0], Cpu.SYSTEM_CALL, 0);
                if (kernel.cores[0].epoch() != epoch + 1
                        || !contents(bench, SPACE, from, recorder.head()).equals(before)) {
                    return "call " + call + ": what is saved is not what was";
                }
            }
            String finding = EventContracts.scan(bench, (int) recorder.head(), Event.ADMIT);
            if (finding != null) {
                return "call " + call + ": " + finding;
            }
        }
        return null;
    }

    /** Who is the last to flush saves whose job goes on, with its lock. */
    private static @Nullable String releaseSaves(Bench bench) {
        Kernel kernel = booted(bench, 2, pages() + EPOCHS);
        Core other = kernel.cores[1];
        Contracts.call(kernel, SystemCall.SPAWN, 1, 0, Contracts.PRIORITY, NONE);
        KernelEntry.coreMain(kernel, other);
        map(kernel, 1, 1);
        reach(kernel, bench, 1);
        sweep(kernel, Contracts.ANY_CALL);
        other.caller().frame.call(SystemCall.UNMAP, 1, 1, 0, 0);
        CoreContracts.untilItWaits(() -> KernelEntry.trap(kernel, other, Cpu.SYSTEM_CALL, 0));
        sweep(kernel, Contracts.ANY_CALL);
        KernelEntry.trap(kernel, kernel.cores[0], Cpu.IPI, 0);
        return EventContracts.scan(bench, (int) kernel.cores[0].recorder.head(), Event.RELEASE);
    }

    /** All pages but the first have frames, so many; a copy with its first thread in slot 2. */
    private static Kernel forking(Bench bench, int pages) {
        Kernel kernel = booted(bench, 1, pages() + EPOCHS);
        Contracts.call(kernel, SystemCall.SPAWN, 1, 0, Contracts.PRIORITY, NONE);
        map(kernel, 1, pages);
        for (int page = 1; page <= pages; page++) {
            reach(kernel, bench, page);
        }
        Contracts.call(kernel, SystemCall.FORK, 2, 0, 0, 0);
        others(kernel, bench, 1);
        sweep(kernel, Cpu.TIMER);
        return kernel;
    }

    /**
     * A copy that begins in a new epoch is saved as it was in the making, it and its first thread
     * with their locks.
     */
    private static @Nullable String bearSaves(Bench bench) {
        Kernel kernel = forking(bench, BATCH);
        Recorder recorder = kernel.cores[0].recorder;
        List<Long> before = now(bench, kernel, 1);
        long from = recorder.head();
        KernelEntry.trap(kernel, kernel.cores[0], Cpu.SYSTEM_CALL, 0);
        long object = Record.object(Record.SPACE, 1);
        return Contracts.first(
                Contracts.expect(
                        contents(bench, object, from, recorder.head()).equals(before),
                        "what is saved is not what was"),
                EventContracts.scan(bench, (int) recorder.head(), Event.BEAR));
    }

    /** Who shares a page in a new epoch saves both spaces, and the memory, with their locks. */
    private static @Nullable String shareSaves(Bench bench) {
        Kernel kernel = forking(bench, BATCH + 1);
        KernelEntry.trap(kernel, kernel.cores[0], Cpu.SYSTEM_CALL, 0);
        int end = (int) kernel.cores[0].recorder.head();
        return EventContracts.scan(bench, end, Event.SHARE);
    }
}
