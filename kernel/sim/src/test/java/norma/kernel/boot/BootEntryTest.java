package norma.kernel.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import norma.abi.Gate;
import norma.abi.Limits;
import norma.abi.Shared;
import norma.kernel.sim.Firmware;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    private void hostAsksForPages() {
        firmware.store(Shared.OFF_MAGIC, Shared.MAGIC);
        firmware.store(Shared.OFF_RINGS, MemoryMap.PAGE);
        firmware.store(Shared.OFF_PAGES, 1);
    }

    @Test
    void framesAreTakenForAHostThatAsks() {
        map.addRam(0, 128 * MIB);
        hostAsksForPages();
        finish(Malformed.OK, IMAGE_END);
        // Nothing of the first megabyte; the image is behind the second.
        assertEquals(MIB, firmware.load(Shared.OFF_FRAMES_AT));
        long bytes = Limits.FRAMES * MemoryMap.PAGE;
        assertEquals(126 * MIB - MemoryMap.PAGE - bytes, firmware.load(Shared.OFF_FREE));
        assertFalse(map.free().covers(MIB, MIB + 1));
        assertFalse(map.free().covers(MIB + bytes - 1, MIB + bytes));
        assertTrue(map.free().covers(MIB + bytes, IMAGE));
        assertTrue(map.ram().covers(MIB, MIB + bytes), "mapped like other RAM");
    }

    @Test
    void framesAreInARow() {
        map.addRam(0, 128 * MIB);
        map.take(MIB + (Limits.FRAMES - 1) * MemoryMap.PAGE, MIB / 2);
        hostAsksForPages();
        finish(Malformed.OK, IMAGE_END);
        assertEquals(
                MIB + (Limits.FRAMES - 1) * MemoryMap.PAGE + MIB / 2,
                firmware.load(Shared.OFF_FRAMES_AT));
    }

    @Test
    void nobodyAsksForFrames() {
        map.addRam(0, 128 * MIB);
        firmware.store(Shared.OFF_PAGES, 1);
        finish(Malformed.OK, IMAGE_END);
        assertEquals(0, firmware.load(Shared.OFF_FRAMES_AT), "no host has filled the block");
        assertEquals(126 * MIB - MemoryMap.PAGE, firmware.load(Shared.OFF_FREE));
    }

    @Test
    void noRoomForFrames() {
        map.addRam(0, MIB + (Limits.FRAMES - 1) * MemoryMap.PAGE);
        map.addRam(IMAGE, IMAGE_END - IMAGE);
        map.addRam(Gate.BASE, Shared.BASE + MemoryMap.PAGE - Gate.BASE);
        hostAsksForPages();
        assertEquals(
                "\nPANIC boot: memory: no room for Limits.FRAMES pages in a row\n",
                ends(Malformed.OK, IMAGE_END));
    }

    @Test
    void programsAreMappedAndNotFree() {
        map.addRam(0, 128 * MIB);
        map.programs(32 * MIB, 4097);
        map.programs(48 * MIB, 5);
        finish(Malformed.OK, IMAGE_END);
        assertEquals(List.of(new Firmware.Mapped(32 * MIB, 32 * MIB + 4097)), firmware.programs());
        assertEquals(4097, firmware.load(Shared.OFF_PROGRAMS));
        assertFalse(map.free().covers(32 * MIB, 32 * MIB + 1));
        assertFalse(map.free().covers(32 * MIB + 8191, 32 * MIB + 8192), "its last page");
        assertTrue(map.free().covers(32 * MIB + 8192, 48 * MIB));
        assertFalse(map.free().covers(48 * MIB, 48 * MIB + 1), "one that nobody reads");
    }

    @Test
    void noPrograms() {
        map.addRam(0, 128 * MIB);
        firmware.store(Shared.OFF_PROGRAMS, 7);
        map.programs(32 * MIB, 0);
        finish(Malformed.OK, IMAGE_END);
        assertEquals(List.of(), firmware.programs());
        assertEquals(0, firmware.load(Shared.OFF_PROGRAMS), "not what a host has left there");
    }

    @ParameterizedTest
    @CsvSource({
        "0x4000000, 0x40000000, true",
        "0x4000000, 0x40000001, false",
        "0x4000001, 0x1000, false",
        "0x4000800, 0x1000, false",
        "0x7ffff000, 0x1000, true",
        "0x7ffff000, 0x1001, false",
        "0x80000000, 0x1000, false"
    })
    void programsMustBeInRamAtAPageAndNotTooLarge(String from, String bytes, boolean good) {
        map.addRam(0, 2048 * MIB);
        map.programs(Long.decode(from), Long.decode(bytes));
        if (good) {
            finish(Malformed.OK, IMAGE_END);
            assertEquals((long) Long.decode(bytes), firmware.load(Shared.OFF_PROGRAMS));
        } else {
            assertEquals(
                    "\nPANIC boot: memory: the initial RAM disk is not in RAM, not at a page, or"
                            + " above 1 GiB\n",
                    ends(Malformed.OK, IMAGE_END));
            assertEquals(List.of(), firmware.programs());
        }
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
