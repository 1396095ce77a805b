package norma.model.ipc;

import norma.model.Action;

/**
 * The actions of {@code Ipc.tla}, one record each; {@code thread} acts, {@code peer} is acted on.
 */
public sealed interface IpcAction extends Action {
    /** A thread makes a slot a thread of a server, or a plain one. */
    record Attach(int thread, int peer, int channel) implements IpcAction {}

    /** A thread ends without ending a server. */
    record Detach(int thread) implements IpcAction {}

    /** A thread calls a channel. */
    record Call(int thread, int channel, long payload, boolean timed, int priority)
            implements IpcAction {}

    /** A server thread receives the oldest queued call, or blocks. */
    record Receive(int thread, int channel) implements IpcAction {}

    /** A server thread answers the call that holds a tag. */
    record Reply(int thread, int channel, int tag, long payload) implements IpcAction {}

    /** A free tag goes to the first waiter. */
    record Grant(int channel) implements IpcAction {}

    /** A thread takes back the outstanding call of another. */
    record Cancel(int thread, int peer) implements IpcAction {}

    /** The deadline of an outstanding call comes. */
    record TimeOut(int peer) implements IpcAction {}

    /** A server thread ends, and its server with it. */
    record Die(int thread, int channel) implements IpcAction {}

    /** One victim of a server's death is released. */
    record FailCall(int channel) implements IpcAction {}

    /** A channel gets its next incarnation. */
    record Restart(int thread, int channel) implements IpcAction {}

    /** The priority donated with an outstanding call changes. */
    record Donate(int peer, int priority) implements IpcAction {}

    /** A thread is back in user mode and has its result. */
    record Return(int thread) implements IpcAction {}
}
