package norma.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Instructions executed in one run, by symbol: what {@code native/count/count.c} counted.
 *
 * <p>User mode is the code of {@code norma_user_*}, firmware all that is not in the image, and the
 * kernel the rest: assembly of entry and exit included. The instruction that enters the kernel is
 * user mode's.
 */
final class Profile {
    static final int SLOTS = 1 << 17;
    static final int HEADER = 32;
    static final int ENTRY = 24;
    static final long MAGIC = 0x31544E554F43L;

    private static final String USER = "norma_user_";
    private static final String FIRMWARE = "";

    private final Map<String, Long> counts = new HashMap<>();
    private final Map<String, Long> latched = new HashMap<>();
    private final Map<String, Long> entered = new HashMap<>();

    private Profile() {}

    /** An empty file for the plugin to map. */
    static void create(Path file) throws IOException {
        Files.write(file, new byte[HEADER + SLOTS * ENTRY]);
    }

    static Profile read(Path file, ElfFile elf) throws IOException {
        return parse(ByteBuffer.wrap(Files.readAllBytes(file)), elf);
    }

    static Profile parse(ByteBuffer table, ElfFile elf) throws IOException {
        table.order(ByteOrder.LITTLE_ENDIAN);
        if (table.getLong(0) != MAGIC) {
            throw new IOException("the counting plugin was not loaded");
        }
        if (table.getLong(8) != 0) {
            throw new IOException("the counting plugin's table was full");
        }
        Profile profile = new Profile();
        for (int at = HEADER; at + ENTRY <= table.limit(); at += ENTRY) {
            long address = table.getLong(at);
            if (address != 0) {
                String symbol = elf.symbol(address);
                long count = table.getLong(at + 8);
                profile.counts.merge(symbol, count, Long::sum);
                profile.latched.merge(symbol, table.getLong(at + 16), Long::sum);
                if (!symbol.isEmpty() && elf.address(symbol) == address) {
                    profile.entered.put(symbol, count);
                }
            }
        }
        return profile;
    }

    private static long sum(Map<String, Long> map, boolean kernel, boolean user, boolean firmware) {
        long sum = 0;
        for (Map.Entry<String, Long> entry : map.entrySet()) {
            boolean isFirmware = entry.getKey().equals(FIRMWARE);
            boolean isUser = entry.getKey().startsWith(USER);
            if (isFirmware ? firmware : isUser ? user : kernel) {
                sum += entry.getValue();
            }
        }
        return sum;
    }

    /** Instructions in the kernel. */
    long kernel() {
        return sum(counts, true, false, false);
    }

    /** Instructions in user mode. */
    long user() {
        return sum(counts, false, true, false);
    }

    /** Instructions in the kernel before the latch. */
    long kernelLatched() {
        return sum(latched, true, false, false);
    }

    /** All instructions before the latch. */
    long allLatched() {
        return sum(latched, true, true, true);
    }

    /** Instructions in one symbol. */
    long in(String symbol) {
        return counts.getOrDefault(symbol, 0L);
    }

    /** Times that a symbol's first instruction was executed. */
    long entered(String symbol) {
        return entered.getOrDefault(symbol, 0L);
    }
}
