package norma.model.kernel;

import norma.model.Action;

/**
 * The actions of {@code Kernel.tla}, one record each; {@code core} acts.
 *
 * <p>{@code peer} and {@code thread} are thread slots, {@code target} and {@code victim} other
 * cores; a channel of {@code Spawn} may be {@link norma.model.State#NONE}.
 */
public sealed interface KernelAction extends Action {
    /** The core that acts. */
    int core();

    // --- system calls ---------------------------------------------------------------------

    /** The core's thread calls a channel. */
    record Call(int core, int channel, long payload, boolean timed) implements KernelAction {}

    /** The core's thread receives from the channel that it serves. */
    record Receive(int core, int channel) implements KernelAction {}

    /** The core's thread answers the call that holds a tag. */
    record Reply(int core, int channel, int tag, long payload) implements KernelAction {}

    /** The core's thread takes back the call of another. */
    record Cancel(int core, int peer) implements KernelAction {}

    /** The core's thread gives a channel its next incarnation. */
    record Restart(int core, int channel) implements KernelAction {}

    /** The core's thread makes a slot a thread. */
    record Spawn(int core, int thread, int priority, int channel) implements KernelAction {}

    /** The core's thread ends without ending a server. */
    record Exit(int core) implements KernelAction {}

    /** The core's thread ends, and the server that it is part of. */
    record Die(int core, int channel) implements KernelAction {}

    /** The core's thread blocks until its deadline. */
    record Sleep(int core) implements KernelAction {}

    /** The core's thread goes behind its equals. */
    record Yield(int core) implements KernelAction {}

    /** The core's thread passed arguments that no state allows. */
    record Refuse(int core) implements KernelAction {}

    // --- interrupts and faults --------------------------------------------------------------

    /** The core's thread faults. */
    record Fault(int core) implements KernelAction {}

    /** Timer interrupt. */
    record Tick(int core) implements KernelAction {}

    /** The core takes its IPI word. */
    record Ipi(int core) implements KernelAction {}

    /** The deadline of a call comes. */
    record TimeOut(int core, int peer) implements KernelAction {}

    /** The deadline of a sleeper comes. */
    record Wake(int core, int thread) implements KernelAction {}

    // --- kernel duties ----------------------------------------------------------------------

    /** A free tag goes to the first waiter. */
    record Grant(int core, int channel) implements KernelAction {}

    /** One victim of a server's death is released. */
    record FailCall(int core, int channel) implements KernelAction {}

    /** A server thread's effective priority becomes its target. */
    record Inherit(int core, int channel, int thread) implements KernelAction {}

    /** The donation of a call follows its caller's effective priority. */
    record Donate(int core, int peer) implements KernelAction {}

    /** The core puts the first thread of its wake list on a queue. */
    record Enqueue(int core, int thread, int target) implements KernelAction {}

    /** The core sends another an IPI. */
    record Kick(int core, int target) implements KernelAction {}

    // --- leaving the kernel -----------------------------------------------------------------

    /** The core runs the first thread of its queue. */
    record Dispatch(int core, int thread) implements KernelAction {}

    /** The core runs the first thread of another's queue. */
    record Steal(int core, int victim, int thread) implements KernelAction {}

    /** The core goes on with its current thread. */
    record Resume(int core) implements KernelAction {}

    /** The core's current thread goes back to its queue. */
    record Preempt(int core) implements KernelAction {}

    /** The core halts. */
    record Idle(int core) implements KernelAction {}

    // --- locks ------------------------------------------------------------------------------

    /** The core draws a ticket of a lock. */
    record LockTake(int core, int lock) implements KernelAction {}

    /** The core enters a lock's critical section. */
    record LockEnter(int core, int lock) implements KernelAction {}

    /** The core leaves a lock's critical section. */
    record LockLeave(int core, int lock) implements KernelAction {}
}
