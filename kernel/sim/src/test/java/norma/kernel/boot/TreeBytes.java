package norma.kernel.boot;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes flattened device trees (Devicetree Specification 0.4, chapter 5). */
final class TreeBytes {
    private static final int HEADER = 40;

    private final ByteArrayOutputStream structure = new ByteArrayOutputStream();
    private final ByteArrayOutputStream reservations = new ByteArrayOutputStream();
    private final ByteArrayOutputStream strings = new ByteArrayOutputStream();
    private final Map<String, Integer> names = new LinkedHashMap<>();

    TreeBytes begin(String name) {
        return token(1).text(name);
    }

    TreeBytes end() {
        return token(2);
    }

    TreeBytes token(int token) {
        structure.writeBytes(ByteBuffer.allocate(4).putInt(token).array());
        return this;
    }

    private TreeBytes text(String text) {
        return padded((text + "\0").getBytes(StandardCharsets.US_ASCII));
    }

    private TreeBytes padded(byte[] bytes) {
        structure.writeBytes(bytes);
        while (structure.size() % 4 != 0) {
            structure.write(0);
        }
        return this;
    }

    TreeBytes property(String name, byte[] value) {
        int at =
                names.computeIfAbsent(
                        name,
                        key -> {
                            int next = strings.size();
                            strings.writeBytes((key + "\0").getBytes(StandardCharsets.US_ASCII));
                            return next;
                        });
        return token(3).token(value.length).token(at).padded(value);
    }

    TreeBytes words(String name, int... words) {
        ByteBuffer value = ByteBuffer.allocate(4 * words.length);
        for (int word : words) {
            value.putInt(word);
        }
        return property(name, value.array());
    }

    /** Addresses and sizes of two words each. */
    TreeBytes longs(String name, long... longs) {
        ByteBuffer value = ByteBuffer.allocate(8 * longs.length);
        for (long number : longs) {
            value.putLong(number);
        }
        return property(name, value.array());
    }

    TreeBytes string(String name, String value) {
        return property(name, (value + "\0").getBytes(StandardCharsets.US_ASCII));
    }

    TreeBytes reserve(long from, long bytes) {
        reservations.writeBytes(ByteBuffer.allocate(16).putLong(from).putLong(bytes).array());
        return this;
    }

    /** A node of memory with addresses and sizes of two words. */
    TreeBytes memory(long... reg) {
        return begin("memory@80000000").string("device_type", "memory").longs("reg", reg).end();
    }

    /** The root, with addresses and sizes of two words. */
    static TreeBytes root() {
        return new TreeBytes().begin("").words("#address-cells", 2).words("#size-cells", 2);
    }

    /** The tree, its root closed. */
    byte[] tree() {
        return end().token(9).bytes();
    }

    /** The tree as it is. */
    byte[] bytes() {
        int map = HEADER;
        int at = map + reservations.size() + 16;
        int text = at + structure.size();
        int total = text + strings.size();
        ByteBuffer tree = ByteBuffer.allocate(total);
        tree.putInt(0xd00dfeed).putInt(total).putInt(at).putInt(text).putInt(map);
        tree.putInt(17).putInt(16).putInt(0).putInt(strings.size()).putInt(structure.size());
        tree.put(reservations.toByteArray()).putLong(0).putLong(0);
        return tree.put(structure.toByteArray()).put(strings.toByteArray()).array();
    }
}
