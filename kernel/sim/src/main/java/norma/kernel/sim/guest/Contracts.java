package norma.kernel.sim.guest;

import java.lang.reflect.Field;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import norma.abi.Code;
import norma.abi.Event;
import norma.abi.Record;
import norma.abi.Shared;
import norma.abi.SystemCall;
import norma.kernel.entry.Kernel;
import norma.kernel.entry.KernelEntry;
import norma.kernel.hal.Cpu;
import norma.kernel.lang.Epochs;
import norma.kernel.lang.Recorder;
import norma.kernel.sim.port.Bench;
import norma.kernel.sim.port.KernelContracts;
import norma.kernel.thread.Core;
import norma.kernel.thread.Frame;
import norma.kernel.thread.Thread;
import org.jspecify.annotations.Nullable;

/** See {@link KernelContracts}. */
public final class Contracts implements KernelContracts {
    private static final long SECOND = 1_000_000_000L;

    /** A time slice on the bench. */
    static final long SLICE = 10_000;

    /** Priority of the first thread on the bench. */
    static final int PRIORITY = 3;

    /** Records of a ring on the bench, and of the quarter of it that is a checkpoint's period. */
    static final int RING = 16;

    private static final int PERIOD = RING / 4;

    static final int ANY_CALL = 99;

    private static final int STALL_SECONDS = (int) (Recorder.STALL_LIMIT / SECOND);

    private final Map<String, Function<Bench, @Nullable String>> contracts = new LinkedHashMap<>();

    /** All contracts. */
    public Contracts() {
        contracts.put("epochs", bench -> epochs());
        contracts.put("checkpoint-due", Contracts::checkpointDue);
        contracts.put("checkpoint-begun", Contracts::checkpointBegun);
        contracts.put("sweep-order", Contracts::sweepOrder);
        contracts.put("catching-up", bench -> catchingUp());
        contracts.put("stalls", Contracts::stalls);
        contracts.put("giving-up", Contracts::givingUp);
        contracts.put("round-robin", Contracts::roundRobin);
        contracts.put("timer", Contracts::timer);
        contracts.put("invitation", Contracts::invitation);
        contracts.put("record-answer", Contracts::recordAnswer);
        contracts.put("first-registers", bench -> firstRegisters());
        contracts.put("same-instruction", bench -> sameInstruction());
        CoreContracts.addTo(contracts);
        EdgeContracts.addTo(contracts);
        EventContracts.addTo(contracts);
        SpaceContracts.addTo(contracts);
        ProcessContracts.addTo(contracts);
        PageEpochs.addTo(contracts);
    }

    @Override
    public List<String> names() {
        return List.copyOf(contracts.keySet());
    }

    @Override
    public @Nullable String broken(String name, Bench bench) {
        Function<Bench, @Nullable String> contract = contracts.get(name);
        if (contract == null) {
            throw new IllegalArgumentException(name);
        }
        return contract.apply(bench);
    }

    static @Nullable String expect(boolean kept, String broken) {
        return kept ? null : broken;
    }

    static @Nullable String first(@Nullable String... findings) {
        for (String finding : findings) {
            if (finding != null) {
                return finding;
            }
        }
        return null;
    }

    // --- checkpoints ------------------------------------------------------------------------

    /** An epoch is one more than the last, for one core, when all objects have been visited. */
    private static @Nullable String epochs() {
        Epochs epochs = new Epochs();
        epochs.configure(2);
        long before = epochs.state();
        boolean begun = epochs.begin(before);
        boolean again = epochs.begin(before) || epochs.begin(epochs.state());
        boolean fits = epochs.epoch() == 1 && !Epochs.requested(epochs.state());
        boolean order = epochs.next(1) == 0;
        epochs.visited(1, 0);
        order &= epochs.next(1) == 1 && !epochs.begin(epochs.state());
        epochs.visited(1, 1);
        epochs.visited(1, 0);
        order &= epochs.next(1) == Epochs.NONE;
        epochs.request();
        boolean asked = Epochs.requested(epochs.state()) && epochs.epoch() == 1;
        boolean second = epochs.begin(epochs.state());
        return first(
                expect(begun && !again, "who begins an epoch, and when"),
                expect(fits, "the first epoch is 1, and nobody has asked for the recorder"),
                expect(order, "objects are visited one after the other, each once"),
                expect(asked, "a request changes no epoch"),
                expect(
                        second && epochs.epoch() == 2 && Epochs.requested(epochs.state()),
                        "the next epoch is one more, and the request stays"));
    }

    static void write(Recorder recorder, int count) {
        for (int i = 0; i < count; i++) {
            recorder.record(Event.TICK, 0, 0, 0, 0, 0, 0, 0);
        }
    }

    /** A checkpoint is due when its period has been recorded since the core's mark, not before. */
    private static @Nullable String checkpointDue(Bench bench) {
        String finding = null;
        for (int asked : new int[] {0, 7, 1}) {
            bench.boot(1, "recorder overwrite 1024");
            bench.word(Shared.OFF_CHECKPOINT, asked);
            int period = asked == 0 ? PERIOD : asked;
            Recorder recorder = new Recorder(0);
            recorder.open();
            for (int epoch = 1; epoch <= 2; epoch++) {
                write(recorder, 2);
                recorder.mark(epoch);
                write(recorder, period - 1);
                boolean early = recorder.due();
                write(recorder, 1);
                finding =
                        first(
                                finding,
                                expect(!early, "due before " + period),
                                expect(recorder.due(), "not due after " + period));
            }
        }
        bench.boot(1, "");
        Recorder recorder = new Recorder(0);
        recorder.open();
        write(recorder, RING);
        return first(finding, expect(!recorder.due(), "due, and not asked for"));
    }

    static Kernel booted(Bench bench, int cores, String recording) {
        bench.boot(cores, recording);
        Kernel kernel = new Kernel();
        KernelEntry.boot(kernel);
        return kernel;
    }

    static int call(Kernel kernel, int number, long a, long b, long c, long d) {
        Core core = kernel.cores[0];
        core.caller().frame.call(number, a, b, c, d);
        return KernelEntry.trap(kernel, core, Cpu.SYSTEM_CALL, 0).slot;
    }

    /** Who begins an epoch is in it, and has marked it, before it does anything else. */
    private static @Nullable String checkpointBegun(Bench bench) {
        Kernel kernel = booted(bench, 1, "recorder overwrite 1024");
        Core core = kernel.cores[0];
        for (int epoch = 1; epoch <= 2; epoch++) {
            int calls = 0;
            while (core.epochs.epoch() < epoch && calls < Short.MAX_VALUE) {
                call(kernel, SystemCall.YIELD, 0, 0, 0, 0);
                calls++;
            }
            if (core.epochs.epoch() != epoch || core.epoch() != epoch) {
                return "epoch " + epoch + ": the core is in " + core.epoch();
            }
        }
        return null;
    }

    /** A sweep visits channels, then threads, then of each core its queue and its IPI word. */
    private static @Nullable String sweepOrder(Bench bench) {
        Kernel kernel = booted(bench, 2, "recorder overwrite 1024");
        Core core = kernel.cores[0];
        long last = 0;
        int visited = 0;
        for (int calls = 0; calls < Byte.MAX_VALUE; calls++) {
            long before = core.recorder.head();
            call(kernel, SystemCall.YIELD, 0, 0, 0, 0);
            for (long at = before; at < core.recorder.head(); at++) {
                long object = recorded(bench, at);
                if (object == Record.object(Record.CORE, 1)
                        || object == Record.object(Record.IPI_WORD, 1)) {
                    visited += last == 0 || object == Record.object(Record.IPI_WORD, 1) ? 1 : 0;
                    last = object;
                }
            }
        }
        return expect(
                visited == 2 && last == Record.object(Record.IPI_WORD, 1),
                "the queue of a core that never runs, then its IPI word");
    }

    /** The object of a snapshot with that number in the ring of core 0, or 0. */
    private static long recorded(Bench bench, long number) {
        long at =
                bench.word(Shared.OFF_RINGS)
                        + Shared.RING_RECORDS
                        + ((number & (RING - 1)) << Record.SHIFT);
        boolean snapshot = (bench.word(at) & 0xff) == Event.SNAPSHOT;
        return snapshot ? bench.word(at + 32) & ~Record.VERSION_MASK : 0;
    }

    /** A core has nothing to catch up with after it has, until the state changes. */
    private static @Nullable String catchingUp() {
        Core core = new Core(0, new Epochs());
        boolean atBoot = core.hasSeen(0) && !core.hasSeen(1);
        core.saw(5);
        return first(
                expect(atBoot, "a core begins with the first state"),
                expect(core.hasSeen(5) && !core.hasSeen(0) && !core.hasSeen(7), "what it saw"));
    }

    // --- the recorder -----------------------------------------------------------------------

    static Recorder full(Bench bench) {
        bench.boot(1, "");
        Recorder recorder = new Recorder(0);
        recorder.open();
        write(recorder, RING);
        return recorder;
    }

    /** Each time that a core waits for the host counts once. */
    private static @Nullable String stalls(Bench bench) {
        Recorder recorder = full(bench);
        long ring = bench.word(Shared.OFF_RINGS);
        boolean none = bench.word(ring + Shared.RING_STALLS) == 0;
        bench.whenRelaxing(() -> bench.word(ring + Shared.RING_TAIL, recorder.head()));
        write(recorder, 1);
        boolean one = bench.word(ring + Shared.RING_STALLS) == 1;
        write(recorder, RING);
        return first(
                expect(none, "counts stalls while there is room"),
                expect(one, "counts a stall once"),
                expect(bench.word(ring + Shared.RING_STALLS) == 2, "counts every stall"));
    }

    /** A core gives up after 20 seconds in which it could look, a second at most for each look. */
    private static @Nullable String givingUp(Bench bench) {
        for (long pace : new long[] {SECOND / 4, 100 * SECOND}) {
            Recorder recorder = full(bench);
            int[] looks = new int[1];
            bench.whenRelaxing(() -> {
                looks[0]++;
                bench.time(looks[0] * pace);
                if (looks[0] > Byte.MAX_VALUE) {
                    throw new Bench.Stopped("waits for ever");
                }
            });
            String end = "";
            try {
                write(recorder, 1);
            } catch (Bench.Stopped stopped) {
                end = String.valueOf(stopped.getMessage());
            }
            long least = Recorder.STALL_LIMIT / Math.min(pace, SECOND);
            if (!end.equals("state " + Shared.OVERFLOW) || looks[0] != least) {
                return "after " + looks[0] + " looks " + pace + " ns apart: " + end;
            }
        }
        return lastNanosecond(bench);
    }

    /** After 19 seconds and one nanosecond less than another it still waits. */
    private static @Nullable String lastNanosecond(Bench bench) {
        Recorder recorder = full(bench);
        int[] looks = new int[1];
        bench.whenRelaxing(() -> {
            looks[0]++;
            bench.time(looks[0] * SECOND - (looks[0] == STALL_SECONDS ? 1 : 0));
            if (looks[0] > STALL_SECONDS) {
                bench.word(bench.word(Shared.OFF_RINGS) + Shared.RING_TAIL, recorder.head());
            }
        });
        write(recorder, 1);
        return null;
    }

    // --- time -------------------------------------------------------------------------------

    /** A slice lasts as long as it is said to, and ends when a peer of the priority waits. */
    private static @Nullable String roundRobin(Bench bench) {
        Kernel kernel = booted(bench, 1, "");
        boolean set = bench.armed().equals(List.of(SLICE));
        bench.time(1);
        int stays = call(kernel, SystemCall.SPAWN, 1, 0, PRIORITY, Record.NONE);
        bench.time(SLICE - 1);
        int still = KernelEntry.trap(kernel, kernel.cores[0], Cpu.TIMER, 0).slot;
        boolean again = bench.armed().equals(List.of(SLICE));
        bench.time(SLICE);
        int peer = KernelEntry.trap(kernel, kernel.cores[0], Cpu.TIMER, 0).slot;
        boolean next = bench.armed().equals(List.of(2 * SLICE));
        bench.time(2 * SLICE);
        int back = KernelEntry.trap(kernel, kernel.cores[0], Cpu.TIMER, 0).slot;
        return first(
                expect(set && again && next, "the timer is set to the end of the slice"),
                expect(stays == 0 && still == 0, "a thread goes on until its slice is over"),
                expect(peer == 1 && back == 0, "threads of one priority take turns"));
    }

    /** The machine is asked for a time that is not the one it has. */
    private static @Nullable String timer(Bench bench) {
        bench.boot(1, "");
        Core core = new Core(0, new Epochs());
        core.armBy(100);
        core.armBy(100);
        core.armBy(200);
        core.armBy(50);
        core.armFor(50);
        core.armFor(80);
        List<Long> armed = bench.armed();
        return expect(armed.equals(List.of(100L, 50L, 80L)), "the timer was set to " + armed);
    }

    // --- calls and threads ------------------------------------------------------------------

    /** When more than two threads are ready on a core, one that waits is invited. */
    private static @Nullable String invitation(Bench bench) {
        String finding = null;
        for (boolean waits : new boolean[] {true, false}) {
            Kernel kernel = booted(bench, 2, "");
            kernel.cores[1].publishWaiting(waits);
            bench.kicked();
            for (int slot = 2; slot <= 6; slot += 2) {
                boolean early = !bench.kicked().isEmpty();
                call(kernel, SystemCall.SPAWN, slot, 0, 1, Record.NONE);
                finding = first(finding, expect(!early, "invited to steal from a short queue"));
            }
            boolean invited = bench.kicked().equals(List.of(1));
            finding = first(finding, expect(invited == waits, "waits " + waits));
        }
        return finding;
    }

    /** A request for the recorder is answered with OK and nothing else, any other is refused. */
    private static @Nullable String recordAnswer(Bench bench) {
        Kernel kernel = booted(bench, 1, "recorder later 1024");
        Frame frame = kernel.threads[0].frame;
        frame.result(-1, -1);
        call(kernel, SystemCall.RECORD, 0, 0, 0, 0);
        boolean granted = frame.result() == SystemCall.result(Code.OK, 0, 0) && frame.word() == 0;
        call(kernel, ANY_CALL, 0, 0, 0, 0);
        boolean refused = frame.result() == SystemCall.result(Code.INVALID, 0, 0);
        return first(
                expect(granted, "the answer to a request for the recorder"),
                expect(refused && frame.word() == 0, "the answer to a call that there is not"));
    }

    /** A thread starts at its entry with its stack and status, and is in no system call. */
    private static @Nullable String firstRegisters() {
        Thread thread = new Thread(5);
        set(thread.frame, "inCall", 1);
        set(thread.frame, "number", SystemCall.YIELD);
        thread.program = 7;
        thread.start(11, 12, 13);
        return expect(
                get(thread.frame, "pc") == 11
                        && get(thread.frame, "sp") == 12
                        && get(thread.frame, "status") == 13
                        && thread.frame.argument0() == 5
                        && thread.frame.argument1() == 7
                        && get(thread.frame, "number") == 0
                        && get(thread.frame, "inCall") == 0,
                "the first registers of a thread");
    }

    /** Who is to do its call again is at the call, once; who has its answer is behind it. */
    private static @Nullable String sameInstruction() {
        Frame frame = new Thread(1).frame;
        set(frame, "pc", 100);
        frame.call(1, 0, 0, 0, 0);
        frame.again();
        frame.again();
        boolean again = get(frame, "pc") == 100 - Cpu.callBytes() && !frame.inCall();
        frame.call(1, 0, 0, 0, 0);
        frame.returned();
        return first(
                expect(Cpu.callBytes() > 0 && again, "a call is made again"),
                expect(!frame.inCall(), "a call that has been answered"));
    }

    private static Field field(String name) {
        try {
            Field field = Frame.class.getDeclaredField(name);
            field.setAccessible(true);
            return field;
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException(e);
        }
    }

    static long get(Frame frame, String name) {
        try {
            return field(name).getLong(frame);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    static void set(Frame frame, String name, long value) {
        try {
            field(name).setLong(frame, value);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
