package norma.model.sched;

import norma.model.Action;

/** The actions of {@code Scheduler.tla}'s stand-alone machine, one record each. */
public sealed interface SchedAction extends Action {
    /** The core's thread enters the kernel and goes on. */
    record EnterKernel(int core) implements SchedAction {}

    /** The core's thread blocks. */
    record Block(int core) implements SchedAction {}

    /** The core's thread ends. */
    record EndThread(int core) implements SchedAction {}

    /** The core's thread faults. */
    record CrashThread(int core) implements SchedAction {}

    /** A faulted thread ends. */
    record Reap(int core) implements SchedAction {}

    /** Timer interrupt. */
    record Tick(int core) implements SchedAction {}

    /** The IPI word is taken. */
    record Ipi(int core) implements SchedAction {}

    /** The core's thread goes behind its equals. */
    record Yield(int core) implements SchedAction {}

    /** The core goes on with its current thread. */
    record Resume(int core) implements SchedAction {}

    /** The core's current thread goes back to its queue. */
    record Preempt(int core) implements SchedAction {}

    /** The core halts. */
    record Idle(int core) implements SchedAction {}

    /** The core's thread wakes a blocked one. */
    record Signal(int core, int thread) implements SchedAction {}

    /** A core in the kernel wakes a blocked thread. */
    record Deadline(int core, int thread) implements SchedAction {}

    /** The core runs the first thread of its queue. */
    record Dispatch(int core, int thread) implements SchedAction {}

    /** The core's thread makes a slot runnable. */
    record Create(int core, int thread, int priority) implements SchedAction {}

    /** The core sets a thread's effective priority. */
    record SetPriority(int core, int thread, int priority) implements SchedAction {}

    /** The core puts the first thread of its wake list on a queue. */
    record Enqueue(int core, int thread, int target) implements SchedAction {}

    /** The core runs the first thread of another's queue. */
    record Steal(int core, int victim, int thread) implements SchedAction {}

    /** The core sends another an IPI. */
    record Kick(int core, int target) implements SchedAction {}
}
