package norma.conformance.check;

import java.util.Arrays;
import norma.abi.Forbidden;
import norma.abi.Limits;
import norma.abi.Rights;
import norma.abi.SystemCall;
import norma.conformance.trace.WitnessSource;
import norma.model.ipc.IpcState;
import norma.model.ipc.ResultCode;
import norma.model.kernel.KernelState;
import org.jspecify.annotations.Nullable;

/**
 * The second witness: the n-th system call that the kernel records of a thread slot must be the
 * n-th request in that slot's own log, and the answer logged must be the one the model gave.
 *
 * <p>Requests are compared when the kernel's event is taken (user mode publishes them before it
 * enters the kernel); answers when they appear. The first contradiction is kept in {@link
 * #failure}.
 */
final class WitnessCheck {
    /** Number in the log of an attempt at what is forbidden (the script runner's). */
    static final int FORBIDDEN = 0x100;

    /** Likewise of an attempt at a page; its arguments are the page and the access. */
    static final int ATTEMPT = 0x101;

    /** What {@link #faulted} answers then. */
    static final long PAGE = ATTEMPT;

    /** Serves no channel. */
    private static final int NOBODY = -2;

    private static final int FIRST_ANSWERS = 64;
    private static final int RELEASE_EVERY = 64;

    private final WitnessSource source;

    /** Are there logs to compare with? */
    private final boolean on;

    private final long[] entry = new long[WitnessSource.WORDS];
    private final long[] requests = new long[Limits.THREADS];
    private final long[] released = new long[Limits.THREADS];
    private final boolean[] open = new boolean[Limits.THREADS];

    /** Per slot: answers due, as triples of entry number, packed result and word. */
    private final long[][] due = new long[Limits.THREADS][3 * FIRST_ANSWERS];

    private final int[] dueFirst = new int[Limits.THREADS];
    private final int[] dueCount = new int[Limits.THREADS];
    private long answers;
    private @Nullable String failure;

    WitnessCheck(WitnessSource source, boolean on) {
        this.source = source;
        this.on = on;
    }

    /**
     * The beginning is missing: so many requests of each slot came before it, and whoever is in the
     * middle of one has an answer due. What the logs no longer hold is not compared.
     */
    void resume(long[] before, KernelState state) {
        for (int thread = 0; thread < Limits.THREADS; thread++) {
            if (before[thread] < 0) {
                fail(
                        thread,
                        "logged " + -before[thread] + " requests less than the kernel recorded");
                return;
            }
            requests[thread] = before[thread];
            released[thread] = before[thread];
            boolean busy =
                    state.asleep(thread)
                            || state.ipc().ipc(thread) != IpcState.IDLE
                            || answered(thread, state);
            open[thread] = busy && before[thread] > 0;
        }
    }

    /** Is a thread's job that of a call, and not of a fault, or before its end? */
    private static boolean answered(int thread, KernelState state) {
        return state.spaces().working(thread)
                && !state.spaces().endsUnanswered(state.spaces().space(thread));
    }

    /** Requests of a slot that the kernel has recorded, those before a suffix included. */
    long requests(int thread) {
        return requests[thread];
    }

    /** The first contradiction, or null. */
    @Nullable String failure() {
        return failure;
    }

    /** Answers compared so far. */
    long answers() {
        return answers;
    }

    void called(int thread, int number, long a, long b, long c, long d) {
        compare(thread, number, a, b, c, d);
        if (number != SystemCall.RECEIVE && number != SystemCall.REPLY) {
            // Those two the model refuses itself: the channel must be the thread's own.
            mustBeAllowed(thread, 0);
        }
    }

    /** As {@link #called}, of a call about {@code pages} pages of the thread's address space. */
    void calledSpace(int thread, int number, long first, long last, long protection, int pages) {
        compare(thread, number, first, last, protection, 0);
        mustBeAllowed(thread, pages);
    }

    private void compare(int thread, int number, long a, long b, long c, long d) {
        if (request(thread)
                && (entry[0] != number
                        || entry[1] != a
                        || entry[2] != b
                        || entry[3] != c
                        || entry[4] != d)) {
            fail(thread, "asked " + request() + ", the kernel recorded call " + number);
        }
    }

    /** As {@link #called}, of a request that user mode never gets an answer to. */
    void calledForever(int thread, int number) {
        called(thread, number, 0, 0, 0, 0);
        if (failure == null && (entry[5] != -1 || entry[6] != 0)) {
            fail(thread, "logged an answer to call " + number + ", which never returns");
        }
    }

    /**
     * A fault: what the thread attempted ({@link Forbidden}); {@link #PAGE}: a page, see {@link
     * #page} and {@link #access}; -1 if its log does not say so.
     */
    long faulted(int thread) {
        if (!request(thread)) {
            return -1;
        }
        boolean page = entry[0] == ATTEMPT;
        boolean sound =
                page
                        ? entry[1] >= 0 && entry[2] >= Rights.READ && entry[2] < Rights.LIMIT
                        : entry[0] == FORBIDDEN
                                && entry[1] >= 0
                                && entry[1] < Forbidden.LIMIT
                                && entry[2] == 0;
        if (!sound || entry[3] != 0 || entry[4] != 0) {
            fail(thread, "asked " + request() + ", the kernel recorded a fault");
        } else if (entry[5] != -1 || entry[6] != 0) {
            fail(thread, "logged an answer to what it may not do");
        }
        return page ? PAGE : entry[1];
    }

    /**
     * The thread, the last of its address space, begins to leave it: it is about to end. {@link
     * #PAGE}: by an attempt at a page; its log keeps the request for the end itself.
     */
    long leaves(int thread) {
        if (failure != null) {
            return -1;
        }
        boolean before = open[thread];
        boolean known = request(thread);
        requests[thread]--;
        open[thread] = before;
        if (known && entry[0] != SystemCall.EXIT && entry[0] != ATTEMPT && entry[0] != FORBIDDEN) {
            fail(thread, "asked " + request() + ", the kernel recorded that it leaves its space");
        }
        return known && entry[0] == ATTEMPT ? PAGE : -1;
    }

    /** Page of the attempt just read. */
    long page() {
        return entry[1];
    }

    /** Access of the attempt just read ({@link Rights}). */
    int access() {
        return (int) entry[2];
    }

    void calledChannel(int thread, int channel, long payload, boolean timed) {
        if (request(thread)
                && (entry[0] != SystemCall.CALL
                        || entry[1] != channel
                        || entry[2] != payload
                        || (entry[3] != 0) != timed
                        || entry[4] != 0)) {
            fail(thread, "asked " + request() + ", the kernel recorded a call of " + channel);
        } else {
            mustBeAllowed(thread, 0);
        }
    }

    /** The kernel carried out the request just read: it must not have been one to refuse. */
    private void mustBeAllowed(int thread, int pages) {
        boolean real = entry[0] > 0 && entry[0] < SystemCall.LIMIT;
        if (failure == null && real && Refusals.justified(entry, thread, NOBODY, pages)) {
            fail(thread, "asked " + request() + ", which the kernel should have refused");
        }
    }

    /** The kernel refused a call: its arguments must be such that no state allows it. */
    void refused(int thread, int number, int serves, int pages) {
        if (request(thread)
                && ((entry[0] & 0xffff) != number
                        || !Refusals.justified(entry, thread, serves, pages))) {
            fail(thread, "asked " + request() + ", which the kernel refused");
        }
    }

    /** The thread ended by its own call, or after a fault that is already logged. */
    void ended(int thread, boolean faulted) {
        if (!faulted) {
            calledForever(thread, SystemCall.EXIT);
        }
        open[thread] = false;
    }

    /** The thread goes back to user mode: its result, if it has one, is now due in its log. */
    void returns(int thread, IpcState ipc) {
        ResultCode code = ipc.resultCode(thread);
        if (code == ResultCode.NONE || !open[thread]) {
            return;
        }
        open[thread] = false;
        boolean message = code == ResultCode.MESSAGE;
        long packed =
                SystemCall.result(
                        Codes.of(code),
                        message ? ipc.resultTag(thread) : 0,
                        message ? ipc.resultCaller(thread) : 0);
        long word = message || code == ResultCode.ANSWER ? ipc.resultWord(thread) : 0;
        int count = dueCount[thread];
        int capacity = due[thread].length / 3;
        if (dueFirst[thread] + count == capacity) {
            makeRoom(thread);
        }
        int at = 3 * (dueFirst[thread] + count);
        due[thread][at] = requests[thread] - 1;
        due[thread][at + 1] = packed;
        due[thread][at + 2] = word;
        dueCount[thread]++;
    }

    private void makeRoom(int thread) {
        int first = 3 * dueFirst[thread];
        int used = 3 * dueCount[thread];
        long[] from = due[thread];
        long[] to = used > from.length / 2 ? new long[from.length * 2] : from;
        System.arraycopy(from, first, to, 0, used);
        due[thread] = to;
        dueFirst[thread] = 0;
    }

    /**
     * Time that the thread's open request gave itself, in ns: a call's time-out (0: none) or a
     * sleep's length; -1 if no log says so.
     */
    long allowed(int thread) {
        long number = requests[thread] - 1;
        if (!on || !open[thread] || number < source.first(thread)) {
            return -1;
        }
        long[] asked = new long[WitnessSource.WORDS];
        source.entry(thread, number, asked);
        return asked[0] == SystemCall.SLEEP ? asked[1] : asked[3];
    }

    private boolean request(int thread) {
        if (failure != null) {
            return false;
        }
        long number = requests[thread]++;
        open[thread] = on;
        if (!on || number < source.first(thread)) {
            unknown();
            return false;
        }
        if (source.halves(thread) < 2 * number + 1) {
            fail(thread, "logged nothing, the kernel recorded its request " + number);
            return false;
        }
        source.entry(thread, number, entry);
        if (entry[7] != number) {
            fail(thread, "entry " + number + " is numbered " + entry[7]);
            return false;
        }
        if (number - released[thread] >= RELEASE_EVERY) {
            poll(thread);
        }
        return true;
    }

    /** There is no entry of the log: nothing in it contradicts anything. */
    private void unknown() {
        Arrays.fill(entry, 0);
        entry[5] = -1;
    }

    /** Compares the answers that have appeared. */
    void poll() {
        for (int thread = 0; thread < Limits.THREADS; thread++) {
            poll(thread);
        }
    }

    private void poll(int thread) {
        long halves = dueCount[thread] == 0 ? 0 : source.halves(thread);
        while (dueCount[thread] > 0 && failure == null) {
            int at = 3 * dueFirst[thread];
            long number = due[thread][at];
            if (halves < 2 * number + 2) {
                break;
            }
            long[] answer = new long[WitnessSource.WORDS];
            source.entry(thread, number, answer);
            boolean lost = number < source.first(thread);
            if (lost) {
                answers--;
            } else if (answer[5] != due[thread][at + 1] || answer[6] != due[thread][at + 2]) {
                fail(
                        thread,
                        "was answered "
                                + Long.toHexString(answer[5])
                                + " word "
                                + answer[6]
                                + " to its request "
                                + number
                                + ", the model says "
                                + Long.toHexString(due[thread][at + 1])
                                + " word "
                                + due[thread][at + 2]);
            }
            answers++;
            dueFirst[thread]++;
            dueCount[thread]--;
        }
        long unanswered = open[thread] ? requests[thread] - 1 : requests[thread];
        long free = dueCount[thread] == 0 ? unanswered : due[thread][3 * dueFirst[thread]];
        if (free > released[thread]) {
            released[thread] = free;
            source.release(thread, free);
        }
    }

    /** At the end: every request has a kernel event and every answer due has come. */
    void finish() {
        if (!on) {
            return;
        }
        poll();
        for (int thread = 0; thread < Limits.THREADS && failure == null; thread++) {
            long logged = (source.halves(thread) + 1) / 2;
            if (logged != requests[thread]) {
                fail(
                        thread,
                        "logged " + logged + " requests, the kernel recorded " + requests[thread]);
            } else if (dueCount[thread] > 0) {
                fail(thread, "never logged the answer to request " + due[thread][0]);
            }
        }
    }

    private String request() {
        return "call " + entry[0] + Arrays.toString(Arrays.copyOfRange(entry, 1, 5));
    }

    private void fail(int thread, String what) {
        if (failure == null) {
            failure = "thread " + thread + " " + what;
        }
    }
}
