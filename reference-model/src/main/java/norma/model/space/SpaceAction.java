package norma.model.space;

import norma.model.Action;

/** The actions of {@code AddressSpace.tla}, one record each. */
public sealed interface SpaceAction extends Action {
    /** A thread begins to live in a space. */
    record Join(int thread, int space) implements SpaceAction {}

    /** A thread leaves its space. */
    record Quit(int thread) implements SpaceAction {}

    /** A core loads the tables of a space, or the kernel's. */
    record Load(int core, int space) implements SpaceAction {}

    /** A copy is whole: its first thread begins. */
    record Bear(int space) implements SpaceAction {}

    /** A space in which nobody and nothing is left is free again. */
    record FreeSpace(int space) implements SpaceAction {}

    /** All processes have ended: nothing happens any more. */
    record Ended() implements SpaceAction {}

    /** Pages without a use get one. */
    record Map(int core, int thread, int lo, int hi, int protection) implements SpaceAction {}

    /** Pages lose their use; a job clears those that have frames. */
    record Unmap(int core, int thread, int lo, int hi) implements SpaceAction {}

    /** Pages get another use; a job takes the rights that are too many. */
    record Protect(int core, int thread, int lo, int hi, int protection) implements SpaceAction {}

    /** A copy of the space is begun, with its first thread: its areas; a job shares its frames. */
    record Fork(int core, int thread, int first, int into) implements SpaceAction {}

    /** The last thread of a space begins to take everything out of it. */
    record Leave(int core, int thread) implements SpaceAction {}

    /** A page without a frame gets one. */
    record Fill(int core, int thread, int page, int frame) implements SpaceAction {}

    /** The table gives a page all that the process may do with it. */
    record Allow(int core, int thread, int page) implements SpaceAction {}

    /** A page whose frame is shared gets a copy of it. */
    record Copy(int core, int thread, int page, int frame) implements SpaceAction {}

    /** Job: a page's frame is taken out of the table. */
    record Clear(int core, int thread, int page) implements SpaceAction {}

    /** Job: a page's rights are taken out of the table. */
    record Tighten(int core, int thread, int page) implements SpaceAction {}

    /** Job: a page's frame becomes the child's too. */
    record Share(int core, int thread, int page) implements SpaceAction {}

    /** Job: the pages are done, the others who have the tables loaded are asked to flush. */
    record Shoot(int core, int thread) implements SpaceAction {}

    /** A core that was asked flushes. */
    record Acknowledge(int core) implements SpaceAction {}

    /** All have flushed: the changer goes on. */
    record Release(int core, int space) implements SpaceAction {}

    /** Job: a frame that is out of reach loses the reference. */
    record FreeFrame(int core, int thread, int frame) implements SpaceAction {}

    /** Job: it ends. */
    record Finish(int core, int thread) implements SpaceAction {}

    /** A thread that would change the space waits until nobody else does. */
    record WaitTurn(int core, int thread) implements SpaceAction {}

    /** The first of those who wait goes on. */
    record Admit(int core, int space) implements SpaceAction {}
}
