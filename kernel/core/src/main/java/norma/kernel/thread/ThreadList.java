// Contract: first-in first-out list of blocked threads, linked through Thread.next.
// Lock: that of the channel or address space it belongs to.
package norma.kernel.thread;

import norma.kernel.lang.Recorder;
import norma.quals.NoAlloc;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Threads that wait at a channel or for a space, oldest first. */
@NoAlloc
public final class ThreadList {
    private @Nullable Thread first;
    private @Nullable Thread last;
    private int count;

    /** Does nobody wait? */
    public boolean isEmpty() {
        return first == null;
    }

    /** How many wait. */
    public int count() {
        return count;
    }

    /** Who has waited longest, or null. */
    public @Nullable Thread first() {
        return first;
    }

    /** Lists the threads in a snapshot, oldest first. */
    public void list(Recorder recorder) {
        for (Thread thread = first; thread != null; thread = thread.next) {
            recorder.list(thread.index);
        }
    }

    /** A thread waits. */
    public void append(Thread thread) {
        Thread tail = last;
        thread.next = null;
        if (tail == null) {
            first = thread;
        } else {
            tail.next = thread;
        }
        last = thread;
        count++;
    }

    /** Takes out who has waited longest; the list is not empty. */
    public Thread removeFirst() {
        Thread thread = first;
        assert thread != null : "the list is not empty";
        remove(thread);
        return thread;
    }

    /** Takes out a thread that waits. */
    public void remove(Thread thread) {
        Thread before = null;
        Thread at = first;
        while (at != null && at != thread) {
            before = at;
            at = at.next;
        }
        assert at == thread : "the thread is in this list";
        if (before == null) {
            first = thread.next;
        } else {
            before.next = thread.next;
        }
        if (last == thread) {
            last = before;
        }
        thread.next = null;
        count--;
    }
}
