package norma.conformance.check;

import norma.abi.Limits;
import norma.abi.Record;
import norma.abi.Rights;
import norma.abi.Shared;
import norma.abi.SystemCall;

/** When may the kernel refuse a request? Written from the ABI, not from the kernel. */
final class Refusals {
    private Refusals() {}

    /**
     * May the kernel refuse it?
     *
     * @param entry the request as the thread's log has it: number and four arguments
     * @param thread who asks
     * @param serves channel that it serves; negative: none
     * @param pages pages that its calls can name; 0: it lives in no address space
     */
    static boolean justified(long[] entry, int thread, int serves, int pages) {
        long a = entry[1];
        return switch ((int) Math.max(0, Math.min(entry[0], SystemCall.LIMIT))) {
            case SystemCall.CALL -> !channel(a) || a == serves || entry[3] < 0;
            case SystemCall.RECEIVE -> !channel(a) || a != serves;
            case SystemCall.REPLY ->
                    !channel(a) || a != serves || entry[2] < 0 || entry[2] >= Limits.TAGS;
            case SystemCall.CANCEL -> !slot(a) || a == thread;
            case SystemCall.RESTART -> !channel(a);
            case SystemCall.SPAWN ->
                    !slot(a)
                            || a == thread
                            || entry[2] < 0
                            || entry[2] >= Shared.PROGRAMS
                            || entry[3] < 0
                            || entry[3] >= Limits.PRIORITIES
                            || !(channel(entry[4]) || entry[4] == Record.NONE);
            case SystemCall.MAP, SystemCall.PROTECT ->
                    !span(a, entry[2], pages) || !protection(entry[3]);
            case SystemCall.UNMAP -> !span(a, entry[2], pages);
            case SystemCall.FORK ->
                    pages == 0
                            || !slot(a)
                            || a == thread
                            || entry[2] < 0
                            || entry[2] >= Shared.PROGRAMS;
            case SystemCall.SLEEP -> a < 0;
            case SystemCall.EXIT, SystemCall.YIELD -> false;
            default -> true;
        };
    }

    private static boolean channel(long h) {
        return h >= 0 && h < Limits.CHANNELS;
    }

    private static boolean span(long first, long last, int pages) {
        return first >= 0 && first <= last && last < pages;
    }

    private static boolean protection(long asked) {
        return asked >= Rights.READ && asked < Rights.LIMIT;
    }

    private static boolean slot(long t) {
        return t >= 0 && t < Limits.THREADS;
    }
}
