// Contract: what the kernel does to page tables, as one word. Owner: kernel/sim.
package norma.kernel.sim.explore;

import norma.abi.Gate;
import norma.kernel.hal.Tables;
import norma.kernel.sim.Translations;

/**
 * An operation on page tables as a word: what, in bits 0 to 3, and its operands above: core or
 * space, page or the frame to copy, rights, address.
 *
 * <p>A word because places of the kernel's code are told apart by the words that they set.
 */
final class TableOperation {
    private static final int LOAD = 1;
    private static final int FLUSH = 2;
    private static final int ENTER = 3;
    private static final int CLEAR = 4;
    private static final int COPY = 5;

    private static final int CORE_SHIFT = 4;
    private static final int PAGE_SHIFT = 8;
    private static final int RIGHTS_SHIFT = 20;
    private static final int ADDRESS_SHIFT = 22;
    private static final int WHAT_MASK = 15;
    private static final int CORE_MASK = 15;
    private static final int PAGE_MASK = (1 << RIGHTS_SHIFT - PAGE_SHIFT) - 1;
    private static final int RIGHTS_MASK = 3;

    private TableOperation() {}

    /** The core loads the tables of a space, or -1. */
    static long load(int core, int space) {
        return LOAD | core << CORE_SHIFT | (long) (space + 1) << PAGE_SHIFT;
    }

    /** The core flushes. */
    static long flush(int core) {
        return FLUSH | core << CORE_SHIFT;
    }

    /** A page of a space has that frame, with those rights. */
    static long enter(int space, int page, long frame, int rights) {
        return ENTER
                | space << CORE_SHIFT
                | page << PAGE_SHIFT
                | rights << RIGHTS_SHIFT
                | frame << ADDRESS_SHIFT;
    }

    /** A frame is all zeros. */
    static long clear(long frame) {
        return CLEAR | frame << ADDRESS_SHIFT;
    }

    /** A frame has the contents of another. */
    static long copy(long from, long to) {
        return COPY | from / Tables.FRAME << PAGE_SHIFT | to << ADDRESS_SHIFT;
    }

    /** Where a machine with gates waits for its turn to do it. */
    static int place(long operation) {
        return switch ((int) operation & WHAT_MASK) {
            case LOAD -> Gate.LOAD;
            case FLUSH -> Gate.FLUSH;
            case ENTER -> Gate.ENTER;
            case CLEAR -> Gate.CLEAR;
            case COPY -> Gate.COPY;
            default -> throw new Inconsistent("no operation on page tables");
        };
    }

    /** For people: what it is. */
    static String text(long operation) {
        return switch (place(operation)) {
            case Gate.LOAD -> "a load of page tables";
            case Gate.FLUSH -> "a flush of translations";
            case Gate.ENTER -> "an entry of a page table";
            case Gate.COPY -> "a frame to copy";
            default -> "a frame to clear";
        };
    }

    /** Does it. */
    static void apply(long operation, Translations to) {
        int core = (int) operation >> CORE_SHIFT & CORE_MASK;
        int page = (int) operation >> PAGE_SHIFT & PAGE_MASK;
        long frame = operation >> ADDRESS_SHIFT;
        switch ((int) operation & WHAT_MASK) {
            case LOAD -> to.load(core, page - 1);
            case FLUSH -> to.flush(core);
            case ENTER ->
                    to.enter(core, page, frame, (int) operation >> RIGHTS_SHIFT & RIGHTS_MASK);
            case CLEAR -> to.clear(frame);
            case COPY -> to.copy(page * Tables.FRAME, frame);
            default -> throw new Inconsistent("no operation on page tables");
        }
    }
}
