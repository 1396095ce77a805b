package norma.model.cap;

import norma.model.Action;

/**
 * The actions of {@code Capability.tla}, one record each.
 *
 * <p>A handle is named by its slot and the slot's generation in the table of the thread's process;
 * {@code into} is the slot that a new handle gets. A process and a slot of it are written {@code
 * process} or {@code receiver}, and {@code place}, where the handle is in any table.
 */
public sealed interface CapAction extends Action {
    /** A thread is the first of a new process. */
    record StartProcess(int thread, int process) implements CapAction {}

    /** A thread becomes one more of a process. */
    record JoinProcess(int thread, int process) implements CapAction {}

    /** A thread leaves its process to the others. */
    record LeaveProcess(int thread) implements CapAction {}

    /** The last thread of a process ends it. */
    record EndProcess(int thread) implements CapAction {}

    /** A process that ends has no handles left: it is free again. */
    record FreeProcess(int thread) implements CapAction {}

    /** An object is made, and its first handle. */
    record NewObject(int thread, int object, int into) implements CapAction {}

    /** A handle is made from one of the same table, with some of its rights, and a badge. */
    record Derive(int thread, int slot, int serial, int rights, int badge, int into)
            implements CapAction {}

    /** A handle is made from one, in another process's table. */
    record GrantHandle(int thread, int slot, int serial, int receiver, int into)
            implements CapAction {}

    /** A handle is given up; its children stay, and get another parent. */
    record Close(int thread, int slot, int serial) implements CapAction {}

    /** A handle of a process that ends is closed. */
    record Drain(int thread, int slot) implements CapAction {}

    /** A handle, and all below it, can be used no more. */
    record Revoke(int thread, int slot, int serial) implements CapAction {}

    /** A child of a closed handle gets another parent. */
    record Adopt(int thread, int process, int place) implements CapAction {}

    /** A handle below a revoked one is taken out of its table. */
    record Reclaim(int thread, int process, int place) implements CapAction {}

    /** The closed or revoked handle itself is taken out of its table. */
    record Bury(int thread) implements CapAction {}

    /** A thread begins a use that takes longer than one critical section. */
    record Lookup(int thread, int slot, int serial, int right) implements CapAction {}

    /** One critical section of a use. */
    record Use(int thread) implements CapAction {}

    /** A use is over. */
    record EndUse(int thread) implements CapAction {}
}
