package norma.kernel.sim;

import java.util.ArrayList;
import java.util.List;
import jdk.internal.vm.Continuation;
import norma.kernel.hal.Clock;
import org.jspecify.annotations.Nullable;

/** A simulated core: what it executes and what is pending. Owner: {@link Machine}. */
final class SimCore {
    /** What a core executes. */
    enum Mode {
        OFF,
        KERNEL,
        USER
    }

    final int index;
    Mode mode = Mode.OFF;

    /** In the kernel, waiting for an interrupt. */
    boolean halted;

    /** It has been started, and has executed something. */
    boolean begun;

    /** An IPI is pending. */
    boolean ipi;

    /** Time of the timer's one shot, or {@link Clock#NEVER}. */
    long timer = Clock.NEVER;

    /** Why and where the kernel is entered next. */
    int cause;

    long pc;

    /** Page that its user mode has faulted at, or -1, and how it tried to reach it. */
    int faultPage = -1;

    int faultAccess;

    @Nullable Continuation kernel;

    /** The thread that it runs in user mode. */
    @Nullable SimThread user;

    SimCore(int index) {
        this.index = index;
    }

    boolean pending(long now) {
        return ipi || timer <= now;
    }

    boolean runnable(long now) {
        return mode != Mode.OFF && (!halted || pending(now));
    }

    /** An IPI is raised here: a core that has not begun yet drops what it cannot deliver. */
    void sendIpi() {
        ipi |= begun;
    }

    /** From user mode into the kernel. */
    void enter(int why, long where) {
        mode = Mode.KERNEL;
        cause = why;
        pc = where;
        SimThread thread = user;
        if (thread != null) {
            thread.core = null;
        }
        user = null;
    }

    /** For people. */
    String describe() {
        SimThread thread = user;
        return "core "
                + index
                + ": "
                + (halted ? "halted" : mode)
                + (thread == null ? "" : " thread " + thread.slot)
                + (ipi ? ", IPI pending" : "")
                + (timer == Clock.NEVER ? "" : ", timer at " + timer);
    }

    /** For people: all cores, with the kernel stacks of those that are in it. */
    static List<String> where(SimCore[] cores, int current) {
        List<String> lines = new ArrayList<>();
        for (SimCore core : cores) {
            lines.add(core.describe());
            Continuation kernel = core.kernel;
            if (core.mode == Mode.KERNEL && kernel != null) {
                boolean self = core.index == current;
                lines.addAll(
                        Failure.frames(
                                self ? new Throwable().getStackTrace() : kernel.getStackTrace()));
            }
        }
        return lines;
    }

    /** A user thread between its start and its end. */
    static final class SimThread {
        final int slot;
        final Continuation body;

        /** The core that executes it, if any. */
        @Nullable SimCore core;

        /** Incarnation of the kernel's thread that it is. */
        final int generation;

        /** A system call waits for its result. */
        boolean inCall;

        /** The system call is to be made again. */
        boolean again;

        long result;
        long word;

        SimThread(int slot, int generation, Continuation body) {
            this.slot = slot;
            this.generation = generation;
            this.body = body;
        }
    }
}
