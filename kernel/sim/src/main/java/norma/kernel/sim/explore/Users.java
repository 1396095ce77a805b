package norma.kernel.sim.explore;

import norma.abi.Event;
import norma.abi.Limits;
import norma.abi.Op;
import norma.abi.Rights;
import norma.abi.Shared;
import norma.abi.SystemCall;
import norma.conformance.check.FaultCauses;
import norma.conformance.scenario.Script;
import norma.kernel.hal.Cpu;
import norma.kernel.sim.Translations;
import norma.kernel.sim.port.GuestKernel;
import org.jspecify.annotations.Nullable;

/**
 * The user threads: programs of {@link Op} operations whose place and registers are words of the
 * state. Between two system calls a thread does nothing that others could see, so it goes from one
 * to the next in one step. As in {@code norma.user.ScriptRunner}, which they stand for.
 */
final class Users {
    /** Operations between two system calls that no program needs. */
    private static final int LIMIT = 10_000;

    private static final long PROGRAM_COUNTER = 0x1000;
    private static final int ILLEGAL = Cpu.FAULT + 2;
    private static final int FIRST_OWN = 4;
    private static final long[] END = {Op.END, 0, 0, 0};

    private final Script script;
    private final Memory memory;
    private final Layout layout;
    private final Code code;
    private final GuestKernel kernel;

    private final Coverage coverage;
    private final Pages pages;

    /** Nothing is known yet of what the model says: answers are taken as they are. */
    private final boolean believed;

    /** What threads do is made up on the way: they reach what others are just taking from them. */
    private boolean improvised;

    /** What the last access to a page should not have been, or null. */
    private @Nullable String wrong;

    private long number;
    private long a;
    private long b;
    private long c;
    private long d;

    /** {@code believed}: answers are not compared with the model's. */
    Users(
            Script script,
            Memory memory,
            Layout layout,
            Code code,
            GuestKernel kernel,
            Pages pages,
            boolean believed) {
        this.pages = pages;
        this.believed = believed;
        this.script = script;
        coverage = new Coverage(script);
        this.memory = memory;
        this.layout = layout;
        this.code = code;
        this.kernel = kernel;
    }

    /** Which operations have been begun and completed. */
    Coverage coverage() {
        return coverage;
    }

    private int program(int thread) {
        return (int) memory.get(layout.program(thread)) - 1;
    }

    /** Has the thread begun its program? */
    boolean begun(int thread) {
        return memory.get(layout.program(thread)) != 0;
    }

    /** Has the thread, which the kernel resumes, made its last call, and is to make it again? */
    boolean endsAgain(int thread) {
        boolean[] ends = new boolean[1];
        code.atOnce(() -> ends[0] = kernel.ends(thread));
        return ends[0];
    }

    /** The thread starts. */
    void begin(int thread) {
        long[] program = new long[1];
        code.atOnce(() -> program[0] = kernel.argument1(thread));
        memory.set(layout.program(thread), program[0] + 1);
        memory.set(layout.place(thread), 0);
        for (int i = 0; i < Op.REGISTERS; i++) {
            memory.set(layout.register(thread, i), i == FIRST_OWN ? thread : 0);
        }
        toNextCall(thread);
    }

    /** Program that the thread executes and place in it; each life has a program of its own. */
    long doing(int thread) {
        return (long) program(thread) << Integer.SIZE | place(thread);
    }

    /** Has a thread in user mode a call under way, which it executes again? */
    boolean calls(int thread) {
        return memory.get(layout.call(thread)) != 0;
    }

    /** Is the thread about to end? */
    boolean ends(int thread) {
        return operation(thread)[0] == Op.END;
    }

    /** Place in its program of what a thread does next. */
    int place(int thread) {
        return (int) memory.get(layout.place(thread));
    }

    /** From now on {@link #next} says what threads do, and a page that is gone is no surprise. */
    void improvise() {
        improvised = true;
    }

    /** A thread in user mode is to do that next, whatever its script says. */
    void next(int thread, long[] operation) {
        script.programs().get(program(thread))[place(thread)] = operation;
    }

    private long[] operation(int thread) {
        if (!begun(thread)) {
            return END;
        }
        long[][] program = script.programs().get((int) memory.get(layout.program(thread)) - 1);
        int at = (int) memory.get(layout.place(thread));
        return at < 0 || at >= program.length || at >= Shared.PROGRAM_OPS ? END : program[at];
    }

    private long value(int thread, long operand) {
        return (operand & ~0xfL) == Op.REGISTER
                ? memory.get(layout.register(thread, (int) (operand & 0xf)))
                : operand;
    }

    private void set(int thread, long operand, long value) {
        memory.set(layout.register(thread, (int) (operand & 0xf)), value);
    }

    /** Does what no other thread and no kernel can see. */
    private void toNextCall(int thread) {
        for (int i = 0; i < LIMIT; i++) {
            long[] op = operation(thread);
            long x = value(thread, op[1]);
            long y = value(thread, op[2]);
            long z = value(thread, op[3]);
            long at = memory.get(layout.place(thread));
            long next = at + 1;
            switch ((int) op[0]) {
                case Op.SET -> set(thread, op[1], y);
                case Op.ADD -> set(thread, op[1], x + y);
                case Op.JUMP -> next = x;
                case Op.LOOP -> {
                    set(thread, op[1], x - 1);
                    next = x - 1 != 0 ? y : next;
                }
                case Op.IF_EQUAL -> next = x == y ? z : next;
                case Op.IF_DIFFERENT -> next = x != y ? z : next;
                case Op.SPIN -> {}
                case Op.RANDOM, Op.EXEC ->
                        throw new Inconsistent("explored programs have no operation " + op[0]);
                default -> {
                    return;
                }
            }
            coverage.begins(program(thread), (int) at);
            coverage.completes(program(thread), (int) at);
            memory.set(layout.place(thread), next);
        }
        throw new Inconsistent("thread " + thread + " calls nobody for ever");
    }

    /**
     * The thread makes its next call from {@code core}, or reaches a page: how the kernel is
     * entered, or null if it need not be.
     */
    @Nullable Entry call(int core, int thread) {
        if (!begun(thread)) {
            one(SystemCall.EXIT);
            a = 0;
            code.atOnce(() -> kernel.call(thread, number, a, b, c, d));
            return new Entry(core, Cpu.SYSTEM_CALL, PROGRAM_COUNTER);
        }
        if (memory.get(layout.call(thread)) != 0) {
            return again(core, thread);
        }
        long[] op = operation(thread);
        int at = (int) memory.get(layout.place(thread));
        coverage.begins(program(thread), at);
        if (op[0] == Op.TOUCH || op[0] == Op.ATTEMPT) {
            return reach(core, thread, op);
        }
        if (op[0] == Op.FORBIDDEN) {
            // In no space the thread has nothing to leave first: it dies, recorded or not.
            if (script.memory().pages() == 0) {
                coverage.completes(program(thread), at);
                memory.set(layout.program(thread), 0);
            }
            return new Entry(core, FaultCauses.of(ILLEGAL, op[1]), PROGRAM_COUNTER);
        }
        memory.set(layout.place(thread), at + 1);
        if (op[0] == Op.END) {
            coverage.completes(program(thread), at); // Nobody comes back from there.
        }
        decode(thread, op);
        memory.set(layout.call(thread), 1 + (number & 0xffff));
        code.atOnce(() -> kernel.call(thread, number, a, b, c, d));
        if (number == SystemCall.EXIT) {
            memory.set(layout.call(thread), 0);
            memory.set(layout.program(thread), 0);
        }
        return new Entry(core, Cpu.SYSTEM_CALL, PROGRAM_COUNTER);
    }

    /** The page that the thread reaches next, or -1: it makes a system call. */
    int page(int thread) {
        long[] op = operation(thread);
        boolean reaches = op[0] == Op.TOUCH || op[0] == Op.ATTEMPT;
        return reaches && memory.get(layout.call(thread)) == 0 ? (int) value(thread, op[1]) : -1;
    }

    /** The thread executes its system call once more. */
    private Entry again(int core, int thread) {
        int place = (int) memory.get(layout.place(thread)) - 1;
        decode(thread, script.programs().get(program(thread))[place]);
        code.atOnce(() -> kernel.call(thread, number, a, b, c, d));
        return new Entry(core, Cpu.SYSTEM_CALL, PROGRAM_COUNTER);
    }

    /**
     * The thread reaches a page: as its tables say now, since what its core may have kept beside
     * that is judged whenever it could be used.
     */
    private @Nullable Entry reach(int core, int thread, long[] op) {
        Translations all = pages.translations();
        int page = (int) value(thread, op[1]);
        int access = (int) value(thread, op[2]);
        int frame = all.byTable(core, page, access);
        if (frame < 0) {
            return Entry.pageFault(core, FaultCauses.ofPage(ILLEGAL, access), page, access);
        }
        if (op[0] == Op.ATTEMPT) {
            wrong = "thread " + thread + " reached page " + page + ", which it may not";
        }
        if (access == Rights.WRITE) {
            all.store(frame, value(thread, op[3]));
        }
        memory.set(layout.register(thread, 3), access == Rights.READ ? all.contents(frame) : 0);
        memory.set(layout.place(thread), memory.get(layout.place(thread)) + 1);
        coverage.completes(program(thread), place(thread) - 1);
        toNextCall(thread);
        return null;
    }

    /** What is wrong with the last access to a page, or null; told once. */
    @Nullable String wrong() {
        String told = wrong;
        wrong = null;
        return told;
    }

    /** If a record says that a thread has faulted for good: what is wrong with that, or null. */
    @Nullable String faulted(Node record) {
        long[] words = record.words;
        int thread = words == null ? 0 : (int) (words[1] & 0xffff);
        if (record.eventKind() != Event.FAULT || !begun(thread)) {
            return null;
        }
        long done = operation(thread)[0];
        boolean expected = improvised || done == Op.ATTEMPT || done == Op.FORBIDDEN;
        coverage.completes(program(thread), place(thread));
        memory.set(layout.program(thread), 0);
        return expected ? null : "thread " + thread + " faulted at what it may do";
    }

    private void decode(int thread, long[] op) {
        a = value(thread, op[1]);
        b = value(thread, op[2]);
        c = value(thread, op[3]);
        d = 0;
        switch ((int) op[0]) {
            case Op.CALL -> number = SystemCall.CALL;
            case Op.RECEIVE -> one(SystemCall.RECEIVE);
            case Op.REPLY -> number = SystemCall.REPLY;
            case Op.CANCEL -> one(SystemCall.CANCEL);
            case Op.RESTART -> one(SystemCall.RESTART);
            case Op.SPAWN -> {
                number = SystemCall.SPAWN;
                d = c;
                c = (b >>> 16) & 0xffff;
                b &= 0xffff;
            }
            case Op.FORK -> {
                number = SystemCall.FORK;
                c = 0;
            }
            case Op.SLEEP -> one(SystemCall.SLEEP);
            case Op.YIELD -> {
                one(SystemCall.YIELD);
                a = 0;
            }
            case Op.MAP -> number = SystemCall.MAP;
            case Op.PROTECT -> number = SystemCall.PROTECT;
            case Op.UNMAP -> {
                number = SystemCall.UNMAP;
                c = 0;
            }
            case Op.RAW -> {
                number = (int) a;
                a = b;
                b = c;
                c = 0;
            }
            default -> {
                one(SystemCall.EXIT);
                a = 0;
            }
        }
    }

    private void one(int call) {
        number = call;
        b = 0;
        c = 0;
    }

    /** The kernel has resumed the thread: takes what its call returned; what is wrong, or null. */
    @Nullable String resumed(int thread) {
        if (memory.get(layout.call(thread)) == 0 || again(thread)) {
            return null;
        }
        long[] got = new long[2];
        code.atOnce(() -> {
            kernel.returned(thread);
            got[0] = kernel.result(thread);
            got[1] = kernel.word(thread);
        });
        memory.set(layout.call(thread), 0);
        coverage.completes(program(thread), (int) memory.get(layout.place(thread)) - 1);
        long answer = memory.get(layout.answer(thread)) - 1;
        long word = memory.get(layout.answerWord(thread));
        memory.set(layout.answer(thread), 0);
        memory.set(layout.answerWord(thread), 0);
        if (believed) {
            take(thread, got[0], got[1]);
            return null;
        }
        if (got[0] != answer || got[1] != word) {
            return "thread "
                    + thread
                    + " got "
                    + Long.toHexString(got[0])
                    + "/"
                    + got[1]
                    + ", the model says "
                    + Long.toHexString(answer)
                    + "/"
                    + word;
        }
        take(thread, answer, word);
        return null;
    }

    private boolean again(int thread) {
        boolean[] again = new boolean[1];
        code.atOnce(() -> again[0] = kernel.again(thread));
        return again[0];
    }

    private void take(int thread, long answer, long word) {
        memory.set(layout.register(thread, 0), SystemCall.code(answer));
        memory.set(layout.register(thread, 1), SystemCall.tag(answer));
        memory.set(layout.register(thread, 2), SystemCall.caller(answer));
        memory.set(layout.register(thread, 3), word);
        toNextCall(thread);
    }

    /** Channels that a script can use. */
    static int channels(Script script) {
        int most = 1;
        for (long[][] program : script.programs()) {
            for (long[] op : program) {
                long channel =
                        switch ((int) op[0]) {
                            case Op.CALL, Op.RECEIVE, Op.REPLY, Op.RESTART -> op[1];
                            case Op.SPAWN -> op[3];
                            default -> 0;
                        };
                if (channel >= 0 && channel < Limits.CHANNELS) {
                    most = Math.max(most, (int) channel + 1);
                }
            }
        }
        return most;
    }

    /** Highest slot that a script can use, and one more. */
    static int threads(Script script) {
        int most = 1;
        for (long[][] program : script.programs()) {
            for (long[] op : program) {
                boolean names = op[0] == Op.SPAWN || op[0] == Op.FORK;
                if (names && op[1] >= 0 && op[1] < Limits.THREADS) {
                    most = Math.max(most, (int) op[1] + 1);
                }
            }
        }
        return most;
    }
}
