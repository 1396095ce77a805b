// Contract: the kernel's address spaces by number. Owner: the kernel root; fixed before boot.
package norma.kernel.mem;

import norma.abi.Limits;
import norma.abi.Record;
import norma.kernel.thread.Thread;
import norma.quals.NoAlloc;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.checkerframework.common.value.qual.ArrayLen;

/** The table of address spaces. */
@NoAlloc
public final class Spaces {
    // The checkers do not see the value of a constant of the ABI.
    @SuppressWarnings({"index", "value"})
    private final Space @ArrayLen(Limits.SPACES) [] spaces = new Space[Limits.SPACES];

    /** Spaces that nobody lives in; before boot. */
    @SuppressWarnings("noallocation") // The kernel's tables are built before boot.
    public Spaces() {
        for (int i = 0; i < spaces.length; i++) {
            spaces[i] = new Space(i);
        }
    }

    /** How many there are. */
    public int count() {
        return spaces.length;
    }

    /** The space of a number that is below {@link #count}. */
    @SuppressWarnings("index") // That is the contract.
    public Space at(int number) {
        return spaces[number];
    }

    /** The space of a number, or null for NONE. */
    public @Nullable Space find(int number) {
        return number == Record.NONE ? null : at(number);
    }

    /** The space that a thread lives in, or null. */
    public @Nullable Space of(Thread thread) {
        return find(thread.space);
    }
}
