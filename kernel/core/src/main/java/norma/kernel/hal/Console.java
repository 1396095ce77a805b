// Contract: the boot and panic console. Owner: kernel/core; metal: hal.h.
package norma.kernel.hal;

import norma.quals.Intrinsic;
import norma.quals.NoAlloc;

/** The serial console, for boot messages and panics only: a byte costs hundreds of ns. */
@NoAlloc
public final class Console {
    private Console() {}

    /** Writes one byte. */
    @Intrinsic("norma_put")
    public static void put(int character) {
        World.current().put(character);
    }

    /** Writes Latin-1 text. */
    public static void print(String text) {
        for (int i = 0; i < text.length(); i++) {
            put(text.charAt(i));
        }
    }

    /** Writes a number that is not negative, in decimal. */
    public static void printDecimal(long value) {
        long scale = 1;
        while (value / scale >= 10) {
            scale *= 10;
        }
        for (; scale > 0; scale /= 10) {
            put('0' + (int) (value / scale % 10));
        }
    }

    /** Writes a number in hexadecimal, all 16 digits. */
    public static void printHex(long value) {
        for (int shift = 60; shift >= 0; shift -= 4) {
            int digit = (int) (value >> shift) & 15;
            put(digit < 10 ? '0' + digit : 'a' + digit - 10);
        }
    }
}
