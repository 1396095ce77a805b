package norma.kernel.sim.guest;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import norma.abi.Event;
import norma.abi.Limits;
import norma.abi.Record;
import norma.abi.Shared;
import norma.abi.SystemCall;
import norma.kernel.entry.Kernel;
import norma.kernel.entry.KernelEntry;
import norma.kernel.hal.Cpu;
import norma.kernel.lang.Epochs;
import norma.kernel.lang.Recorder;
import norma.kernel.lang.TicketLock;
import norma.kernel.sim.port.Bench;
import norma.kernel.sim.race.Probe;
import norma.kernel.thread.Core;
import norma.kernel.thread.Thread;
import org.jspecify.annotations.Nullable;

/** Promises about what cores do at boot, at the edges of time, and for each other. */
final class CoreContracts {
    private static final int LOWER = 1;

    private CoreContracts() {}

    /** Adds all of them. */
    static void addTo(Map<String, Function<Bench, @Nullable String>> contracts) {
        contracts.put("orderings", CoreContracts::orderings);
        contracts.put("kick-behind-mark", CoreContracts::kickBehindMark);
        contracts.put("boot", CoreContracts::boot);
        contracts.put("first-nanosecond", CoreContracts::firstNanosecond);
        contracts.put("faults", CoreContracts::faults);
        contracts.put("whole-run", CoreContracts::wholeRun);
        contracts.put("stealing", CoreContracts::stealing);
        contracts.put("inherit-kicks", CoreContracts::inheritKicks);
        contracts.put("refused-record", CoreContracts::refusedRecord);
        contracts.put("donations", CoreContracts::donations);
    }

    /** Runs what ends when a core would wait for ever. */
    static void untilItWaits(Runnable action) {
        try {
            action.run();
        } catch (Bench.Stopped waits) {
            // Nothing is left to do for the core.
        }
    }

    // --- words that cores share without a lock ----------------------------------------------

    private static @Nullable String weak(List<String> accesses, String word, int needed) {
        boolean used = false;
        for (String access : accesses) {
            if (access.startsWith(word + " ")) {
                int mode = Integer.parseInt(access.substring(word.length() + 1));
                used = true;
                if ((mode & needed) != needed) {
                    return word + " is used with " + mode;
                }
            }
        }
        return Contracts.expect(used, word + " is not used");
    }

    /**
     * Who looks at two words that two others change in the other order, or at one and then changes
     * the other as its owner does the other way round, needs the one order of volatile accesses:
     * the epochs' state and who waits or is armed, who waits and how many live. Who puts an IPI
     * word into its own epoch must have seen that the epoch of the word has begun.
     */
    private static @Nullable String orderings(Bench bench) {
        Kernel kernel = Contracts.booted(bench, 2, "recorder overwrite 1024");
        bench.accesses();
        Contracts.call(kernel, SystemCall.YIELD, 0, 0, 0, 0);
        new Core(1, new Epochs()).readyToRecord();
        List<String> calls = bench.accesses();
        kernel.cores[0].kick(kernel.cores[1]);
        List<String> kick = bench.accesses();
        untilItWaits(() -> Contracts.call(kernel, SystemCall.SLEEP, Contracts.SLICE, 0, 0, 0));
        return Contracts.first(
                weak(calls, "Epochs.state", Probe.VOLATILE),
                weak(calls, "Core.waiting", Probe.VOLATILE),
                weak(kick, "Core.ipiWord", Probe.ACQUIRE),
                weak(bench.accesses(), "LiveThreads.count", Probe.VOLATILE));
    }

    /** Who kicks a core whose IPI word is in a later epoch is in that epoch before. */
    private static @Nullable String kickBehindMark(Bench bench) {
        Kernel kernel = Contracts.booted(bench, 2, "recorder overwrite 1024");
        Core late = kernel.cores[0];
        Core other = kernel.cores[1];
        boolean begun = other.epochs.begin(other.epochs.state());
        other.mark(1);
        other.kick(other);
        other.takeIpi();
        late.kick(other);
        return Contracts.first(
                Contracts.expect(begun, "the first epoch begins"),
                Contracts.expect(late.epoch() == 1, "a kick across epochs"));
    }

    // --- beginnings and edges ---------------------------------------------------------------

    /** What the host and the first thread find after boot. */
    private static @Nullable String boot(Bench bench) {
        bench.boot(2, "");
        bench.word(Shared.OFF_FIRST_PROGRAM, 1);
        bench.time(7);
        Kernel kernel = new Kernel();
        KernelEntry.boot(kernel);
        Thread first = kernel.threads[0];
        return Contracts.first(
                Contracts.expect(
                        bench.word(Shared.OFF_FIRST_EVENT_TIME) == 7
                                && bench.word(Shared.OFF_STATE) == Shared.RUNNING,
                        "when the first event is, and that it has been"),
                Contracts.expect(
                        first.frame.argument0() == 0 && first.frame.argument1() == 1,
                        "the first thread's slot and program"),
                Contracts.expect(
                        !kernel.cores[0].quiescent() && kernel.cores[1].quiescent(),
                        "a core waits until it is started"));
    }

    /** A deadline that is one nanosecond after the beginning of time is one. */
    private static @Nullable String firstNanosecond(Bench bench) {
        Kernel kernel = Contracts.booted(bench, 1, "");
        Contracts.call(kernel, SystemCall.SPAWN, 1, 0, LOWER, Record.NONE);
        int other = Contracts.call(kernel, SystemCall.SLEEP, 1, 0, 0, 0);
        bench.time(1);
        int woken = KernelEntry.trap(kernel, kernel.cores[0], Cpu.TIMER, 0).slot;
        return Contracts.first(
                Contracts.expect(other == 1, "who sleeps does not run"),
                Contracts.expect(woken == 0, "who has slept one nanosecond runs"));
    }

    /** Every fault ends its thread, also that with the lowest number. */
    private static @Nullable String faults(Bench bench) {
        for (int cause : new int[] {Cpu.FAULT, Cpu.FAULT + 1}) {
            Kernel kernel = Contracts.booted(bench, 1, "");
            Contracts.call(kernel, SystemCall.SPAWN, 1, 0, LOWER, Record.NONE);
            int next = KernelEntry.trap(kernel, kernel.cores[0], cause, 0).slot;
            if (next != 1 || kernel.threads[0].state != Thread.INACTIVE) {
                return "fault " + cause;
            }
        }
        return null;
    }

    /** A ring that must hold a whole run waits for nobody when it is full. */
    private static @Nullable String wholeRun(Bench bench) {
        bench.boot(1, "");
        bench.word(Shared.OFF_FLAGS, bench.word(Shared.OFF_FLAGS) | Shared.WHOLE_RUN);
        Recorder recorder = new Recorder(0);
        recorder.open();
        Contracts.write(recorder, Contracts.RING);
        bench.whenRelaxing(() -> {
            throw new Bench.Stopped("waits");
        });
        String end = "";
        try {
            Contracts.write(recorder, 1);
        } catch (Bench.Stopped stopped) {
            end = String.valueOf(stopped.getMessage());
        }
        return Contracts.expect(end.equals("state " + Shared.OVERFLOW), "a full ring: " + end);
    }

    // --- what cores do for each other -------------------------------------------------------

    /** An idle core takes a thread of another's queue, and leaves one alone that has none. */
    private static @Nullable String stealing(Bench bench) {
        boolean all = true;
        for (int thief = 1; thief < Limits.CORES; thief++) {
            Kernel kernel = Contracts.booted(bench, Limits.CORES, "");
            Contracts.call(kernel, SystemCall.SPAWN, Limits.CORES, 0, LOWER, Record.NONE);
            kernel.cores[0].kick(kernel.cores[thief]);
            all &= KernelEntry.coreMain(kernel, kernel.cores[thief]).slot == Limits.CORES;
        }
        bench.boot(2, "");
        bench.word(Shared.OFF_FLAGS, bench.word(Shared.OFF_FLAGS) | Shared.RECORD_LOCKS);
        Kernel quiet = new Kernel();
        KernelEntry.boot(quiet);
        quiet.cores[0].kick(quiet.cores[1]);
        untilItWaits(() -> KernelEntry.coreMain(quiet, quiet.cores[1]));
        boolean taken = false;
        for (int at = 0; at < quiet.cores[1].recorder.head(); at++) {
            long record = record(bench, 1, at);
            taken |=
                    (bench.word(record) & 0xff) == Event.LOCK_TAKE
                            && bench.word(record + 8)
                                    == Record.params(TicketLock.CORE_ORDER, 0, 0, 0);
        }
        return Contracts.first(
                Contracts.expect(all, "an idle core steals from any other"),
                Contracts.expect(!taken, "a core whose queue is empty is left alone"));
    }

    static long record(Bench bench, int core, int at) {
        return bench.word(Shared.OFF_RINGS)
                + core * Shared.ringStride(Contracts.RING)
                + Shared.RING_RECORDS
                + ((long) at << Record.SHIFT);
    }

    /**
     * A server's core is kicked for a change of the server's priority if that changes who should
     * run there: the server is ready, and more urgent than what runs; or it runs, and a thread that
     * is ready is more urgent.
     */
    private static @Nullable String inheritKicks(Bench bench) {
        return Contracts.first(
                Contracts.expect(!kicked(bench, LOWER), "for a thread that is as urgent"),
                Contracts.expect(kicked(bench, LOWER + 1), "for one that is more urgent"),
                Contracts.expect(!raised(bench, Contracts.PRIORITY), "for a server as urgent"),
                Contracts.expect(raised(bench, Contracts.PRIORITY - 1), "for a more urgent one"),
                raisesABlockedServer(bench));
    }

    /** Two cores, and a host that reads what they record when a ring is full. */
    private static Kernel drained(Bench bench) {
        Kernel kernel = Contracts.booted(bench, 2, "");
        bench.whenRelaxing(() -> {
            for (int core = 0; core < 2; core++) {
                long tail = kernel.cores[core].recorder.head();
                bench.word(
                        bench.word(Shared.OFF_RINGS)
                                + core * Shared.ringStride(Contracts.RING)
                                + Shared.RING_TAIL,
                        tail);
            }
        });
        return kernel;
    }

    /** A server on core 1 loses what it was lent, and a thread of {@code priority} is ready. */
    private static boolean kicked(Bench bench, int priority) {
        Kernel kernel = drained(bench);
        Core other = kernel.cores[1];
        Contracts.call(kernel, SystemCall.SPAWN, 1, 0, LOWER, 0);
        kernel.cores[0].kick(other);
        KernelEntry.coreMain(kernel, other);
        Contracts.call(kernel, SystemCall.SPAWN, 2, 0, LOWER + 1, Record.NONE);
        Contracts.call(kernel, SystemCall.CALL, 0, 0, 0, 0);
        Contracts.call(kernel, SystemCall.SPAWN, 3, 0, priority, Record.NONE);
        bench.kicked();
        Contracts.call(kernel, SystemCall.CANCEL, 0, 0, 0, 0);
        return !bench.kicked().isEmpty();
    }

    /** A server that is ready on core 1 is lent a priority; what runs there has {@code level}. */
    private static boolean raised(Bench bench, int level) {
        Kernel kernel = drained(bench);
        Contracts.call(kernel, SystemCall.SPAWN, 1, 0, LOWER, 0);
        kernel.cores[1].idle = false;
        kernel.cores[1].level = level;
        bench.kicked();
        Contracts.call(kernel, SystemCall.CALL, 0, 0, 0, 0);
        return !bench.kicked().isEmpty();
    }

    private static @Nullable String raisesABlockedServer(Bench bench) {
        Kernel kernel = drained(bench);
        Core other = kernel.cores[1];
        Contracts.call(kernel, SystemCall.SPAWN, 1, 0, LOWER, 0);
        kernel.cores[0].kick(other);
        KernelEntry.coreMain(kernel, other);
        other.caller().frame.call(SystemCall.RECEIVE, 0, 0, 0, 0);
        untilItWaits(() -> KernelEntry.trap(kernel, other, Cpu.SYSTEM_CALL, 0));
        other.idle = false;
        other.level = Contracts.PRIORITY + 1;
        bench.kicked();
        Contracts.call(kernel, SystemCall.CALL, 0, 0, 0, 0);
        return Contracts.expect(bench.kicked().isEmpty(), "for a server that is not ready");
    }

    /** What is refused is recorded with its number. */
    private static @Nullable String refusedRecord(Bench bench) {
        Kernel kernel = Contracts.booted(bench, 1, "");
        Recorder recorder = kernel.cores[0].recorder;
        int before = (int) recorder.head();
        Contracts.call(kernel, SystemCall.RECORD, 0, 0, 0, 0);
        for (int at = before; at < recorder.head(); at++) {
            long record = record(bench, 0, at);
            if ((bench.word(record) & 0xff) == Event.REFUSE) {
                return Contracts.expect(
                        bench.word(record + 8) == Record.params(0, SystemCall.RECORD, 0, 0),
                        "the number of the refused call");
            }
        }
        return "no Refuse";
    }

    /** A core that owes a donation of the first thread pays, whether it runs one or waits. */
    private static @Nullable String donations(Bench bench) {
        Kernel kernel = Contracts.booted(bench, 1, "");
        Core core = kernel.cores[0];
        core.donors = 1;
        Contracts.call(kernel, SystemCall.YIELD, 0, 0, 0, 0);
        boolean running = core.donors == 0;
        int[] waits = new int[1];
        bench.whenWaiting(() -> {
            waits[0]++;
            if (waits[0] > 1) {
                throw new Bench.Stopped("waits");
            }
            core.donors = 1;
            bench.time(1);
            return Cpu.TIMER;
        });
        untilItWaits(() -> Contracts.call(kernel, SystemCall.SLEEP, Contracts.SLICE, 0, 0, 0));
        return Contracts.first(
                Contracts.expect(running, "a donation in a system call"),
                Contracts.expect(waits[0] == 2 && core.donors == 0, "a donation while it waits"));
    }
}
