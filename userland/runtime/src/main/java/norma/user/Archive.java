// Contract: finds a program in the archive that the machine was started with. Owner:
// userland/runtime. Source: cpio(5), the "new ASCII" format (magic 070701).
// Invariant: reads no byte outside of the archive, whatever is in it, and keeps nothing.
package norma.user;

import norma.abi.Shared;
import norma.quals.NoAlloc;

/** Decoder of archives. Files of an archive are named by the offset of their header in it. */
@NoAlloc
public final class Archive {
    /** No file of that name. */
    public static final long NOT_FOUND = -1;

    /** A header is wrong, or reaches beyond the archive's end. */
    public static final long MALFORMED = -2;

    private static final int HEADER = 110;
    private static final int FIELDS_AT = 6;
    private static final int FIELD = 8;
    private static final int MODE = 1;
    private static final int FILE_SIZE = 6;
    private static final int NAME_SIZE = 11;
    private static final long KIND = 0xf000;
    private static final long REGULAR = 0x8000;
    private static final int ALIGNMENT = 4;
    private static final int WORD_CHARACTERS = 8;

    /** Characters of the longest name that {@link #find} compares. */
    public static final int NAME = 2 * WORD_CHARACTERS;

    private Archive() {}

    /**
     * The regular file of a name, the first if there are several; {@link #NOT_FOUND} or {@link
     * #MALFORMED}. The end is a file called TRAILER!!!, and must be there.
     *
     * @param low the name's first eight characters, from the lowest byte on; 0 behind the last
     * @param high the next eight
     */
    public static long find(long low, long high) {
        long bytes = Gate.load(Shared.OFF_PROGRAMS);
        long at = 0;
        while (isHeader(at, bytes)) {
            if (isEnd(at)) {
                return NOT_FOUND;
            }
            boolean file = (field(at, MODE) & KIND) == REGULAR;
            if (file && named(at, low, high)) {
                return at;
            }
            at = aligned(content(at) + size(at));
        }
        return MALFORMED;
    }

    /** Where a file's bytes are. */
    public static long content(long file) {
        return aligned(file + HEADER + field(file, NAME_SIZE));
    }

    /** How many it has. */
    public static long size(long file) {
        return field(file, FILE_SIZE);
    }

    /** Is there a header whose name and bytes are in the archive? */
    private static boolean isHeader(long at, long bytes) {
        if (at + HEADER > bytes) {
            return false;
        }
        boolean digits = true;
        for (int i = FIELDS_AT; i < HEADER; i++) {
            digits &= digit(at + i) >= 0;
        }
        return digits
                && Gate.octet(at) == '0'
                && Gate.octet(at + 1) == '7'
                && Gate.octet(at + 2) == '0'
                && Gate.octet(at + 3) == '7'
                && Gate.octet(at + 4) == '0'
                && Gate.octet(at + 5) == '1'
                && field(at, NAME_SIZE) > 0
                && content(at) + size(at) <= bytes
                && Gate.octet(at + HEADER + field(at, NAME_SIZE) - 1) == 0;
    }

    private static boolean isEnd(long at) {
        // "TRAILER!" and "!!"
        return named(at, 0x2152454C49415254L, 0x2121L);
    }

    private static boolean named(long at, long low, long high) {
        for (int i = 0; i < NAME; i++) {
            long half = i < WORD_CHARACTERS ? low : high;
            int expected = (int) (half >>> i % WORD_CHARACTERS * Byte.SIZE) & 0xff;
            // A header's name ends with a zero, so nothing behind it is read.
            if (Gate.octet(at + HEADER + i) != expected) {
                return false;
            }
            if (expected == 0) {
                return true;
            }
        }
        return field(at, NAME_SIZE) == NAME + 1;
    }

    private static long aligned(long at) {
        return (at + ALIGNMENT - 1) & -ALIGNMENT;
    }

    /** A field of a header: eight hexadecimal digits. */
    private static long field(long at, int number) {
        long value = 0;
        for (int i = 0; i < FIELD; i++) {
            value = value << 4 | digit(at + FIELDS_AT + (long) number * FIELD + i);
        }
        return value;
    }

    private static int digit(long place) {
        int character = Gate.octet(place);
        if (character >= '0' && character <= '9') {
            return character - '0';
        }
        int letter = character | 0x20;
        return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
    }
}
