package norma.kernel.sim.explore;

import jdk.internal.vm.Continuation;
import jdk.internal.vm.ContinuationScope;

/** One execution of a kernel entry's code. */
final class Trial {
    static final ContinuationScope SCOPE = new ContinuationScope("norma-explore");

    final Entry entry;
    final Continuation body;

    Trial(Entry entry, Runnable code) {
        this.entry = entry;
        this.body = new Continuation(SCOPE, code);
    }

    /** What the code threw, and where. */
    static String describe(Throwable broken) {
        StringBuilder text = new StringBuilder(broken.toString());
        for (StackTraceElement frame : broken.getStackTrace()) {
            String name = frame.getClassName();
            if (name.startsWith("norma.kernel.") && !name.startsWith("norma.kernel.sim.")) {
                text.append(" at ").append(frame.getFileName()).append(':');
                text.append(frame.getLineNumber());
            }
        }
        return text.toString();
    }
}
