// Contract: one core's ready threads, by falling effective priority, oldest first among equals.
// Spec: Scheduler.tla rq, Insert, Remove. Lock: the core's lock guards everything here.
package norma.kernel.thread;

import norma.abi.Limits;
import norma.kernel.lang.Recorder;
import norma.quals.Holding;
import norma.quals.Inline;
import norma.quals.NoAlloc;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.checkerframework.common.value.qual.ArrayLen;

/** A run queue: one list per priority and a bitmap of the non-empty ones. */
@NoAlloc
public final class RunQueue {
    // The checkers do not see the value of a constant of the ABI.
    @SuppressWarnings({"index", "value"})
    private final @Nullable Thread @ArrayLen(Limits.PRIORITIES) [] first =
            new @Nullable Thread[Limits.PRIORITIES];

    // The checkers do not see the value of a constant of the ABI.
    @SuppressWarnings({"index", "value"})
    private final @Nullable Thread @ArrayLen(Limits.PRIORITIES) [] last =
            new @Nullable Thread[Limits.PRIORITIES];

    private int occupied;

    /** Highest bit of {@code occupied}, or -1. */
    private int urgent = -1;

    private int count;

    /** For a snapshot: the occupied priorities, a bit each, and in bits 32.. the most urgent. */
    long levels() {
        return occupied | (long) urgent << 32;
    }

    /** Number of ready threads. */
    public int count() {
        return count;
    }

    /** Priority of the most urgent ready thread, or -1. */
    public int urgent() {
        return urgent;
    }

    /** Lists the threads in a snapshot, most urgent first, oldest first among equals. */
    @Holding("Core.lock")
    void list(Recorder recorder) {
        for (int level = first.length - 1; level >= 0; level--) {
            for (Thread thread = first[level]; thread != null; thread = thread.next) {
                recorder.list(thread.index);
            }
        }
    }

    /** The most urgent thread, oldest first, or null. */
    @SuppressWarnings("index") // Only bits of priorities are set in occupied.
    public @Nullable Thread head() {
        int level = urgent();
        return level < 0 ? null : first[level];
    }

    /** Puts {@code thread} behind all of at least its priority. */
    @Inline
    @Holding({"Core.lock", "Thread.lock"})
    public void insert(Thread thread) {
        assert thread.state == Thread.READY : "only ready threads queue";
        int level = thread.effective();
        Thread tail = last[level];
        thread.previous = tail;
        thread.next = null;
        if (tail == null) {
            first[level] = thread;
        } else {
            tail.next = thread;
        }
        last[level] = thread;
        occupied |= 1 << level;
        if (level > urgent) {
            urgent = level;
        }
        count++;
    }

    /** Takes {@code thread} out; its effective priority must be the one it was inserted with. */
    @Inline
    @Holding({"Core.lock", "Thread.lock"})
    public void remove(Thread thread) {
        assert thread.state == Thread.READY : "only ready threads are queued";
        int level = thread.effective();
        Thread before = thread.previous;
        Thread after = thread.next;
        if (before == null) {
            assert first[level] == thread : "in this queue";
            first[level] = after;
        } else {
            before.next = after;
        }
        if (after == null) {
            last[level] = before;
        } else {
            after.previous = before;
        }
        if (first[level] == null) {
            occupied &= ~(1 << level);
            if (level == urgent) {
                urgent = occupied == 0 ? -1 : 31 - Integer.numberOfLeadingZeros(occupied);
            }
        }
        thread.next = null;
        thread.previous = null;
        count--;
    }
}
