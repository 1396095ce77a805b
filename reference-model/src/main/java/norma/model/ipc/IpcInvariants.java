package norma.model.ipc;

import static norma.model.State.NONE;
import static norma.model.ipc.IpcState.DONE;
import static norma.model.ipc.IpcState.QUEUED;
import static norma.model.ipc.IpcState.RECEIVING;
import static norma.model.ipc.IpcState.SERVED;
import static norma.model.ipc.IpcState.TAG_WAIT;

import java.util.List;
import norma.model.Invariant;

/**
 * The state invariants of {@code Ipc.tla}, per object.
 *
 * <p>Set equalities over all threads are split: the channel's half says that each entry of its
 * table is a thread in the right phase, the thread's half that a thread in that phase has exactly
 * its entry. Both halves carry the invariant's name.
 */
public final class IpcInvariants {
    private final int tags;

    /** Invariants of machines with the given layout. */
    public IpcInvariants(IpcLayout layout) {
        tags = layout.tags;
    }

    /** All of them. */
    public List<Invariant<IpcState>> all() {
        return List.of(
                new Invariant<>("TagsConserved", "channel", this::tagsConserved),
                new Invariant<>("TagsConserved", "thread", this::callHasTag),
                new Invariant<>("QueueExact", "channel", this::queueExact),
                new Invariant<>("WaitersExact", "channel", this::waitersExact),
                new Invariant<>("WaitersExact", "thread", this::waiterWaits),
                new Invariant<>("ReceiversExact", "channel", this::receiversExact),
                new Invariant<>("ReceiversExact", "thread", this::receiverReceives),
                new Invariant<>("ViewExact", "channel", this::viewExact),
                new Invariant<>("CallDataExact", "thread", this::callDataExact),
                new Invariant<>("ResultExact", "thread", this::resultExact),
                new Invariant<>("NobodyBlockedOnDead", "thread", this::nobodyBlockedOnDead),
                new Invariant<>("ReceiversCurrent", "thread", this::receiversCurrent),
                new Invariant<>(
                        "NoSleepWithWork",
                        "channel",
                        (s, h) -> s.receiverCount(h) == 0 || s.queueLength(h) == 0),
                new Invariant<>(
                        "AttachmentExact",
                        "thread",
                        (s, t) -> (s.srv(t) == NONE) == (s.att(t) == NONE)));
    }

    private boolean tagsConserved(IpcState s, int channel) {
        for (int tag = 0; tag < tags; tag++) {
            int owner = s.own(channel, tag);
            if (owner >= 0
                    && !(holding(s, owner)
                            && s.chan(owner) == channel
                            && s.tagOf(owner, channel) == tag)) {
                return false;
            }
        }
        return true;
    }

    private boolean callHasTag(IpcState s, int thread) {
        return !holding(s, thread) || s.tagOf(thread, s.chan(thread)) != NONE;
    }

    private boolean queueExact(IpcState s, int channel) {
        int unreceived = 0;
        for (int tag = 0; tag < tags; tag++) {
            int owner = s.own(channel, tag);
            unreceived += owner >= 0 && s.ipc(owner) == QUEUED ? 1 : 0;
        }
        int length = s.queueLength(channel);
        for (int i = 0; i < length; i++) {
            int owner = s.own(channel, s.queued(channel, i));
            if (owner < 0 || s.ipc(owner) != QUEUED) {
                return false;
            }
            for (int j = 0; j < i; j++) {
                if (s.queued(channel, j) == s.queued(channel, i)) {
                    return false;
                }
            }
        }
        return length == unreceived;
    }

    private boolean waitersExact(IpcState s, int channel) {
        int length = s.waiterCount(channel);
        for (int i = 0; i < length; i++) {
            int waiter = s.waiter(channel, i);
            if (s.ipc(waiter) != TAG_WAIT || s.chan(waiter) != channel) {
                return false;
            }
        }
        return true;
    }

    private boolean waiterWaits(IpcState s, int thread) {
        if (s.ipc(thread) != TAG_WAIT) {
            return true;
        }
        int channel = s.chan(thread);
        int found = 0;
        int length = s.waiterCount(channel);
        for (int i = 0; i < length; i++) {
            found += s.waiter(channel, i) == thread ? 1 : 0;
        }
        return found == 1;
    }

    private boolean receiversExact(IpcState s, int channel) {
        int length = s.receiverCount(channel);
        for (int i = 0; i < length; i++) {
            int receiver = s.receiver(channel, i);
            if (s.ipc(receiver) != RECEIVING || s.chan(receiver) != channel) {
                return false;
            }
        }
        return true;
    }

    private boolean receiverReceives(IpcState s, int thread) {
        if (s.ipc(thread) != RECEIVING) {
            return true;
        }
        int channel = s.chan(thread);
        int found = 0;
        int length = s.receiverCount(channel);
        for (int i = 0; i < length; i++) {
            found += s.receiver(channel, i) == thread ? 1 : 0;
        }
        return found == 1;
    }

    private boolean viewExact(IpcState s, int channel) {
        for (int tag = 0; tag < tags; tag++) {
            int owner = s.own(channel, tag);
            int told = owner >= 0 && s.ipc(owner) == SERVED ? owner : NONE;
            if (s.view(channel, tag) != told) {
                return false;
            }
        }
        return true;
    }

    private boolean callDataExact(IpcState s, int thread) {
        boolean calling = s.calling(thread);
        return (s.chan(thread) != NONE) == blocked(s, thread)
                && (s.don(thread) != NONE) == calling
                && (calling || (!s.timed(thread) && s.msg(thread) == 0));
    }

    private boolean resultExact(IpcState s, int thread) {
        return (s.resultCode(thread) != ResultCode.NONE) == (s.ipc(thread) == DONE);
    }

    private boolean nobodyBlockedOnDead(IpcState s, int thread) {
        return !blocked(s, thread) || s.live(s.chan(thread)) || s.failDue(s.chan(thread));
    }

    private boolean receiversCurrent(IpcState s, int thread) {
        if (s.ipc(thread) != RECEIVING) {
            return true;
        }
        int channel = s.chan(thread);
        return s.srv(thread) == channel && (s.attached(thread, channel) || s.failDue(channel));
    }

    private static boolean holding(IpcState s, int thread) {
        return s.ipc(thread) == QUEUED || s.ipc(thread) == SERVED;
    }

    private static boolean blocked(IpcState s, int thread) {
        return s.calling(thread) || s.ipc(thread) == RECEIVING;
    }
}
