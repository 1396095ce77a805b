// Contract: why the firmware's description of memory cannot be used: one code for each field.
// Owner: kernel/core. Invariant: every code but OK has its text in text().
package norma.kernel.boot;

import norma.quals.NoAlloc;

/** What is wrong with what the firmware says of memory. */
@NoAlloc
public final class Malformed {
    private Malformed() {}

    /** Nothing. */
    public static final int OK = 0;

    public static final int TREE_PLACE = 1;
    public static final int TREE_MAGIC = 2;
    public static final int TREE_TOTAL_SIZE = 3;
    public static final int TREE_VERSION = 4;
    public static final int TREE_STRUCTURE = 5;
    public static final int TREE_STRINGS = 6;
    public static final int TREE_RESERVATIONS = 7;
    public static final int TREE_TOKEN = 8;
    public static final int TREE_DEPTH = 9;
    public static final int TREE_NODE_NAME = 10;
    public static final int TREE_PROPERTY = 11;
    public static final int TREE_PROPERTY_NAME = 12;
    public static final int TREE_PROPERTY_PLACE = 13;
    public static final int TREE_END = 14;
    public static final int TREE_CELLS = 15;
    public static final int TREE_REG = 16;
    public static final int TREE_INITRD = 17;
    public static final int INFO_PLACE = 18;
    public static final int INFO_MAGIC = 19;
    public static final int INFO_VERSION = 20;
    public static final int INFO_ENTRIES = 21;
    public static final int INFO_MAP = 22;
    public static final int INFO_MODULES = 23;
    public static final int RANGE = 24;
    public static final int RAM_RANGES = 25;
    public static final int RESERVED_RANGES = 26;
    public static final int FREE_RANGES = 27;
    public static final int NO_RAM = 28;
    public static final int BLOCK = 29;

    public static final int FRAMES = 30;
    public static final int PROGRAMS = 31;

    /** One more than the largest code. */
    public static final int LIMIT = 32;

    /** What to tell people. */
    public static String text(int code) {
        return switch (code) {
            case TREE_PLACE -> "device tree: its address is out of reach, or no multiple of 8";
            case TREE_MAGIC -> "device tree: magic is not d00dfeed";
            case TREE_TOTAL_SIZE ->
                    "device tree: totalsize is too small, too large or out of reach";
            case TREE_VERSION -> "device tree: version 17 is needed";
            case TREE_STRUCTURE -> "device tree: off_dt_struct or size_dt_struct";
            case TREE_STRINGS -> "device tree: off_dt_strings or size_dt_strings";
            case TREE_RESERVATIONS ->
                    "device tree: off_mem_rsvmap, or a reservation block without end";
            case TREE_TOKEN -> "device tree: unknown token in the structure block";
            case TREE_DEPTH -> "device tree: nodes too deep, or closed more often than opened";
            case TREE_NODE_NAME -> "device tree: a node's name does not end";
            case TREE_PROPERTY -> "device tree: a property longer than the structure block";
            case TREE_PROPERTY_NAME -> "device tree: a property's name is not in the strings block";
            case TREE_PROPERTY_PLACE -> "device tree: a property behind a node, or outside of one";
            case TREE_END -> "device tree: the structure block does not end, or inside a node";
            case TREE_CELLS -> "device tree: #address-cells or #size-cells is neither 1 nor 2";
            case TREE_REG -> "device tree: reg of memory is no list of addresses and sizes";
            case TREE_INITRD -> "device tree: linux,initrd-start or linux,initrd-end";
            case INFO_PLACE -> "start info: its address is out of reach";
            case INFO_MAGIC -> "start info: magic is not 336ec578";
            case INFO_VERSION -> "start info: version 1, which has a memory map, is needed";
            case INFO_ENTRIES -> "start info: memmap_entries is 0 or too large";
            case INFO_MAP -> "start info: memmap_paddr is out of reach";
            case INFO_MODULES -> "start info: nr_modules or modlist_paddr";
            case RANGE -> "memory: an address and a size beyond the largest address";
            case RAM_RANGES -> "memory: more ranges of RAM than Limits.RAM_RANGES";
            case RESERVED_RANGES -> "memory: more reserved ranges than Limits.RESERVED_RANGES";
            case FREE_RANGES -> "memory: more free ranges than Limits.FREE_RANGES";
            case NO_RAM -> "memory: no RAM is free";
            case FRAMES -> "memory: no room for Limits.FRAMES pages in a row";
            case PROGRAMS ->
                    "memory: the initial RAM disk is not in RAM, not at a page, or above 1 GiB";
            default -> "memory: the kernel or the shared block is not in RAM";
        };
    }
}
