package norma.kernel.sim;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Archives and programs for the tests of their decoders, byte by byte. */
final class TestFiles {
    private static final String REGULAR = "000081a4";
    private static final int PAGE = 0x1000;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** An archive of no files yet. */
    static TestFiles archive() {
        return new TestFiles();
    }

    /** A regular file. */
    TestFiles file(String name, byte[] content) {
        return entry(name, REGULAR, content);
    }

    /** Anything. */
    TestFiles entry(String name, String mode, byte[] content) {
        String fields =
                String.format(
                        "070701%08x%s%024x%08x%08x%032x%08X%08x",
                        1, mode, 0, 0, content.length, 0, name.length() + 1, 0);
        bytes.writeBytes(fields.getBytes(StandardCharsets.US_ASCII));
        bytes.writeBytes(name.getBytes(StandardCharsets.US_ASCII));
        bytes.write(0);
        pad();
        bytes.writeBytes(content);
        pad();
        return this;
    }

    private void pad() {
        while (bytes.size() % 4 != 0) {
            bytes.write(0);
        }
    }

    /** The archive without an end. */
    byte[] open() {
        return bytes.toByteArray();
    }

    /** The archive. */
    byte[] end() {
        return file("TRAILER!!!", new byte[0]).open();
    }

    /** A program without a segment yet. */
    static ByteBuffer program(int machine, int size, long entry, int headers) {
        ByteBuffer file = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        file.putInt(0, 0x464c457f).put(4, (byte) 2).put(5, (byte) 1).put(6, (byte) 1);
        file.putShort(16, (short) 2).putShort(18, (short) machine).putInt(20, 1);
        file.putLong(24, entry).putLong(32, 64);
        file.putShort(52, (short) 64).putShort(54, (short) 56).putShort(56, (short) headers);
        return file;
    }

    /** Its segment whose header is at a place. */
    static void segment(
            ByteBuffer file, int at, int flags, long offset, long from, long bytes, long memory) {
        file.putInt(at, 1).putInt(at + 4, flags).putLong(at + 8, offset).putLong(at + 16, from);
        file.putLong(at + 32, bytes).putLong(at + 40, memory).putLong(at + 48, PAGE);
    }

    /** All of a program. */
    static byte[] bytes(ByteBuffer file) {
        byte[] bytes = new byte[file.capacity()];
        file.get(0, bytes);
        return bytes;
    }
}
