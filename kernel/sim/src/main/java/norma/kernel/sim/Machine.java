package norma.kernel.sim;

import jdk.internal.vm.Continuation;
import jdk.internal.vm.ContinuationScope;
import norma.abi.Limits;
import norma.conformance.check.Blocked;
import norma.conformance.check.CoreRights;
import norma.conformance.check.Memory;
import norma.conformance.check.Validator;
import norma.kernel.hal.Clock;
import norma.kernel.hal.Cpu;
import norma.kernel.hal.World;
import norma.kernel.sim.port.GuestKernel;
import norma.kernel.sim.race.Probe;
import norma.kernel.sim.race.RaceDetector;
import norma.kernel.sim.race.RaceException;
import norma.kernel.sim.race.WeakMemory;
import norma.user.UserWorld;
import org.jspecify.annotations.Nullable;

/**
 * One run of one kernel on simulated cores.
 *
 * <p>Every core's kernel stack and every user thread is a continuation; one carrier thread runs one
 * of them at a time, so an instruction is atomic and, unless memory is weak ({@link WeakMemory}),
 * sees all earlier ones. Cores change places at schedule points only: before every VarHandle
 * operation, before every HAL call except plain accesses to the shared block (a core's own ring,
 * the constants of boot), and at the points of {@link UserSide}. Plain accesses in between cannot
 * be told from being done at the point before, because the race detector demands that they are
 * ordered.
 *
 * <p>Time moves by a constant a point, and leaps when all cores halt or the chooser says so. An
 * event is validated when its ring's head moves, before anything else runs, unless the host is
 * slow.
 *
 * <p>Invariant: {@link #current} is the core that executes whenever a continuation runs.
 */
final class Machine {
    private static final ContinuationScope SCOPE = new ContinuationScope("norma-machine");
    private static final long STEP_NANOS = 50;

    /** Points without any event after which cores that run are said to get nowhere. */
    private static final int NO_PROGRESS = 40_000;

    /** Points that no scenario needs. */
    private static final int STEP_LIMIT = 400_000;

    private final GuestKernel guest;
    private final Block block;
    private final Chooser chooser;
    private final Accesses accesses;
    private final Validator validator;

    /**
     * Records of a run that is validated when it is over, or null: it is validated as it happens.
     */
    private final @Nullable KeptRings kept;

    private final @Nullable Translations translations;
    private final CoreRights rights;
    private final UserSide userSide;
    private final SimCore[] cores;
    private final SimCore.@Nullable SimThread[] threads =
            new SimCore.@Nullable SimThread[Limits.THREADS];
    private int current;
    private long time;
    private int steps;
    private int lastEvent;
    private boolean ended;
    private boolean finished;
    private @Nullable Failure failure;

    /**
     * Accesses to witness areas are reported as the site with number {@code witnessSite}, and those
     * of kernel and host to the shared block as the two after it.
     */
    Machine(
            GuestKernel guest,
            Block block,
            Chooser chooser,
            RaceDetector races,
            Validator validator,
            @Nullable KeptRings kept,
            @Nullable WeakMemory weak,
            Memory memory,
            int witnessSite) {
        this.guest = guest;
        this.block = block;
        this.chooser = chooser;
        this.validator = validator;
        this.kept = kept;
        accesses = new Accesses(this, races, weak, witnessSite + 1);
        // What is validated in the end only is read in the end only.
        block.tell(kept == null ? accesses.shared() : null);
        translations =
                memory.pages() == 0
                        ? null
                        : Translations.alone(block.cores(), memory.pages(), memory.frames());
        rights = validator.coreRights();
        userSide = new UserSide(this, witnessSite);
        cores = new SimCore[block.cores()];
        for (int i = 0; i < cores.length; i++) {
            cores[i] = new SimCore(i);
        }
    }

    /** Runs from boot to the end; returns why it fails, or null. */
    @Nullable Failure run() {
        World.CURRENT.set(new HalSide(this));
        UserWorld.CURRENT.set(userSide);
        Probe.CURRENT.set(accesses);
        try {
            begin(cores[0]);
            while (!ended) {
                execute(cores[current]);
            }
        } finally {
            World.CURRENT.remove();
            UserWorld.CURRENT.remove();
            Probe.CURRENT.remove();
        }
        conclude();
        return failure;
    }

    int steps() {
        return steps;
    }

    Accesses accesses() {
        return accesses;
    }

    SimCore core(int index) {
        return cores[index];
    }

    long time() {
        return time;
    }

    GuestKernel guest() {
        return guest;
    }

    Block block() {
        return block;
    }

    SimCore core() {
        return cores[current];
    }

    // --- executing --------------------------------------------------------------------------

    void begin(SimCore core) {
        core.mode = SimCore.Mode.KERNEL;
        core.kernel = new Continuation(SCOPE, () -> kernel(core));
    }

    /** Lets a core go on until a switch, or until it enters or leaves the kernel. */
    private void execute(SimCore core) {
        accesses.beCore();
        if (core.mode == SimCore.Mode.USER && core.pending(time)) {
            core.enter(takeInterrupt(core), 0);
        }
        SimCore.SimThread thread = core.user;
        Continuation body =
                core.mode == SimCore.Mode.USER && thread != null ? thread.body : core.kernel;
        if (body == null || body.isDone()) {
            fail(Failure.of(Failure.MACHINE, "nothing to execute: " + core.describe()));
            return;
        }
        body.run();
    }

    /** A core's kernel stack: what entry.S and trap.S do. */
    private void kernel(SimCore core) {
        core.begun = true;
        try {
            int slot = core.index == 0 ? guest.boot() : guest.coreMain(core.index);
            while (!ended) {
                leave(core, slot);
                pause();
                slot = guest.trap(core.index, core.cause, core.pc);
            }
        } catch (RaceException race) {
            fail(Failure.thrown(Failure.RACE, race, core.index));
        } catch (RuntimeException | Error broken) {
            fail(Failure.thrown(Failure.PANICKED, broken, core.index));
        }
    }

    /** Restores the frame of {@code slot}: its thread goes on, or starts. */
    private void leave(SimCore core, int slot) {
        SimCore.SimThread thread = threads[slot];
        int generation = guest.generation(slot);
        if (thread == null || thread.generation != generation) {
            int first = (int) guest.argument0(slot);
            int second = (int) guest.argument1(slot);
            thread =
                    new SimCore.SimThread(
                            slot, generation, new Continuation(SCOPE, () -> user(first, second)));
            threads[slot] = thread;
        } else if (thread.inCall && guest.again(slot)) {
            thread.again = true;
        } else if (thread.inCall) {
            thread.again = false;
            guest.returned(slot);
            thread.result = guest.result(slot);
            thread.word = guest.word(slot);
            thread.inCall = false;
        }
        SimCore other = thread.core;
        if (other != null) {
            fail(
                    Failure.of(
                            Failure.MACHINE,
                            "core "
                                    + core.index
                                    + " resumes thread "
                                    + slot
                                    + ", which runs on core "
                                    + other.index));
            pause();
        }
        if (core.timer > time + block.slice()) {
            fail(
                    Failure.of(
                            Failure.MACHINE,
                            "thread " + slot + " would run beyond its slice: " + core.describe()));
            pause();
        }
        thread.core = core;
        core.user = thread;
        core.mode = SimCore.Mode.USER;
        judge(core);
    }

    /** The core is in user mode: may it reach no more than the model says? */
    void judge(SimCore core) {
        if (translations == null || kept != null || block.slowHost()) {
            return; // Or the model lags behind.
        }
        String excess = translations.excess(core.index, rights);
        if (excess != null) {
            fail(Failure.of(Failure.STALE, excess));
            pause();
        }
    }

    /** Page tables, and what cores have kept of them. */
    Translations translations() {
        Translations there = translations;
        if (there == null) {
            throw new IllegalStateException("this machine has no address spaces");
        }
        return there;
    }

    private void user(int slot, int program) {
        try {
            guest.user(slot, program);
            fail(Failure.of(Failure.MACHINE, "thread " + slot + " returned from user mode"));
        } catch (RaceException race) {
            fail(Failure.thrown(Failure.RACE, race, current));
        } catch (RuntimeException | Error broken) {
            fail(Failure.thrown(Failure.PANICKED, broken, current));
        }
    }

    /** Back to the carrier. */
    void pause() {
        Continuation.yield(SCOPE);
    }

    SimCore.SimThread thread(SimCore core) {
        SimCore.SimThread thread = core.user;
        if (thread == null) {
            throw new IllegalStateException("no thread: " + core.describe());
        }
        return thread;
    }

    // --- choosing ---------------------------------------------------------------------------

    /** Which core does the next step? Counts it and moves the time. */
    private void choose(boolean relaxing) {
        steps++;
        accesses.point();
        time += STEP_NANOS;
        if (steps - lastEvent > NO_PROGRESS) {
            fail(
                    new Failure(
                            Failure.DEADLOCK,
                            "no event for " + NO_PROGRESS + " steps",
                            SimCore.where(cores, current)));
            return;
        }
        if (steps > STEP_LIMIT) {
            fail(
                    new Failure(
                            Failure.TIMED_OUT,
                            "still running after " + steps + " steps",
                            SimCore.where(cores, current)));
            return;
        }
        int runnable = runnable();
        if (runnable == 0) {
            leap();
            runnable = runnable();
            if (runnable == 0) {
                ended = true;
                return;
            }
        }
        int code = chooser.next(current, runnable, relaxing);
        if ((code & Schedule.LEAP) != 0) {
            leap();
        }
        int core = (code & Schedule.CORE) - 1;
        boolean possible = core >= 0 && (runnable >> core & 1) != 0;
        current = possible ? core : Chooser.byDefault(current, runnable, relaxing);
    }

    private int runnable() {
        int runnable = 0;
        for (SimCore core : cores) {
            if (core.runnable(time)) {
                runnable |= 1 << core.index;
            }
        }
        return runnable;
    }

    /** Time passes until the next timer that has not fired. */
    private void leap() {
        long next = Clock.NEVER;
        for (SimCore core : cores) {
            if (core.timer > time && core.timer < next) {
                next = core.timer;
            }
        }
        if (next != Clock.NEVER) {
            time = next;
        }
    }

    /** A schedule point in the kernel. */
    void point(boolean relaxing) {
        relaxed(relaxing);
        int before = current;
        choose(relaxing);
        if (current != before || ended) {
            pause();
        }
    }

    /** A schedule point in user mode: interrupts are taken here. */
    void userPoint(boolean relaxing) {
        relaxed(relaxing);
        int before = current;
        choose(relaxing);
        if (current != before || ended || cores[current].pending(time)) {
            pause();
        }
    }

    /** Takes a pending interrupt of a core; its cause. */
    int takeInterrupt(SimCore core) {
        boolean both = core.ipi && core.timer <= time;
        if (core.ipi && (!both || chooser.nextInterruptFirst())) {
            core.ipi = false;
            accesses.receives();
            return Cpu.IPI;
        }
        core.timer = Clock.NEVER;
        return Cpu.TIMER;
    }

    // --- ending -----------------------------------------------------------------------------

    void fail(Failure found) {
        if (failure == null) {
            failure = found;
        }
        ended = true;
    }

    private void conclude() {
        if (failure != null) {
            return;
        }
        if (kept != null) {
            validator.beginAtCheckpoint(kept);
        }
        accesses.beHost();
        try {
            validator.finish(finished);
        } catch (RaceException race) {
            failure = Failure.thrown(Failure.RACE, race, current);
            return;
        }
        if (validator.finding() != null) {
            failure = Failure.of(validator.finding());
        } else if (!finished) {
            failure =
                    new Failure(
                            Failure.UNFINISHED,
                            "no core can run any more",
                            Blocked.threads(validator.state()));
        }
    }

    /** A ring's head has moved: the event is checked before anything else happens. */
    void recorded() {
        lastEvent = steps;
        if (kept != null) {
            kept.collect();
            return;
        }
        if (block.slowHost() && block.overrun()) {
            fail(Failure.of(Failure.OVERRUN, "core " + current + " writes over its ring"));
            pause();
        } else if (!block.slowHost()) {
            read();
        }
    }

    /** The host reads what has been recorded. */
    private void read() {
        accesses.beHost();
        try {
            advance();
        } catch (RaceException race) {
            fail(Failure.thrown(Failure.RACE, race, current));
        }
        accesses.beCore();
    }

    private void advance() {
        validator.advance();
        if (validator.finding() != null) {
            fail(Failure.of(validator.finding()));
            pause();
        }
    }

    /** A core waits for others, perhaps for the host. */
    private void relaxed(boolean relaxing) {
        if (relaxing && block.slowHost() && !ended) {
            read();
        }
    }

    /** The kernel ends the run. */
    void end(boolean clean) {
        accesses.hostLooks();
        finished = clean;
        ended = true;
        pause();
    }
}
