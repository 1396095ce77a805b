package norma.conformance.saved;

/**
 * Layout of a saved trace: blocks, each with its own CRC-32C.
 *
 * <pre>
 *  block   u32 magic 'NBLK' | u8 type | u8 0 | u16 core or slot | u32 payload bytes | u32 crc | payload
 *  HEADER  text, key=value lines; the first block      RECORDS  64-byte records of one core, in order
 *  WITNESS 64-byte entries of one slot, in order       HALVES   u64 half steps logged, one a slot
 *  RINGS   u64 records written and u64 epoch, one pair a core: of rings that were overwritten
 *  END     u64 records, u64 entries, u64 Ending; the last block
 * </pre>
 *
 * <p>The CRC covers the block's head without the CRC itself, and the payload. All numbers are
 * little-endian.
 */
public final class TraceFormat {
    /** First word of a block. */
    public static final int MAGIC = 0x4b4c424e;

    /** Bytes before a block's payload. */
    public static final int HEAD = 16;

    /** Text header. */
    public static final int HEADER = 1;

    /** Records of a core. */
    public static final int RECORDS = 2;

    /** Witness entries of a slot. */
    public static final int WITNESS = 3;

    /** Lengths of the witness logs. */
    public static final int HALVES = 4;

    /** Totals. */
    public static final int END = 5;

    /** How far overwritten rings had come. */
    public static final int RINGS = 6;

    /** Bytes of the totals. */
    static final int TOTALS = 24;

    /** Most bytes of payload in a block. */
    public static final int MOST = 1 << 20;

    private TraceFormat() {}
}
