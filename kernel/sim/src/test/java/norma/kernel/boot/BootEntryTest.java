package norma.kernel.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import norma.abi.Shared;
import norma.kernel.sim.Firmware;
import org.junit.jupiter.api.Test;

/** What is made of a memory map: RAM is mapped and counted, or the machine ends and says why. */
class BootEntryTest {
    private static final long MIB = 1L << 20;
    private static final long IMAGE = 2 * MIB;
    private static final long IMAGE_END = 3 * MIB;

    private final MemoryMap map = new MemoryMap();
    private final Firmware firmware = new Firmware(0, new byte[0], 0, 0);

    private void finish(int read, long imageEnd) {
        firmware.run(() -> {
            BootEntry.finish(map, read, IMAGE, imageEnd, 0);
            return 0;
        });
    }

    @Test
    void ramIsMappedAndCounted() {
        assertEquals(Malformed.OK, map.addRam(0, 128 * MIB));
        assertEquals(Malformed.OK, map.addRam(1L << 32, 16 * MIB));
        finish(Malformed.OK, IMAGE_END);
        assertEquals(
                List.of(
                        new Firmware.Mapped(0, 128 * MIB),
                        new Firmware.Mapped(1L << 32, (1L << 32) + 16 * MIB)),
                firmware.mapped());
        assertEquals(144 * MIB, firmware.load(Shared.OFF_RAM));
        // The image, the megabyte of gates, and a page of a block that no host has filled.
        assertEquals(142 * MIB - 4096, firmware.load(Shared.OFF_FREE));
    }

    private String ends(int read, long imageEnd) {
        Firmware.Ended ended = assertThrows(Firmware.Ended.class, () -> finish(read, imageEnd));
        assertEquals(Shared.PANICKED, firmware.load(Shared.OFF_STATE));
        return String.valueOf(ended.getMessage());
    }

    @Test
    void whoCannotBootSaysWhy() {
        map.addRam(0, 128 * MIB);
        assertEquals(
                "\nPANIC boot: device tree: magic is not d00dfeed\n",
                ends(Malformed.TREE_MAGIC, IMAGE_END));
    }

    @Test
    void aKernelThatIsNotInRam() {
        map.addRam(0, 128 * MIB);
        assertTrue(ends(Malformed.OK, 129 * MIB).contains("is not in RAM"));
    }

    @Test
    void aBlockThatIsNotInRam() {
        map.addRam(0, 64 * MIB);
        assertTrue(ends(Malformed.OK, IMAGE_END).contains("is not in RAM"));
    }

    @Test
    void noRam() {
        assertTrue(ends(Malformed.OK, IMAGE_END).contains("no RAM"));
    }

    @Test
    void everyCodeHasItsText() {
        Set<String> texts = new HashSet<>();
        for (int code = 1; code < Malformed.LIMIT; code++) {
            assertTrue(texts.add(Malformed.text(code)), "twice: " + Malformed.text(code));
        }
    }
}
