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

    /** An action on an address space. */
    sealed interface SpaceStep extends KernelAction {}

    /** An action on threads, channels, cores or locks. */
    sealed interface OtherStep extends KernelAction {}

    // --- system calls ---------------------------------------------------------------------

    /** The core's thread calls a channel. */
    record Call(int core, int channel, long payload, boolean timed) implements OtherStep {}

    /** The core's thread receives from the channel that it serves. */
    record Receive(int core, int channel) implements OtherStep {}

    /** The core's thread answers the call that holds a tag. */
    record Reply(int core, int channel, int tag, long payload) implements OtherStep {}

    /** The core's thread takes back the call of another. */
    record Cancel(int core, int peer) implements OtherStep {}

    /** The core's thread gives a channel its next incarnation. */
    record Restart(int core, int channel) implements OtherStep {}

    /** The core's thread makes a slot a thread. */
    record Spawn(int core, int thread, int priority, int channel) implements OtherStep {}

    /** The core's thread ends without ending a server. */
    record Exit(int core) implements OtherStep {}

    /** The core's thread ends, and the server that it is part of. */
    record Die(int core, int channel) implements OtherStep {}

    /** The core's thread blocks until its deadline. */
    record Sleep(int core) implements OtherStep {}

    /** The core's thread goes behind its equals. */
    record Yield(int core) implements OtherStep {}

    /** The core's thread passed arguments that no state allows. */
    record Refuse(int core) implements OtherStep {}

    // --- address spaces: system calls -------------------------------------------------------

    /** The core's thread maps pages. */
    record Map(int core, int lo, int hi, int protection) implements SpaceStep {}

    /** The core's thread unmaps pages. */
    record Unmap(int core, int lo, int hi) implements SpaceStep {}

    /** The core's thread changes what may be done with pages. */
    record Protect(int core, int lo, int hi, int protection) implements SpaceStep {}

    /** The core's thread makes a copy of its space, with a first thread; NONE: there is no room. */
    record Fork(int core, int thread, int space) implements SpaceStep {}

    /** The core's thread, the last of its space, begins to take everything out of it. */
    record Leave(int core) implements SpaceStep {}

    /** The core's thread waits for the end of another's job in its space. */
    record WaitTurn(int core) implements SpaceStep {}

    // --- address spaces: page faults --------------------------------------------------------

    /** A page without a frame gets one. */
    record Fill(int core, int page, int frame) implements SpaceStep {}

    /** The table gives a page all that the process may do with it. */
    record Allow(int core, int page) implements SpaceStep {}

    /** A page whose frame is shared gets a copy of it. */
    record Copy(int core, int page, int frame) implements SpaceStep {}

    // --- address spaces: the job of the core's thread ---------------------------------------

    /** A page's frame is taken out of the table. */
    record Clear(int core, int page) implements SpaceStep {}

    /** A page's rights are taken out of the table. */
    record Tighten(int core, int page) implements SpaceStep {}

    /** A page's frame becomes the copy's too. */
    record Share(int core, int page) implements SpaceStep {}

    /** The pages are done; the others who have the tables loaded are asked to flush. */
    record Shoot(int core) implements SpaceStep {}

    /** A frame that is out of reach loses the reference. */
    record FreeFrame(int core, int frame) implements SpaceStep {}

    /** The job ends. */
    record Finish(int core) implements SpaceStep {}

    // --- address spaces: duties -------------------------------------------------------------

    /** The core, which was asked, flushes. */
    record Acknowledge(int core) implements SpaceStep {}

    /** All have flushed: the changer of a space goes on. */
    record Release(int core, int space) implements SpaceStep {}

    /** The first of those who wait for the end of a job in a space goes on. */
    record Admit(int core, int space) implements SpaceStep {}

    /** A copy of a space is whole: its first thread begins. */
    record Bear(int core, int space, int thread) implements SpaceStep {}

    /** A space in which nobody is left is free again. */
    record FreeSpace(int core, int space) implements SpaceStep {}

    /** The core, which runs nobody, changes over to other tables; NONE: the kernel's. */
    record Load(int core, int space) implements SpaceStep {}

    // --- interrupts and faults --------------------------------------------------------------

    /** The core's thread faults. */
    record Fault(int core) implements OtherStep {}

    /** Timer interrupt. */
    record Tick(int core) implements OtherStep {}

    /** The core takes its IPI word. */
    record Ipi(int core) implements OtherStep {}

    /** The deadline of a call comes. */
    record TimeOut(int core, int peer) implements OtherStep {}

    /** The deadline of a sleeper comes. */
    record Wake(int core, int thread) implements OtherStep {}

    // --- kernel duties ----------------------------------------------------------------------

    /** A free tag goes to the first waiter. */
    record Grant(int core, int channel) implements OtherStep {}

    /** One victim of a server's death is released. */
    record FailCall(int core, int channel) implements OtherStep {}

    /** A server thread's effective priority becomes its target. */
    record Inherit(int core, int channel, int thread) implements OtherStep {}

    /** The donation of a call follows its caller's effective priority. */
    record Donate(int core, int peer) implements OtherStep {}

    /** The core puts the first thread of its wake list on a queue. */
    record Enqueue(int core, int thread, int target) implements OtherStep {}

    /** The core sends another an IPI. */
    record Kick(int core, int target) implements OtherStep {}

    // --- leaving the kernel -----------------------------------------------------------------

    /** The core runs the first thread of its queue. */
    record Dispatch(int core, int thread) implements OtherStep {}

    /** The core runs the first thread of another's queue. */
    record Steal(int core, int victim, int thread) implements OtherStep {}

    /** The core goes on with its current thread. */
    record Resume(int core) implements OtherStep {}

    /** The core's current thread goes back to its queue. */
    record Preempt(int core) implements OtherStep {}

    /** The core halts. */
    record Idle(int core) implements OtherStep {}

    // --- locks ------------------------------------------------------------------------------

    /** The core draws a ticket of a lock. */
    record LockTake(int core, int lock) implements OtherStep {}

    /** The core enters a lock's critical section. */
    record LockEnter(int core, int lock) implements OtherStep {}

    /** The core leaves a lock's critical section. */
    record LockLeave(int core, int lock) implements OtherStep {}
}
