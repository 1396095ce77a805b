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
}
