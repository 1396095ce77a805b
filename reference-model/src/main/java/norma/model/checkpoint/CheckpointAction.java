package norma.model.checkpoint;

import norma.model.Action;

/** The actions of {@code Checkpoint.tla}, one record each. */
public sealed interface CheckpointAction extends Action {
    /** A core enters the kernel and no longer waits. */
    record KernelEntry(int core) implements CheckpointAction {}

    /** A core that has entered looks at the request and at the epoch. */
    record Arm(int core) implements CheckpointAction {}

    /** A core moves to the present epoch. */
    record Mark(int core) implements CheckpointAction {}

    /** A core returns to user mode or waits for an interrupt. */
    record KernelExit(int core, int how) implements CheckpointAction {}

    /** A core asks for recording. */
    record RequestRecording(int core) implements CheckpointAction {}

    /** A core finds another one, or itself, armed or waiting. */
    record ConfirmArmed(int core, int other) implements CheckpointAction {}

    /** A core begins the next epoch. */
    record BeginCheckpoint(int core) implements CheckpointAction {}

    /** An event of a core on one object ({@code a == b}) or two. */
    record Act(int core, int a, int b) implements CheckpointAction {}

    /** A core snapshots an object that nobody has touched in this epoch. */
    record Sweep(int core, int object) implements CheckpointAction {}
}
