package norma.conformance.check;

import java.util.ArrayList;
import java.util.List;
import norma.abi.Limits;
import norma.model.ipc.IpcState;
import norma.model.kernel.KernelState;
import norma.model.sched.SchedState;

/** For people: who has not ended, and what for they wait. */
public final class Blocked {
    private Blocked() {}

    /** One line a thread that has not ended, in the model's state. */
    public static List<String> threads(KernelState state) {
        List<String> lines = new ArrayList<>();
        for (int t = 0; t < Limits.THREADS; t++) {
            if (state.sched().st(t) != SchedState.INACTIVE) {
                lines.add("thread " + t + ": " + describe(state, t));
            }
        }
        return lines;
    }

    private static String describe(KernelState state, int thread) {
        IpcState ipc = state.ipc();
        int channel = ipc.chan(thread);
        String serves = ipc.srv(thread) < 0 ? "" : ", serves channel " + ipc.srv(thread);
        String what =
                switch (ipc.ipc(thread)) {
                    case IpcState.TAG_WAIT -> "waits for a tag of channel " + channel;
                    case IpcState.QUEUED -> "queued at channel " + channel;
                    case IpcState.SERVED -> "its call of channel " + channel + " is received";
                    case IpcState.RECEIVING -> "receives from channel " + channel;
                    default -> other(state, thread);
                };
        return what + serves;
    }

    private static String other(KernelState state, int thread) {
        if (state.spaces().queued(thread)) {
            return "waits for the end of a job in its address space";
        }
        if (state.spaces().working(thread)) {
            return state.spaces().awaits(thread)
                    ? "waits until cores have flushed"
                    : "has a job in its address space, state " + state.sched().st(thread);
        }
        return state.asleep(thread) ? "asleep" : "state " + state.sched().st(thread);
    }
}
