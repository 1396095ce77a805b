package norma.conformance.check;

import static norma.conformance.check.Tape.object;

import norma.abi.Code;
import norma.abi.Event;
import norma.abi.Record;
import norma.abi.Rights;
import norma.abi.SystemCall;

/**
 * A run of two threads on two cores in one address space of {@link #PAGES} pages: every event of
 * address spaces, as the kernel records them.
 */
final class SpaceTape {
    static final int PAGES = 4;
    static final int FRAMES = 3;
    static final int PRIORITY = 4;
    static final int NONE = Record.NONE;
    static final int SPACE = object(Record.SPACE, 0);
    static final int COPY = object(Record.SPACE, 1);
    static final int MEMORY = object(Record.MEMORY, 0);

    /** Cause of a privileged instruction, and of a store to a page, on riscv64. */
    static final int ILLEGAL = 18;

    static final int STORE = 31;

    final Tape tape;

    /** What happens when thread 1 waits. */
    Runnable atWaited = () -> {};

    /** Records before the first shootdown, after it, before the job that others wait for, ... */
    int shot;

    int acknowledged;
    int released;
    int waited;
    int finished;
    int faulted;
    int copied;
    int left;

    SpaceTape() {
        this(2);
    }

    SpaceTape(int cores) {
        tape = new Tape(cores);
    }

    static int thread(int t) {
        return object(Record.THREAD, t);
    }

    private static int core(int c) {
        return object(Record.CORE, c);
    }

    private static int ipi(int c) {
        return object(Record.IPI_WORD, c);
    }

    private Tape.Event on(int core, int kind, int... objects) {
        return tape.event(core, kind, objects);
    }

    private void resume(int core, int t) {
        on(core, Event.RESUME, core(core), thread(t)).p(t, PRIORITY);
    }

    private void load(int core, int before, int after) {
        on(core, Event.LOAD, object(Record.SPACE, before == NONE ? after : before))
                .p(before, after);
    }

    /** A core goes to sleep, and so has no tables of anybody. */
    private void idle(int core) {
        load(core, 0, NONE);
        on(core, Event.IDLE, core(core));
    }

    /** A core puts a thread that it has woken on another's queue, which is idle. */
    private void hand(int from, int t, int to) {
        on(from, Event.ENQUEUE, thread(t), core(to)).p(t, to, PRIORITY, 0).result(1, 0, 0, 1);
        on(from, Event.KICK, ipi(to)).p(to, 0);
    }

    /** A halted core takes its IPI and runs the thread on its queue. */
    private void take(int core, int t) {
        on(core, Event.IPI, ipi(core));
        load(core, NONE, 0);
        on(core, Event.DISPATCH, core(core), thread(t)).p(t, PRIORITY);
    }

    private Tape.Event call(int core, int t, int kind, int lo, int hi, int rights, int code) {
        return on(core, kind, thread(t), SPACE)
                .p(t, 0, rights, 0)
                .word(lo, hi)
                .result(code, 0, 0, 0);
    }

    private void asked(int t, int number, int lo, int hi, int rights) {
        tape.asked(t, number, lo, hi, rights, 0, 0);
    }

    private void fill(int core, int t, int kind, int page, int frame, int rights) {
        on(core, kind, thread(t), SPACE, MEMORY).p(t, 0, rights, 0).word(page, frame);
    }

    /** Thread 0, on core 0, starts thread 1, which runs on core 1. */
    SpaceTape begin() {
        tape.asked(0, SystemCall.SPAWN, 1, 0, PRIORITY, NONE, Code.OK);
        on(0, Event.SPAWN, thread(0), thread(1)).p(0, 1, PRIORITY, NONE).result(0, 1, 0, 0);
        hand(0, 1, 1);
        resume(0, 0);
        take(1, 1);
        return this;
    }

    /** Threads on three cores; the two others flush for what thread 0 unmaps. */
    static Tape acknowledgedByTwo() {
        SpaceTape run = new SpaceTape(3).begin();
        run.tape.asked(0, SystemCall.SPAWN, 2, 0, PRIORITY, NONE, Code.OK);
        run.on(0, Event.SPAWN, thread(0), thread(2)).p(0, 2, PRIORITY, NONE).result(0, 1, 0, 0);
        run.hand(0, 2, 2);
        run.resume(0, 0);
        run.take(2, 2);
        run.asked(0, SystemCall.MAP, 0, 1, Rights.WRITE);
        run.call(0, 0, Event.MAP, 0, 1, Rights.WRITE, Code.OK);
        run.resume(0, 0);
        run.fill(0, 0, Event.FILL, 0, 2, Rights.WRITE);
        run.resume(0, 0);
        run.asked(0, SystemCall.UNMAP, 0, 1, 0);
        run.call(0, 0, Event.UNMAP, 0, 1, 0, Code.WORKING);
        run.on(0, Event.CLEAR, SPACE).p(0, 0).word(0, 2);
        run.on(0, Event.SHOOT, thread(0), SPACE).p(0, 0).word(2 | 4);
        for (int core = 1; core <= 2; core++) {
            run.on(0, Event.KICK, ipi(core)).p(core, 0);
        }
        run.idle(0);
        for (int core = 1; core <= 2; core++) {
            run.on(core, Event.IPI, ipi(core));
            run.on(core, Event.ACKNOWLEDGE, SPACE).p(0, 0).result(0, 0, 0, 2 - core);
        }
        return run.tape;
    }

    /**
     * A thread maps pages up to {@code last}, touches the first, and unmaps them, for which the
     * other core has to flush.
     */
    SpaceTape unmapping(int core, int t, int last) {
        int other = 1 - core;
        asked(t, SystemCall.MAP, 0, last, Rights.WRITE);
        call(core, t, Event.MAP, 0, last, Rights.WRITE, Code.OK);
        resume(core, t);
        fill(core, t, Event.FILL, 0, 2, Rights.WRITE);
        resume(core, t);
        asked(t, SystemCall.UNMAP, 0, last, 0);
        call(core, t, Event.UNMAP, 0, last, 0, Code.WORKING);
        on(core, Event.CLEAR, SPACE).p(t, 0).word(0, 2);
        on(core, Event.SHOOT, thread(t), SPACE).p(t, 0).word(1L << other);
        on(core, Event.KICK, ipi(other)).p(other, 0);
        return this;
    }

    /** Map, touch, unmap: core 1 has the tables loaded and must flush. */
    SpaceTape unmaps() {
        unmapping(0, 0, 1);
        idle(0);
        shot = tape.records.size();
        on(1, Event.IPI, ipi(1));
        on(1, Event.ACKNOWLEDGE, SPACE).p(0, 0);
        acknowledged = tape.records.size();
        on(1, Event.RELEASE, SPACE, thread(0)).p(0, 0);
        released = tape.records.size();
        hand(1, 0, 0);
        resume(1, 1);
        take(0, 0);
        on(0, Event.FREE_FRAME, SPACE, MEMORY).p(0, 0).word(2);
        on(0, Event.FINISH, thread(0), SPACE).p(0, 0);
        resume(0, 0);
        return this;
    }

    /** Thread 1 wants to map while thread 0 takes rights away, and comes again. */
    SpaceTape protects() {
        asked(0, SystemCall.MAP, 0, 0, Rights.WRITE);
        call(0, 0, Event.MAP, 0, 0, Rights.WRITE, Code.OK);
        resume(0, 0);
        fill(0, 0, Event.FILL, 0, 1, Rights.WRITE);
        resume(0, 0);
        asked(0, SystemCall.PROTECT, 0, 0, Rights.READ);
        call(0, 0, Event.PROTECT, 0, 0, Rights.READ, Code.WORKING);
        on(1, Event.WAIT_TURN, thread(1), SPACE).p(1, 0).result(0, 0, 0, 1);
        idle(1);
        waited = tape.records.size();
        atWaited.run();
        on(0, Event.TIGHTEN, SPACE).p(0, 0).word(0, 1);
        on(0, Event.SHOOT, thread(0), SPACE).p(0, 0);
        on(0, Event.FINISH, thread(0), SPACE).p(0, 0);
        finished = tape.records.size();
        on(0, Event.ADMIT, SPACE, thread(1)).p(0, 1);
        hand(0, 1, 1);
        resume(0, 0);
        take(1, 1);
        asked(1, SystemCall.MAP, 2, 2, Rights.READ);
        call(1, 1, Event.MAP, 2, 2, Rights.READ, Code.OK);
        resume(1, 1);
        asked(0, SystemCall.PROTECT, 0, 0, Rights.WRITE);
        call(0, 0, Event.PROTECT, 0, 0, Rights.WRITE, Code.OK);
        resume(0, 0);
        fill(0, 0, Event.ALLOW, 0, 1, Rights.WRITE);
        resume(0, 0);
        return this;
    }

    /** What there is already, or is not: the calls' other answers. */
    SpaceTape refuses() {
        tape.asked(0, SystemCall.MAP, 0, 1, Rights.READ, 0, Code.BUSY);
        call(0, 0, Event.MAP, 0, 1, Rights.READ, Code.BUSY);
        resume(0, 0);
        tape.asked(0, SystemCall.PROTECT, 0, 1, Rights.READ, 0, Code.INVALID);
        call(0, 0, Event.PROTECT, 0, 1, Rights.READ, Code.INVALID);
        resume(0, 0);
        asked(0, SystemCall.UNMAP, 3, 3, 0);
        call(0, 0, Event.UNMAP, 3, 3, 0, Code.OK);
        resume(0, 0);
        tape.asked(0, SystemCall.MAP, 2, 1, Rights.READ, 0, Code.INVALID);
        on(0, Event.REFUSE, thread(0)).p(0, SystemCall.MAP).result(Code.INVALID, 0, 0, 0);
        resume(0, 0);
        return this;
    }

    /**
     * Core 1, which has the tables loaded, flushes for thread 0, which has gone to sleep on core 0.
     */
    private void flushes() {
        on(0, Event.KICK, ipi(1)).p(1, 0);
        idle(0);
        on(1, Event.IPI, ipi(1));
        on(1, Event.ACKNOWLEDGE, SPACE).p(0, 0);
        on(1, Event.RELEASE, SPACE, thread(0)).p(0, 0);
        hand(1, 0, 0);
        resume(1, 1);
        take(0, 0);
    }

    /** Thread 0 copies its process, with slot 2 in the copy, and writes a page of both. */
    SpaceTape forks() {
        tape.asked(0, SystemCall.FORK, 1, 3, 0, 0, Code.BUSY);
        on(0, Event.FORK, thread(1), SPACE, thread(0))
                .p(0, 0, 1, NONE)
                .word(3)
                .result(Code.BUSY, 1, 0, 0);
        resume(0, 0);
        asked(0, SystemCall.FORK, 2, 3, 0);
        on(0, Event.FORK, thread(2), SPACE, COPY)
                .p(0, 0, 2, 1)
                .word(3)
                .result(Code.WORKING, 1, 0, 0);
        on(0, Event.SHARE, SPACE, COPY, MEMORY).p(0, 0, 1, 0).word(0, 1);
        on(0, Event.SHOOT, thread(0), SPACE).p(0, 0).word(2);
        flushes();
        on(0, Event.FINISH, thread(0), SPACE).p(0, 0);
        copied = tape.records.size();
        on(0, Event.BEAR, COPY, thread(2)).p(1, 2);
        on(0, Event.ENQUEUE, thread(2), core(1)).p(2, 1, PRIORITY, 0).result(0, 0, 0, 1);
        resume(0, 0);
        fill(0, 0, Event.COPY, 0, 0, Rights.READ);
        on(0, Event.SHOOT, thread(0), SPACE).p(0, 0).word(2);
        flushes();
        on(0, Event.FREE_FRAME, SPACE, MEMORY).p(0, 0).word(1).result(0, 1, 0, 0);
        on(0, Event.FINISH, thread(0), SPACE).p(0, 0);
        resume(0, 0);
        fill(0, 0, Event.ALLOW, 0, 0, Rights.WRITE);
        resume(0, 0);
        return this;
    }

    /** A thread, the last of its space, takes a page out of it, and ends. */
    private void leaves(int core, int t, int space, int frame) {
        int of = object(Record.SPACE, space);
        on(core, Event.LEAVE, thread(t), of).p(t, space).result(Code.WORKING, 0, 0, 0);
        on(core, Event.CLEAR, of).p(t, space).word(0, frame);
        on(core, Event.SHOOT, thread(t), of).p(t, space);
        on(core, Event.FREE_FRAME, of, MEMORY).p(t, space).word(frame);
        on(core, Event.FINISH, thread(t), of).p(t, space);
        resume(core, t);
        on(core, Event.EXIT, thread(t), of).p(t, NONE, space, 0);
        load(core, space, NONE);
        left = tape.records.size();
        on(core, Event.FREE_SPACE, of).p(space, 0);
        on(core, Event.IDLE, core(core));
    }

    /**
     * Thread 1 attempts what it may not and dies of it; the others end, each the last of its space.
     */
    SpaceTape ends() {
        tape.asked(1, WitnessCheck.ATTEMPT, 2, Rights.WRITE, 0, 0, -1);
        on(1, Event.FAULT, thread(1), SPACE).p(1, STORE, 0, 0).word(0x1234);
        faulted = tape.records.size();
        on(1, Event.EXIT, thread(1)).p(1, NONE, NONE, 0);
        on(1, Event.LOAD, SPACE, COPY).p(0, 1);
        on(1, Event.DISPATCH, core(1), thread(2)).p(2, PRIORITY);
        tape.asked(0, SystemCall.EXIT, 0, 0, 0, 0, -1);
        leaves(0, 0, 0, 0);
        tape.asked(2, SystemCall.EXIT, 0, 0, 0, 0, -1);
        leaves(1, 2, 1, 1);
        return this;
    }

    static SpaceTape whole() {
        return new SpaceTape().begin().unmaps().protects().refuses().forks().ends();
    }

    /** One thread that touches two pages; it dies of the second, for which there is no frame. */
    static Tape exhausted() {
        SpaceTape run = new SpaceTape();
        run.asked(0, SystemCall.MAP, 0, 1, Rights.WRITE);
        run.call(0, 0, Event.MAP, 0, 1, Rights.WRITE, Code.OK);
        run.resume(0, 0);
        run.fill(0, 0, Event.FILL, 0, 0, Rights.WRITE);
        run.resume(0, 0);
        run.tape.asked(0, WitnessCheck.ATTEMPT, 1, Rights.WRITE, 0, 0, -1);
        run.leavesByFault();
        return run.tape;
    }

    private void leavesByFault() {
        on(0, Event.LEAVE, thread(0), SPACE).p(0, 0).result(Code.WORKING, 0, 0, 0);
        on(0, Event.CLEAR, SPACE).p(0, 0).word(0, 0);
        on(0, Event.SHOOT, thread(0), SPACE).p(0, 0);
        on(0, Event.FREE_FRAME, SPACE, MEMORY).p(0, 0).word(0);
        on(0, Event.FINISH, thread(0), SPACE).p(0, 0);
        resume(0, 0);
        on(0, Event.FAULT, thread(0), SPACE).p(0, STORE, 0, 0);
        on(0, Event.EXIT, thread(0)).p(0, NONE, NONE, 0);
        load(0, 0, NONE);
        on(0, Event.FREE_SPACE, SPACE).p(0, 0);
        on(0, Event.IDLE, core(0));
    }

    static Validator validator(Tape tape) {
        return new Validator(
                tape,
                tape,
                new Validator.Setup(PRIORITY, ILLEGAL, false, true, new Memory(PAGES, FRAMES)));
    }
}
