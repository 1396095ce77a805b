package norma.kernel.sim;

import java.util.ArrayList;
import java.util.List;
import norma.conformance.check.Finding;

/**
 * Why a run fails.
 *
 * @param kind a reason of the validator, or one of the constants here
 * @param summary one line
 * @param details further lines: stack traces, the model's view
 */
public record Failure(String kind, String summary, List<String> details) {
    /** Two accesses that nothing orders. */
    public static final String RACE = "RACE";

    /** Cores run, and nothing happens. */
    public static final String DEADLOCK = "DEADLOCK";

    /** A sleep or a time-out ended before its time. */
    public static final String EARLY = "EARLY";

    /** Events happen, and there is no end to them: the workload's fault, or the kernel's. */
    public static final String TIMED_OUT = "TIMED_OUT";

    /** No core can run any more, no duty is left, and the workload has not ended. */
    public static final String UNFINISHED = "UNFINISHED";

    /** An assertion or another exception in the kernel, or its own panic. */
    public static final String PANICKED = "PANICKED";

    /** Checkpoints that were not asked for, or none, or too many. */
    public static final String CHECKPOINTS = "CHECKPOINTS";

    /** A record was overwritten before the host has read it. */
    public static final String OVERRUN = "OVERRUN";

    /** A core may still use a translation that the model says it has flushed. */
    public static final String STALE = "STALE";

    /** The machine runs a thread, or a core, that it cannot run. */
    public static final String MACHINE = "MACHINE";

    /** Copies the details. */
    public Failure {
        details = List.copyOf(details);
    }

    /** What the validator, or a step of the model, has found. */
    public static Failure of(Finding finding) {
        return new Failure(finding.reason().name(), finding.summary(), finding.details());
    }

    static Failure of(String kind, String summary) {
        return new Failure(kind, summary, List.of());
    }

    static Failure thrown(String kind, Throwable cause, int core) {
        String what = kind.equals(RACE) ? cause.getMessage() : cause + " on core " + core;
        return new Failure(kind, String.valueOf(what), frames(cause.getStackTrace()));
    }

    /** The kernel's and the script runner's part of a stack. */
    static List<String> frames(StackTraceElement[] stack) {
        List<String> lines = new ArrayList<>();
        for (StackTraceElement frame : stack) {
            String name = frame.getClassName();
            if (name.startsWith("norma.") && !name.startsWith("norma.kernel.sim.")) {
                lines.add(
                        "  at " + name + "." + frame.getMethodName() + ":" + frame.getLineNumber());
            }
        }
        return lines;
    }
}
