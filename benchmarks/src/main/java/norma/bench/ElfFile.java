package norma.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Sections and code symbols of a 64-bit little-endian ELF file.
 *
 * <p>A code symbol is a name in {@code .text} or user mode's, of assembly or C; local labels are
 * left out. An address belongs to the symbol at or before it.
 */
final class ElfFile {
    private static final int SECTION_HEADER = 64;
    private static final int SYMBOL = 24;
    private static final int NO_BITS = 8;
    private static final int SYMBOL_TABLE = 2;

    /** User mode's program, in a kernel image. */
    private static final String USER_TEXT = ".user_text";

    private final Map<String, Section> sections = new LinkedHashMap<>();
    private final TreeMap<Long, String> code = new TreeMap<>();

    /**
     * A section.
     *
     * @param number its index
     * @param address where it is loaded
     * @param bytes its size
     * @param link the section it refers to
     */
    record Section(int number, int type, long address, long offset, long bytes, int link) {
        boolean holds(long at) {
            return at >= address && at < address + bytes;
        }
    }

    private ElfFile() {}

    static ElfFile read(Path path) throws IOException {
        return parse(Files.readAllBytes(path));
    }

    static ElfFile parse(byte[] bytes) throws IOException {
        ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.length < SECTION_HEADER || file.getInt(0) != 0x464C457F || bytes[4] != 2) {
            throw new IOException("not a 64-bit ELF file");
        }
        ElfFile elf = new ElfFile();
        int table = (int) file.getLong(40);
        int count = file.getShort(60);
        int names = table + file.getShort(62) * SECTION_HEADER;
        for (int i = 0; i < count; i++) {
            int at = table + i * SECTION_HEADER;
            String name = text(bytes, (int) file.getLong(names + 24) + file.getInt(at));
            elf.sections.put(
                    name,
                    new Section(
                            i,
                            file.getInt(at + 4),
                            file.getLong(at + 16),
                            file.getLong(at + 24),
                            file.getLong(at + 32),
                            file.getInt(at + 40)));
        }
        elf.symbols(file, bytes);
        return elf;
    }

    private void symbols(ByteBuffer file, byte[] bytes) throws IOException {
        Section text = section(".text");
        Section user = sections.get(USER_TEXT);
        Section strings = section(".strtab");
        for (Section table : sections.values()) {
            if (table.type() != SYMBOL_TABLE) {
                continue;
            }
            for (long at = table.offset(); at < table.offset() + table.bytes(); at += SYMBOL) {
                String name = text(bytes, (int) (strings.offset() + file.getInt((int) at)));
                long value = file.getLong((int) at + 8);
                int in = file.getShort((int) at + 6);
                boolean inText = in == text.number() || user != null && in == user.number();
                if (inText && !name.isEmpty() && name.charAt(0) != '.' && name.charAt(0) != '$') {
                    code.put(value, name);
                }
            }
        }
    }

    private static String text(byte[] bytes, int at) {
        int end = at;
        while (bytes[end] != 0) {
            end++;
        }
        return new String(bytes, at, end - at, StandardCharsets.ISO_8859_1);
    }

    Section section(String name) throws IOException {
        Section section = sections.get(name);
        if (section == null) {
            throw new IOException("no section " + name);
        }
        return section;
    }

    /** Bytes of a section, 0 if there is none. */
    long bytes(String name) {
        Section section = sections.get(name);
        return section == null ? 0 : section.bytes();
    }

    /** Bytes that a section takes in the file: none for one of zeroes. */
    long fileBytes(String name) {
        Section section = sections.get(name);
        return section == null || section.type() == NO_BITS ? 0 : section.bytes();
    }

    /** Symbol that an address belongs to; empty if it is not code. */
    String symbol(long address) {
        Map.Entry<Long, String> entry = code.floorEntry(address);
        return entry == null || !(holds(".text", address) || holds(USER_TEXT, address))
                ? ""
                : entry.getValue();
    }

    private boolean holds(String name, long address) {
        Section section = sections.get(name);
        return section != null && section.holds(address);
    }

    /** Address of a code symbol. */
    long address(String name) throws IOException {
        for (Map.Entry<Long, String> entry : code.entrySet()) {
            if (entry.getValue().equals(name)) {
                return entry.getKey();
            }
        }
        throw new IOException("no code symbol " + name);
    }
}
