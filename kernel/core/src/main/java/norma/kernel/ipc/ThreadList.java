// Contract: first-in first-out list of blocked threads, linked through Thread.next.
// Lock: that of the channel it belongs to.
package norma.kernel.ipc;

import norma.kernel.lang.Recorder;
import norma.kernel.thread.Thread;
import norma.quals.NoAlloc;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Threads that wait at a channel, oldest first. */
@NoAlloc
final class ThreadList {
    private @Nullable Thread first;
    private @Nullable Thread last;
    private int count;

    boolean isEmpty() {
        return first == null;
    }

    int count() {
        return count;
    }

    @Nullable Thread first() {
        return first;
    }

    /** Lists the threads in a snapshot, oldest first. */
    void list(Recorder recorder) {
        for (Thread thread = first; thread != null; thread = thread.next) {
            recorder.list(thread.index);
        }
    }

    void append(Thread thread) {
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

    Thread removeFirst() {
        Thread thread = first;
        assert thread != null : "the list is not empty";
        remove(thread);
        return thread;
    }

    void remove(Thread thread) {
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
