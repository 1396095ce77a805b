// Contract: reads which memory there is from the start info of a PVH boot. Owner: kernel/core.
// Source: Xen's public header arch-x86/hvm/start_info.h (struct hvm_start_info, version 1); types
// of memory as in ACPI 6.5, 15 (address range types).
// Invariant: reads nothing but start info, its memory map and its list of modules.
package norma.kernel.boot;

import norma.kernel.hal.Physical;
import norma.quals.NoAlloc;

/** Decoder of the start info's memory: one for a boot. */
@NoAlloc
public final class StartInfo {
    private static final long MAGIC = 0x336ec578L;
    private static final int BYTES = 56;
    private static final int ENTRY = 24;
    private static final int MODULE = 32;
    private static final int MOST_ENTRIES = 512;
    private static final int MOST_MODULES = 64;
    private static final int RAM = 1;

    /** Below it firmware keeps its own data, whatever the map says; it may be mapped. */
    private static final long LOW = 1 << 20;

    private final MemoryMap map;

    /** A decoder that tells {@code map}; boot only. */
    public StartInfo(MemoryMap map) {
        this.map = map;
    }

    /** Reads the start info at an address, once; a code of {@link Malformed}. */
    public int read(long at) {
        if (!reaches(at, BYTES)) {
            return Malformed.INFO_PLACE;
        }
        if (word(at) != MAGIC) {
            return Malformed.INFO_MAGIC;
        }
        if (word(at + 4) < 1) {
            return Malformed.INFO_VERSION;
        }
        int error = modules(pair(at + 16), word(at + 12));
        if (error == Malformed.OK) {
            error = entries(pair(at + 40), word(at + 48));
        }
        return error == Malformed.OK ? map.take(0, LOW) : error;
    }

    private int entries(long first, long count) {
        if (count < 1 || count > MOST_ENTRIES) {
            return Malformed.INFO_ENTRIES;
        }
        if (!reaches(first, count * ENTRY)) {
            return Malformed.INFO_MAP;
        }
        for (long at = first; at < first + count * ENTRY; at += ENTRY) {
            long from = pair(at);
            long bytes = pair(at + 8);
            int error = word(at + 16) == RAM ? map.addRam(from, bytes) : map.hide(from, bytes);
            if (error != Malformed.OK) {
                return error;
            }
        }
        return Malformed.OK;
    }

    private int modules(long first, long count) {
        if (count == 0) {
            return Malformed.OK;
        }
        if (count > MOST_MODULES || !reaches(first, count * MODULE)) {
            return Malformed.INFO_MODULES;
        }
        for (long at = first; at < first + count * MODULE; at += MODULE) {
            int error = map.programs(pair(at), pair(at + 8));
            if (error != Malformed.OK) {
                return error;
            }
        }
        return Malformed.OK;
    }

    private static boolean reaches(long at, long bytes) {
        return at > 0 && at <= Physical.reach() - bytes;
    }

    /** A little-endian word, not negative. */
    private static long word(long at) {
        return Physical.byteAt(at)
                | Physical.byteAt(at + 1) << 8
                | Physical.byteAt(at + 2) << 16
                | (long) Physical.byteAt(at + 3) << 24;
    }

    private static long pair(long at) {
        return word(at) | word(at + 4) << 32;
    }
}
