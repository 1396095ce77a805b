package norma.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import norma.conformance.saved.TraceFormat;

/** The blocks of a saved trace, to be altered and put together with right checksums again. */
final class Blocks {
    private Blocks() {}

    /** One block. */
    static final class Block {
        private final int type;
        private final int zero;
        private final int index;
        private final byte[] payload;

        /** {@code zero}: a byte that must be 0; {@code index}: core or slot. */
        Block(int type, int zero, int index, byte[] payload) {
            this.type = type;
            this.zero = zero;
            this.index = index;
            this.payload = payload;
        }

        /** One of {@link TraceFormat}. */
        int type() {
            return type;
        }

        int index() {
            return index;
        }

        byte[] payload() {
            return payload.clone();
        }

        /** A word of the payload, which holds nothing but words. */
        long word(int at) {
            return ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN).getLong(Long.BYTES * at);
        }

        Block with(byte[] other) {
            return new Block(type, zero, index, other);
        }

        /** The payload with one byte altered, if it has any. */
        Block altered(int at, int bits) {
            byte[] copy = payload.clone();
            if (copy.length > 0) {
                copy[at % copy.length] ^= (byte) bits;
            }
            return with(copy);
        }

        /** A payload of another length. */
        Block resized(int length) {
            return with(Arrays.copyOf(payload, length));
        }
    }

    static List<Block> of(byte[] file) {
        List<Block> blocks = new ArrayList<>();
        ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        while (in.hasRemaining()) {
            in.getInt();
            int type = in.get();
            int zero = in.get();
            int index = in.getShort() & 0xffff;
            byte[] payload = new byte[in.getInt()];
            in.getInt();
            in.get(payload);
            blocks.add(new Block(type, zero, index, payload));
        }
        return blocks;
    }

    static byte[] file(List<Block> blocks) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Block block : blocks) {
            ByteBuffer head = ByteBuffer.allocate(TraceFormat.HEAD).order(ByteOrder.LITTLE_ENDIAN);
            head.putInt(TraceFormat.MAGIC).put((byte) block.type).put((byte) block.zero);
            head.putShort((short) block.index).putInt(block.payload.length);
            CRC32C crc = new CRC32C();
            crc.update(head.duplicate().flip());
            crc.update(block.payload);
            head.putInt((int) crc.getValue());
            out.writeBytes(head.array());
            out.writeBytes(block.payload);
        }
        return out.toByteArray();
    }

    /** What the blocks of each type and owner hold together; without what a run is only called. */
    static Map<String, String> streams(List<Block> blocks) {
        Map<String, String> streams = new TreeMap<>();
        for (Block block : blocks) {
            if (block.type != TraceFormat.HEADER) {
                streams.merge(
                        block.type + " " + block.index,
                        HexFormat.of().formatHex(block.payload),
                        String::concat);
            }
        }
        return streams;
    }
}
