package norma.conformance.saved;

/**
 * Layout of a saved trace: a header line of text, then blocks, each with its own CRC-32C.
 *
 * <pre>
 *  block   u32 magic 'NBLK' | u8 type | u8 0 | u16 core or slot | u32 payload bytes | u32 crc
 *  types   1 header (text: key=value lines)   2 records of one core, in its order
 *          3 witness entries of one slot      4 end (u64 records, u64 entries): nothing may follow
 * </pre>
 *
 * <p>The CRC covers the block's header without the CRC itself, and the payload. All numbers are
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

    /** Witness entries of a slot, preceded by one word: its half steps. */
    public static final int WITNESS = 3;

    /** Totals. */
    public static final int END = 4;

    /** Most bytes of payload in a block. */
    public static final int MOST = 1 << 20;

    private TraceFormat() {}
}
