package norma.conformance.tour;

import static norma.model.State.NONE;

import java.util.Arrays;
import norma.abi.Limits;
import norma.model.Observation;
import norma.model.ipc.IpcState;
import norma.model.kernel.KernelConstants;
import norma.model.kernel.KernelModel;
import norma.model.kernel.KernelObserver;
import norma.model.kernel.KernelState;
import norma.model.sched.SchedState;
import norma.model.space.SpaceView;
import org.jspecify.annotations.Nullable;

/**
 * The state of a kernel machine of full size as a state of one at small constants: the first slots
 * of each table, counters modulo the small constants.
 *
 * <p>There is one only if the rest takes no part: every other thread is inactive, asleep, or
 * blocked at a channel beyond the constants, and every other tag is free or an orphan. What such a
 * rest did to become so is outside the small machine, and so are the steps while it is not so.
 */
final class Projection {
    private final KernelConstants small;
    private final KernelState state;
    private final KernelState fresh;
    private final Observation seen = new Observation();
    private final KernelObserver observer;
    private final int[] list;

    Projection(KernelConstants small) {
        this.small = small;
        KernelModel model = new KernelModel(small);
        state = model.initial();
        fresh = model.initial();
        observer = model.observer(state, seen);
        list = new int[Math.max(small.threads(), small.tags())];
    }

    /** The small state, overwritten by the next call, or null if there is none. */
    @Nullable KernelState of(KernelState full, int threads, int tags) {
        if (!restTakesNoPart(full, threads, tags)) {
            return null;
        }
        state.copyFrom(fresh);
        seen.begin();
        for (int t = 0; t < small.threads(); t++) {
            if (!thread(full, t)) {
                return null;
            }
        }
        for (int h = 0; h < small.channels(); h++) {
            channel(full.ipc(), h);
        }
        for (int c = 0; c < small.cores(); c++) {
            core(full.sched(), c);
        }
        boolean spaces =
                small.spaces().spaces() == 0
                        || SpaceView.first(
                                full.spaces(), Limits.SPACES, state.spaces(), small.spaces());
        return spaces ? state : null;
    }

    /** Is a small state the initial one but for the incarnation of its only channel? */
    boolean restarted(KernelState other) {
        state.copyFrom(other);
        observer.ipc().server(0, other.ipc().live(0), 0);
        byte[] one = new byte[state.size()];
        byte[] initial = new byte[state.size()];
        state.pack(one, 0);
        fresh.pack(initial, 0);
        return Arrays.equals(one, initial);
    }

    private boolean restTakesNoPart(KernelState full, int threads, int tags) {
        for (int t = small.threads(); t < threads; t++) {
            int st = full.sched().st(t);
            int channel = full.ipc().chan(t);
            boolean away = channel == NONE || channel >= small.channels();
            if (st != SchedState.INACTIVE && !(st == SchedState.BLOCKED && away)) {
                return false;
            }
        }
        for (int h = 0; h < small.channels(); h++) {
            for (int tag = small.tags(); tag < tags; tag++) {
                if (full.ipc().own(h, tag) >= 0) {
                    return false;
                }
            }
        }
        for (int c = 0; c < small.cores(); c++) {
            if (full.sched().level(c) >= small.priorities()) {
                return false;
            }
        }
        return true;
    }

    private boolean thread(KernelState full, int t) {
        IpcState ipc = full.ipc();
        SchedState sched = full.sched();
        int served = ipc.srv(t);
        int channel = ipc.chan(t);
        if (served >= small.channels()
                || channel >= small.channels()
                || sched.basePriority(t) >= small.priorities()
                || sched.eff(t) >= small.priorities()
                || ipc.resultTag(t) >= small.tags()
                || ipc.resultCaller(t) >= small.threads()
                || ipc.msg(t) >= Math.max(1, small.payloads())
                || ipc.resultWord(t) >= Math.max(1, small.payloads())) {
            return false;
        }
        int attached = ipc.att(t);
        if (served != NONE) {
            // Older ones would pass for threads of the present incarnation.
            if (ipc.inc(served) - attached >= small.incarnations()) {
                return false;
            }
            attached %= small.incarnations();
        }
        observer.ipc().phase(t, ipc.calling(t), ipc.ipc(t));
        observer.ipc().call(t, channel, ipc.msg(t), ipc.don(t), ipc.timed(t));
        observer.ipc().serves(t, served, attached);
        observer.ipc()
                .result(
                        t,
                        ipc.resultCode(t),
                        ipc.resultTag(t),
                        ipc.resultCaller(t),
                        ipc.resultWord(t));
        observer.sched()
                .thread(
                        t,
                        sched.st(t),
                        sched.gen(t) % small.generations(),
                        sched.basePriority(t),
                        sched.eff(t),
                        sched.home(t));
        observer.asleep(t, full.asleep(t));
        return true;
    }

    private void channel(IpcState ipc, int h) {
        observer.ipc().server(h, ipc.live(h), ipc.inc(h) % small.incarnations());
        for (int tag = 0; tag < small.tags(); tag++) {
            int owner = ipc.own(h, tag);
            observer.ipc().tag(h, tag, owner, owner >= 0 && ipc.ipc(owner) == IpcState.SERVED);
        }
        int count = 0;
        for (int i = 0; i < ipc.queueLength(h); i++) {
            list[count++] = ipc.queued(h, i);
        }
        observer.ipc().queue(h, list, count);
        count = 0;
        for (int i = 0; i < ipc.waiterCount(h); i++) {
            list[count++] = ipc.waiter(h, i);
        }
        observer.ipc().waiters(h, list, count);
        count = 0;
        for (int i = 0; i < ipc.receiverCount(h); i++) {
            list[count++] = ipc.receiver(h, i);
        }
        observer.ipc().receivers(h, list, count);
    }

    private void core(SchedState sched, int c) {
        int count = 0;
        for (int i = 0; i < sched.readyCount(c); i++) {
            list[count++] = sched.ready(c, i);
        }
        observer.sched().core(c, sched.idle(c), sched.level(c), list, count);
        observer.sched().ipi(c, sched.ipi(c));
        count = 0;
        for (int i = 0; i < sched.wokenCount(c); i++) {
            list[count++] = sched.woken(c, i);
        }
        long kicks = 0;
        for (int other = 0; other < small.cores(); other++) {
            kicks |= sched.owesKick(c, other) ? 1L << other : 0;
        }
        observer.sched().context(c, sched.mode(c), sched.cur(c), list, count, kicks, true);
    }
}
