package norma.kernel.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import norma.abi.Limits;
import norma.kernel.sim.Firmware;

/**
 * Whatever firmware leaves in memory, the decoders end with a code, read nothing beside it, and
 * what they call free is free. Ordinarily the kept inputs alone are tried; with the environment's
 * {@code JAZZER_FUZZ=1} Jazzer looks for others, one method at a time.
 */
class FirmwareFuzzTest {
    private static final int AT = 8;
    private static final long REACH = 1L << 39;
    private static final int HEADER = 40;
    private static final int LARGEST = 16 << 20;
    private static final long IMAGE = 0x8020_0000L;
    private static final long IMAGE_END = 0x8030_0000L;

    private final MemoryMap map = new MemoryMap();

    @FuzzTest(maxDuration = "60s")
    void tree(byte[] input) {
        if (input.length < HEADER) {
            return;
        }
        long total = Integer.toUnsignedLong(ByteBuffer.wrap(input).getInt(4));
        long end = AT + (total < HEADER || total > LARGEST ? HEADER : total);
        check(firmware(input, end), () -> new DeviceTree(map).read(AT));
    }

    @FuzzTest(maxDuration = "60s")
    void info(byte[] input) {
        check(firmware(input, REACH), () -> new StartInfo(map).read(AT));
    }

    private static Firmware firmware(byte[] input, long end) {
        byte[] bytes = new byte[(int) Math.min(AT + input.length, end)];
        System.arraycopy(input, 0, bytes, AT, bytes.length - AT);
        return new Firmware(0, bytes, end, REACH);
    }

    private void check(Firmware firmware, java.util.function.Supplier<Integer> decoder) {
        int code = firmware.run(decoder);
        assertTrue(code >= Malformed.OK && code < Malformed.LIMIT, "code " + code);
        if (code != Malformed.OK) {
            return;
        }
        code = map.take(IMAGE, IMAGE_END - IMAGE);
        if (code == Malformed.OK) {
            code = map.finish();
        }
        assertTrue(code >= Malformed.OK && code < Malformed.LIMIT, "code " + code);
        if (code != Malformed.OK) {
            return;
        }
        long bytes = map.free().bytes();
        long frames = map.takePages(Limits.FRAMES);
        long framesEnd = frames + Limits.FRAMES * MemoryMap.PAGE;
        assertTrue(frames < 0 || map.ram().covers(frames, framesEnd), "frames that are no RAM");
        assertTrue(frames < 0 || frames >= MemoryMap.LOW, "frames in the first megabyte");
        assertEquals(bytes, map.free().bytes() + (frames < 0 ? 0 : framesEnd - frames));
        Ranges free = map.free();
        long before = -1;
        for (int i = 0; i < free.count(); i++) {
            long from = free.from(i);
            long to = free.to(i);
            assertTrue(before < from && from < to && to <= MemoryMap.END, "range " + i);
            assertEquals(0, (from | to) % MemoryMap.PAGE, "range " + i);
            assertTrue(map.ram().covers(from, to), "free, but no RAM: " + i);
            assertTrue(to <= IMAGE || IMAGE_END <= from, "the image is free");
            assertTrue(frames < 0 || to <= frames || framesEnd <= from, "frames are free");
            before = to;
        }
    }
}
