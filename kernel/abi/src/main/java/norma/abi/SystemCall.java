// Contract: system call numbers and their arguments. Owner: kernel/abi.
package norma.abi;

import norma.quals.AsmLayout;

/**
 * System call numbers. Arguments are four 64-bit words; the result is a packed word (see {@link
 * #result}) and a message word.
 */
@AsmLayout("SYSTEM_CALL")
public final class SystemCall {
    private SystemCall() {}

    /** (channel, payload, time-out in ns or 0). */
    public static final int CALL = 1;

    /** (channel). */
    public static final int RECEIVE = 2;

    /** (channel, tag, payload). */
    public static final int REPLY = 3;

    /** (thread). */
    public static final int CANCEL = 4;

    /** (channel). */
    public static final int RESTART = 5;

    /** (slot, program, priority, channel served or {@link Record#NONE}). */
    public static final int SPAWN = 6;

    /** (). Never returns. Ends the server, if the thread is part of a living one. */
    public static final int EXIT = 7;

    /** (nanoseconds). */
    public static final int SLEEP = 8;

    /** (). */
    public static final int YIELD = 9;

    /** (). The flight recorder, off so far, is switched on; refused if it records already. */
    public static final int RECORD = 10;

    /** (first page, last page, protection: {@link Rights}). Pages without an area get one. */
    public static final int MAP = 11;

    /** (first page, last page). Nobody can reach them any more when this returns. */
    public static final int UNMAP = 12;

    /** (first page, last page, protection). Nobody can do more with them when this returns. */
    public static final int PROTECT = 13;

    /**
     * (slot, program). A copy of the caller's address space becomes that of {@code slot}, a thread
     * that begins with {@code program} when the copy is whole; then this returns.
     */
    public static final int FORK = 14;

    /** One more than the largest number. */
    public static final int LIMIT = 15;

    /** Packs a result: code in bits 0..7, tag in bits 16..31, caller in bits 32..47. */
    public static long result(int code, int tag, int caller) {
        return code | ((long) (tag & 0xffff) << 16) | ((long) (caller & 0xffff) << 32);
    }

    /** The code of a packed result. */
    public static int code(long result) {
        return (int) (result & 0xff);
    }

    /** The tag of a packed result. */
    public static int tag(long result) {
        return (int) (result >>> 16) & 0xffff;
    }

    /** The caller of a packed result. */
    public static int caller(long result) {
        return (int) (result >>> 32) & 0xffff;
    }
}
