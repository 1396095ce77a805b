// Contract: result codes of system calls, and of events. One stable numbering for both.
// Owner: kernel/abi.
package norma.abi;

import norma.quals.AsmLayout;

/**
 * Result codes. Those below {@link #FIRST_INTERNAL} are returned to user mode; the rest appear only
 * in trace records and say how a thread waits.
 */
@AsmLayout("CODE")
public final class Code {
    private Code() {}

    /** Done; a call's word is the reply's payload. */
    public static final int OK = 0;

    /** The server died, or the thread belongs to an earlier incarnation. */
    public static final int DEAD = 1;

    /** No received call holds that tag. */
    public static final int BADTAG = 2;

    /** The reply freed the tag of a caller that had been cancelled or had timed out. */
    public static final int ORPHANED = 3;

    /** Another thread took the call back. */
    public static final int CANCELLED = 4;

    /** The call's deadline passed. */
    public static final int TIMEOUT = 5;

    /** The thread named has no outstanding call. */
    public static final int NOCALL = 6;

    /** The slot is in use, or the channel lives or is still being drained. */
    public static final int BUSY = 7;

    /** Arguments that no state of the kernel allows. */
    public static final int INVALID = 8;

    /** A message was received: tag, caller and word follow. */
    public static final int MSG = 9;

    /** First code that never reaches user mode. */
    public static final int FIRST_INTERNAL = 16;

    /** The caller waits for a tag. */
    public static final int TAGWAIT = 16;

    /** The call is queued. */
    public static final int QUEUED = 17;

    /** The call has been delivered to a server thread. */
    public static final int SERVED = 18;

    /** The server thread waits for a call. */
    public static final int BLOCKED = 19;

    /** A job has begun in an address space: the call is answered when it ends. */
    public static final int WORKING = 20;
}
