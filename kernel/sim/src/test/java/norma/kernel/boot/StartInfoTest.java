package norma.kernel.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import norma.kernel.sim.Firmware;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a PVH start info says of memory; and that each field that is wrong is told by name. */
class StartInfoTest {
    private static final long AT = 0x6000;
    private static final long REACH = 1L << 32;
    private static final long MIB = 1L << 20;
    private static final long HIGH = 1L << 32;

    private final MemoryMap map = new MemoryMap();

    /** Start info, one module, and a map of three entries. */
    private static byte[] good() {
        ByteBuffer info = ByteBuffer.allocate(56 + 32 + 3 * 24).order(ByteOrder.LITTLE_ENDIAN);
        info.putInt(0x336ec578).putInt(1).putInt(0).putInt(1);
        info.putLong(AT + 56).putLong(0).putLong(0).putLong(AT + 88).putInt(3).putInt(0);
        info.putLong(16 * MIB).putLong(MIB).putLong(0).putLong(0);
        info.putLong(0).putLong(128 * MIB).putInt(1).putInt(0);
        info.putLong(HIGH).putLong(1024 * MIB).putInt(1).putInt(0);
        info.putLong(64 * MIB).putLong(MIB).putInt(2).putInt(0);
        return info.array();
    }

    private int read(byte[] info) {
        return read(AT, info, REACH);
    }

    private int read(long at, byte[] info, long reach) {
        Firmware firmware = new Firmware(AT, info, AT + info.length, reach);
        return firmware.run(() -> new StartInfo(map).read(at));
    }

    @Test
    void memoryIsWhatIsNeitherReservedNorAModuleNorLow() {
        assertEquals(Malformed.OK, read(good()));
        assertEquals(Malformed.OK, map.finish());
        long[] free = {
            MIB, 16 * MIB, 17 * MIB, 64 * MIB, 65 * MIB, 128 * MIB, HIGH, HIGH + 1024 * MIB
        };
        assertEquals(free.length / 2, map.free().count());
        for (int i = 0; i < free.length / 2; i++) {
            assertEquals(free[2 * i], map.free().from(i));
            assertEquals(free[2 * i + 1], map.free().to(i));
        }
        assertEquals((127 + 1024) * MIB, map.ram().bytes());
        assertTrue(map.ram().covers(0, MIB), "the trampoline's page");
        assertEquals(16 * MIB, map.programsFrom(), "the module");
        assertEquals(MIB, map.programsBytes());
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0x336ec579, 19",
        "4, 0, 20",
        "12, 65, 23",
        "12, 4, 23",
        "16, 0, 23",
        "20, 1, 23",
        "20, 0x80000000, 23",
        "40, 0, 22",
        "44, 1, 22",
        "44, 0xffffffff, 22",
        "48, 0, 21",
        "48, 513, 21",
        "68, 0x80000000, 24",
        "92, 0x80000000, 24",
        "100, 0x80000000, 24",
        "100, 0x100, 24",
    })
    void aWrongWord(int place, String word, int code) {
        byte[] info = good();
        ByteBuffer.wrap(info)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(place, (int) (long) Long.decode(word));
        // What follows the modules is then out of reach, not of the bytes.
        assertEquals(code, read(AT, info, AT + info.length), Malformed.text(code));
    }

    @Test
    void aStartInfoOutOfReach() {
        assertEquals(Malformed.INFO_PLACE, read(0, good(), REACH));
        assertEquals(Malformed.INFO_PLACE, read(-4, good(), REACH));
        assertEquals(Malformed.INFO_PLACE, read(AT, good(), AT + 55));
        assertEquals(Malformed.OK, read(AT, good(), AT + good().length));
    }
}
