package norma.model.kernel;

import java.util.List;
import java.util.stream.Stream;
import norma.model.CanonicalText;
import norma.model.State;
import norma.model.ipc.IpcState;
import norma.model.lock.LockTableState;
import norma.model.sched.SchedState;
import norma.model.space.SpaceState;

/** The variables of {@code Kernel.tla}: those of its components, and who sleeps. */
public final class KernelState extends State {
    private final KernelLayout layout;
    private final IpcState ipc;
    private final SchedState sched;
    private final LockTableState locks;
    private final SpaceState spaces;
    private final List<String> variables;

    KernelState(KernelLayout layout) {
        this(layout, new long[layout.size]);
        ipc.reset();
        sched.reset(0, 0, layout.constants.firstPriority());
        locks.reset();
        spaces.reset(0, 0);
    }

    private KernelState(KernelLayout layout, long[] words) {
        super(words, 0, layout.size);
        this.layout = layout;
        ipc = new IpcState(layout.ipcLayout, words, layout.ipc);
        sched = new SchedState(layout.schedLayout, words, layout.sched);
        locks = new LockTableState(layout.lockLayout, words, layout.locks);
        spaces = new SpaceState(layout.spaceLayout, words, layout.spaces);
        variables =
                Stream.of(
                                ipc.variables().stream(),
                                sched.variables().stream(),
                                locks.variables().stream(),
                                spaces.variables().stream(),
                                Stream.of("asleep"))
                        .flatMap(names -> names)
                        .sorted()
                        .toList();
    }

    /** The IPC component. */
    public IpcState ipc() {
        return ipc;
    }

    /** The scheduler component. */
    public SchedState sched() {
        return sched;
    }

    /** The lock component. */
    public LockTableState locks() {
        return locks;
    }

    /** The component of address spaces. */
    public SpaceState spaces() {
        return spaces;
    }

    /** Whether a thread is blocked until its deadline. */
    public boolean asleep(int thread) {
        return get(layout.asleep + thread) != 0;
    }

    void asleep(int thread, boolean value) {
        set(layout.asleep + thread, value ? 1 : 0);
    }

    /** Whether some server thread of a channel does not run at its target priority. */
    public boolean inheritDue(int channel) {
        int boost = ipc.live(channel) ? ipc.boost(channel) : 0;
        for (int server = ipc.nextServer(channel, NONE);
                server != NONE;
                server = ipc.nextServer(channel, server)) {
            int base = sched.basePriority(server);
            int target = ipc.attached(server, channel) ? Math.max(base, boost) : base;
            if (sched.eff(server) != target) {
                return true;
            }
        }
        return false;
    }

    /** Whether a caller's donation does not follow its effective priority. */
    public boolean donateDue(int caller) {
        return ipc.calling(caller) && ipc.don(caller) != sched.eff(caller);
    }

    /** Whether a channel's critical section is complete; NONE is quiet. */
    public boolean quiet(int channel) {
        return channel == NONE || (!ipc.grantDue(channel) && !inheritDue(channel));
    }

    @Override
    public KernelState copy() {
        return new KernelState(layout, cloneWords());
    }

    @Override
    public List<String> variables() {
        return variables;
    }

    @Override
    public boolean write(String variable, CanonicalText out) {
        if (variable.equals("asleep")) {
            out.function("thread", t -> out.truth(asleep(t) ? 1 : 0));
            return true;
        }
        return ipc.write(variable, out)
                || sched.write(variable, out)
                || locks.write(variable, out)
                || spaces.write(variable, out);
    }
}
