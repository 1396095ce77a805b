package norma.model.kernel;

import norma.model.Names;
import norma.model.State;
import norma.model.Words;
import norma.model.ipc.IpcLayout;
import norma.model.lock.LockTableLayout;
import norma.model.sched.SchedLayout;
import norma.model.space.SpaceLayout;

/**
 * Where the components of a kernel state lie, and how its locks are numbered.
 *
 * <p>Locks are numbered in the declared order: channels, cores, spaces, threads, each by index, and
 * the memory's. A lock that is not part of the machine has the number {@link State#NONE} and counts
 * as held.
 */
public final class KernelLayout {
    final KernelConstants constants;
    final IpcLayout ipcLayout;
    final SchedLayout schedLayout;
    final LockTableLayout lockLayout;
    final SpaceLayout spaceLayout;
    final int ipc;
    final int sched;
    final int locks;
    final int spaces;
    final int asleep;
    final int size;

    private final int firstCoreLock;
    private final int firstSpaceLock;
    private final int firstThreadLock;
    private final int memoryLock;
    private final int lockCount;

    KernelLayout(KernelConstants constants) {
        this.constants = constants;
        firstCoreLock = constants.channelLocks() ? constants.channels() : 0;
        firstSpaceLock = firstCoreLock + (constants.coreLocks() ? constants.cores() : 0);
        firstThreadLock =
                firstSpaceLock + (constants.spaceLocks() ? constants.spaces().spaces() : 0);
        memoryLock = firstThreadLock + (constants.threadLocks() ? constants.threads() : 0);
        lockCount = memoryLock + (constants.memoryLock() ? 1 : 0);
        ipcLayout =
                new IpcLayout(
                        constants.threads(),
                        constants.channels(),
                        constants.tags(),
                        constants.incarnations());
        schedLayout =
                new SchedLayout(constants.cores(), constants.threads(), constants.generations());
        lockLayout = new LockTableLayout(constants.cores(), lockCount, constants.tickets());
        spaceLayout = new SpaceLayout(constants.spaces());
        Words words = new Words();
        ipc = words.take(ipcLayout.size());
        sched = words.take(schedLayout.size());
        locks = words.take(lockLayout.size());
        spaces = words.take(spaceLayout.size());
        asleep = words.take(constants.threads());
        size = words.count();
    }

    /** Number of a channel's lock, or NONE. */
    public int channelLock(int channel) {
        return constants.channelLocks() && channel != State.NONE ? channel : State.NONE;
    }

    /** Number of a core's lock, or NONE. */
    public int coreLock(int core) {
        return constants.coreLocks() ? firstCoreLock + core : State.NONE;
    }

    /** Number of a thread's lock, or NONE. */
    public int threadLock(int thread) {
        return constants.threadLocks() && thread != State.NONE
                ? firstThreadLock + thread
                : State.NONE;
    }

    /** Number of a space's lock, or NONE. */
    public int spaceLock(int space) {
        return constants.spaceLocks() && space != State.NONE ? firstSpaceLock + space : State.NONE;
    }

    /** Number of the memory's lock, or NONE. */
    public int memoryLock() {
        return constants.memoryLock() ? memoryLock : State.NONE;
    }

    /** Channel whose lock has a number, or NONE. */
    int channelOf(int lock) {
        return lock < firstCoreLock ? lock : State.NONE;
    }

    /** Space whose lock has a number, or NONE. */
    int spaceOf(int lock) {
        return lock >= firstSpaceLock && lock < firstThreadLock
                ? lock - firstSpaceLock
                : State.NONE;
    }

    /** Number of locks of the machine. */
    int lockCount() {
        return lockCount;
    }

    Names names() {
        KernelConstants c = constants;
        String[] locks = new String[lockCount];
        for (int i = 0; i < lockCount; i++) {
            locks[i] = lockName(i);
        }
        Names names =
                new Names()
                        .prefixed("core", "c", c.cores())
                        .alias("target", "core")
                        .alias("victim", "core")
                        .prefixed("thread", "t", c.threads())
                        .alias("peer", "thread")
                        .prefixed("channel", "h", c.channels())
                        .integers("tag", 1, c.tags())
                        .integers("priority", 0, c.priorities())
                        .listed("lock", locks);
        spaceLayout.name(names);
        return names;
    }

    private String lockName(int lock) {
        if (lock < firstCoreLock) {
            return "<channel,h" + (lock + 1) + ">";
        }
        if (lock < firstSpaceLock) {
            return "<core,c" + (lock - firstCoreLock + 1) + ">";
        }
        if (lock < firstThreadLock) {
            return "<space,s" + (lock - firstSpaceLock + 1) + ">";
        }
        return lock < memoryLock ? "<thread,t" + (lock - firstThreadLock + 1) + ">" : "<memory,1>";
    }
}
