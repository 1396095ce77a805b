// Contract: reads which memory there is from a flattened device tree. Owner: kernel/core.
// Source: Devicetree Specification 0.4, chapters 2.3, 3.4, 3.5 and 5; Linux's documentation of
// linux,initrd-start for /chosen.
// Invariant: reads no byte outside of the tree, whatever is in it; ends after at most as many steps
// as it has bytes.
package norma.kernel.boot;

import norma.kernel.hal.Physical;
import norma.quals.NoAlloc;

/** Decoder of the device tree's memory: one for a boot. */
@NoAlloc
public final class DeviceTree {
    private static final long MAGIC = 0xd00dfeedL;
    private static final int VERSION = 17;
    private static final int HEADER = 40;
    private static final int RESERVATION = 16;
    private static final int LARGEST = 16 << 20;
    private static final int DEEPEST = 32;

    private static final int BEGIN_NODE = 1;
    private static final int END_NODE = 2;
    private static final int PROPERTY = 3;
    private static final int NOP = 4;
    private static final int END = 9;

    /** Nodes that mean something here. */
    private static final int OTHER = 0;

    private static final int MEMORY = 1;
    private static final int RESERVED = 2;
    private static final int CHOSEN = 3;

    private static final int DEFAULT_ADDRESS_CELLS = 2;
    private static final int DEFAULT_SIZE_CELLS = 1;
    private static final int NOTHING = -1;

    private final MemoryMap map;
    private long tree;
    private int total;
    private int at;
    private int end;
    private int strings;
    private int stringsEnd;

    private int depth;
    private boolean closed;

    /** What the node of depth 2 is that contains the current one. */
    private int kind;

    private int rootAddressCells = DEFAULT_ADDRESS_CELLS;
    private int rootSizeCells = DEFAULT_SIZE_CELLS;
    private int addressCells;
    private int sizeCells;

    // Of the node of memory, or of what is reserved, that is open:
    private int reg;
    private int regBytes;
    private boolean isMemory;
    private boolean noMap;

    private long initrdStart = NOTHING;
    private long initrdEnd = NOTHING;

    /** A decoder that tells {@code map}; boot only. */
    public DeviceTree(MemoryMap map) {
        this.map = map;
    }

    /** Reads the tree at an address, once; a code of {@link Malformed}. */
    public int read(long address) {
        tree = address;
        int error = header();
        if (error == Malformed.OK) {
            error = reservations((int) word(16));
        }
        if (error == Malformed.OK) {
            error = structure();
        }
        if (error == Malformed.OK) {
            error = initrd();
        }
        return error == Malformed.OK ? map.take(tree, total) : error;
    }

    private int header() {
        if (tree < 0 || (tree & 7) != 0 || tree > Physical.reach() - HEADER) {
            return Malformed.TREE_PLACE;
        }
        if (word(0) != MAGIC) {
            return Malformed.TREE_MAGIC;
        }
        long size = word(4);
        if (size < HEADER || size > LARGEST || size > Physical.reach() - tree) {
            return Malformed.TREE_TOTAL_SIZE;
        }
        total = (int) size;
        if (word(20) < VERSION || word(24) > VERSION) {
            return Malformed.TREE_VERSION;
        }
        long place = word(8);
        if (!holds(place, word(36)) || (place & 3) != 0) {
            return Malformed.TREE_STRUCTURE;
        }
        at = (int) place;
        end = (int) (place + word(36));
        place = word(12);
        if (!holds(place, word(32))) {
            return Malformed.TREE_STRINGS;
        }
        strings = (int) place;
        stringsEnd = (int) (place + word(32));
        place = word(16);
        return holds(place, RESERVATION) && (place & 7) == 0
                ? Malformed.OK
                : Malformed.TREE_RESERVATIONS;
    }

    /** Whether the tree has these bytes behind its header. */
    private boolean holds(long place, long bytes) {
        return place >= HEADER && place <= total && bytes <= total - place;
    }

    private int reservations(int first) {
        for (int place = first; place <= total - RESERVATION; place += RESERVATION) {
            long from = cells(place, 2);
            long bytes = cells(place + 8, 2);
            if (from == 0 && bytes == 0) {
                return Malformed.OK;
            }
            int error = map.take(from, bytes);
            if (error != Malformed.OK) {
                return error;
            }
        }
        return Malformed.TREE_RESERVATIONS;
    }

    private int structure() {
        boolean root = false;
        while (at <= end - 4) {
            int token = (int) word(at);
            at += 4;
            int error = Malformed.OK;
            if (token == BEGIN_NODE) {
                error = root && depth == 0 ? Malformed.TREE_DEPTH : begin();
                root = true;
            } else if (token == END_NODE) {
                error = close();
            } else if (token == PROPERTY) {
                error = property();
            } else if (token == END) {
                return root && depth == 0 ? Malformed.OK : Malformed.TREE_END;
            } else if (token != NOP) {
                error = Malformed.TREE_TOKEN;
            }
            if (error != Malformed.OK) {
                return error;
            }
        }
        return Malformed.TREE_END;
    }

    private int begin() {
        if (depth == DEEPEST) {
            return Malformed.TREE_DEPTH;
        }
        int after = afterText(at, end);
        if (after == NOTHING) {
            return Malformed.TREE_NODE_NAME;
        }
        depth++;
        closed = false;
        if (depth == 2) {
            kind = kindOf(at);
            addressCells = DEFAULT_ADDRESS_CELLS;
            sizeCells = DEFAULT_SIZE_CELLS;
        }
        if (depth == 2 || depth == 3 && kind == RESERVED) {
            reg = NOTHING;
            isMemory = false;
            noMap = false;
        }
        at = aligned(after);
        return Malformed.OK;
    }

    private int kindOf(int name) {
        if (same(name, "memory", '@')) {
            return MEMORY;
        }
        if (same(name, "reserved-memory", 0)) {
            return RESERVED;
        }
        return same(name, "chosen", 0) ? CHOSEN : OTHER;
    }

    private int close() {
        if (depth == 0) {
            return Malformed.TREE_DEPTH;
        }
        int error = Malformed.OK;
        if (depth == 2 && kind == MEMORY && isMemory) {
            error = regions(rootAddressCells, rootSizeCells);
        } else if (depth == 3 && kind == RESERVED && reg != NOTHING) {
            error = regions(addressCells, sizeCells);
        }
        depth--;
        closed = true;
        return error;
    }

    private int property() {
        if (at > end - 8) {
            return Malformed.TREE_PROPERTY;
        }
        long length = word(at);
        long name = word(at + 4);
        int value = at + 8;
        if (length > end - value) {
            return Malformed.TREE_PROPERTY;
        }
        if (depth == 0 || closed) {
            return Malformed.TREE_PROPERTY_PLACE;
        }
        int bytes = (int) length;
        at = aligned(value + bytes);
        if (name >= stringsEnd - strings
                || afterText(strings + (int) name, stringsEnd) == NOTHING) {
            return Malformed.TREE_PROPERTY_NAME;
        }
        return property(strings + (int) name, value, bytes);
    }

    private int property(int name, int value, int bytes) {
        if (depth == 1 || depth == 2 && kind == RESERVED) {
            boolean address = same(name, "#address-cells", 0);
            if (!address && !same(name, "#size-cells", 0)) {
                return Malformed.OK;
            }
            if (bytes != 4 || word(value) < 1 || word(value) > 2) {
                return Malformed.TREE_CELLS;
            }
            setCells(address, (int) word(value));
        } else if (depth == 2 && kind == CHOSEN) {
            return chosen(name, value, bytes);
        } else if (depth == 2 && kind == MEMORY || depth == 3 && kind == RESERVED) {
            if (same(name, "reg", 0)) {
                reg = value;
                regBytes = bytes;
            }
            noMap |= same(name, "no-map", 0);
            isMemory |= same(name, "device_type", 0) && bytes == 7 && same(value, "memory", 0);
        }
        return Malformed.OK;
    }

    private void setCells(boolean address, int cells) {
        if (depth == 1 && address) {
            rootAddressCells = cells;
        } else if (depth == 1) {
            rootSizeCells = cells;
        } else if (address) {
            addressCells = cells;
        } else {
            sizeCells = cells;
        }
    }

    private int chosen(int name, int value, int bytes) {
        boolean start = same(name, "linux,initrd-start", 0);
        if (!start && !same(name, "linux,initrd-end", 0)) {
            return Malformed.OK;
        }
        if (bytes != 4 && bytes != 8) {
            return Malformed.TREE_INITRD;
        }
        long address = cells(value, bytes / 4);
        if (address < 0) {
            return Malformed.TREE_INITRD;
        }
        if (start) {
            initrdStart = address;
        } else {
            initrdEnd = address;
        }
        return Malformed.OK;
    }

    private int initrd() {
        if (initrdStart == NOTHING && initrdEnd == NOTHING) {
            return Malformed.OK;
        }
        if (initrdStart == NOTHING || initrdEnd < initrdStart) {
            return Malformed.TREE_INITRD;
        }
        return map.programs(initrdStart, initrdEnd - initrdStart);
    }

    /** Addresses and sizes of the open node. */
    private int regions(int addresses, int sizes) {
        int one = 4 * (addresses + sizes);
        if (reg == NOTHING || regBytes % one != 0) {
            return Malformed.TREE_REG;
        }
        for (int place = reg; place < reg + regBytes; place += one) {
            long from = cells(place, addresses);
            long bytes = cells(place + 4 * addresses, sizes);
            int error =
                    kind == MEMORY
                            ? map.addRam(from, bytes)
                            : noMap ? map.hide(from, bytes) : map.take(from, bytes);
            if (error != Malformed.OK) {
                return error;
            }
        }
        return Malformed.OK;
    }

    /** One or two words, the first of which is the high one. */
    private long cells(int place, int words) {
        return words == 1 ? word(place) : word(place) << 32 | word(place + 4);
    }

    /** A big-endian word, not negative. */
    private long word(int place) {
        return (long) octet(place) << 24
                | octet(place + 1) << 16
                | octet(place + 2) << 8
                | octet(place + 3);
    }

    private int octet(int place) {
        return Physical.byteAt(tree + place);
    }

    private static int aligned(int place) {
        return (place + 3) & -4;
    }

    /** The place behind a text's zero, or {@link #NOTHING}. */
    private int afterText(int from, int limit) {
        for (int place = from; place < limit; place++) {
            if (octet(place) == 0) {
                return place + 1;
            }
        }
        return NOTHING;
    }

    /** Whether a text that ends somewhere is this one, or goes on with {@code more} behind it. */
    private boolean same(int place, String text, int more) {
        int length = text.length();
        for (int i = 0; i < length; i++) {
            if (octet(place + i) != text.charAt(i)) {
                return false;
            }
        }
        int next = octet(place + length);
        return next == 0 || next == more;
    }
}
