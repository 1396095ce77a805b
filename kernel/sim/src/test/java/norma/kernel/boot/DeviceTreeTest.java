package norma.kernel.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import norma.kernel.sim.Firmware;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a device tree says of memory; and that each field that is wrong is told by name. */
class DeviceTreeTest {
    private static final long AT = 0x8700_0000L;
    private static final long REACH = 1L << 39;
    private static final long GIB = 1L << 30;
    private static final long RAM = 0x8000_0000L;

    private final MemoryMap map = new MemoryMap();

    private int read(byte[] tree) {
        return read(AT, tree, REACH);
    }

    private int read(long at, byte[] tree, long reach) {
        Firmware firmware = new Firmware(at, tree, at + tree.length, reach);
        return firmware.run(() -> new DeviceTree(map).read(at));
    }

    private void free(long... expected) {
        assertEquals(Malformed.OK, map.finish());
        assertEquals(expected.length / 2, map.free().count());
        for (int i = 0; i < expected.length / 2; i++) {
            assertEquals(expected[2 * i], map.free().from(i), "from " + i);
            assertEquals(expected[2 * i + 1], map.free().to(i), "to " + i);
        }
    }

    @Test
    void memoryIsWhatIsNeitherReservedNorTheTree() {
        byte[] tree =
                TreeBytes.root()
                        .reserve(RAM + 0x4000, 0x1000)
                        .memory(RAM, GIB, 0x2_0000_0000L, GIB)
                        .begin("reserved-memory")
                        .words("#address-cells", 2)
                        .words("#size-cells", 2)
                        .property("ranges", new byte[0])
                        .begin("firmware@80000000")
                        .longs("reg", RAM, 0x2000)
                        .property("no-map", new byte[0])
                        .end()
                        .begin("log@80008001")
                        .longs("reg", RAM + 0x8001, 0x10)
                        .end()
                        .begin("pool")
                        .longs("size", 0x10000)
                        .end()
                        .end()
                        .begin("chosen")
                        .longs("linux,initrd-start", RAM + 0x10_0000)
                        .words("linux,initrd-end", 0x8018_0000)
                        .end()
                        .tree();
        assertEquals(Malformed.OK, read(tree));
        assertEquals(RAM + 0x10_0000, map.programsFrom());
        assertEquals(0x8_0000, map.programsBytes());
        free(
                RAM + 0x2000,
                RAM + 0x4000,
                RAM + 0x5000,
                RAM + 0x8000,
                RAM + 0x9000,
                RAM + 0x10_0000,
                RAM + 0x18_0000,
                AT,
                AT + 0x1000,
                RAM + GIB,
                0x2_0000_0000L,
                0x2_0000_0000L + GIB);
        assertEquals(RAM + 0x2000, map.ram().from(0), "what must not be mapped is not RAM");
        assertTrue(map.ram().covers(RAM + 0x2000, RAM + GIB), "what is reserved may be mapped");
    }

    @Test
    void cellsOfOneWord() {
        byte[] tree =
                new TreeBytes()
                        .begin("")
                        .words("#address-cells", 1)
                        .words("#size-cells", 1)
                        .begin("memory")
                        .string("device_type", "memory")
                        .words("reg", 0x8000_0000, 0x1000_0000, 0xa000_0000, 0x1000)
                        .end()
                        .tree();
        assertEquals(Malformed.OK, read(tree));
        assertEquals(0x1000_1000, map.ram().bytes());
    }

    @Test
    void cellsThatNobodySaysAreTwoAndOne() {
        byte[] tree =
                new TreeBytes()
                        .begin("")
                        .begin("memory@0")
                        .string("device_type", "memory")
                        .words("reg", 2, 0, 0x1000)
                        .end()
                        .tree();
        assertEquals(Malformed.OK, read(tree));
        assertTrue(map.ram().covers(0x2_0000_0000L, 0x2_0000_1000L));
        assertEquals(0x1000, map.ram().bytes());
    }

    @Test
    void onlyMemoryIsMemory() {
        byte[] tree =
                TreeBytes.root()
                        .memory(RAM, 0x1000)
                        .begin("memory-controller@0")
                        .string("device_type", "memory")
                        .longs("reg", RAM + GIB, GIB)
                        .end()
                        .begin("memory@1")
                        .string("device_type", "flash")
                        .longs("reg", RAM + GIB, GIB)
                        .end()
                        .begin("bus")
                        .begin("memory@2")
                        .string("device_type", "memory")
                        .longs("reg", RAM + GIB, GIB)
                        .end()
                        .end()
                        .token(4)
                        .tree();
        assertEquals(Malformed.OK, read(tree));
        assertEquals(0x1000, map.ram().bytes());
    }

    /** Of a good tree one word is changed; which place and to what, and what must be told. */
    @ParameterizedTest
    @CsvSource({
        "0, 0xd00dfeee, 2",
        "4, 39, 3",
        "4, 0x1000001, 3",
        "4, 0xffffffff, 3",
        "8, 42, 5",
        "8, 36, 5",
        "8, 0x10000, 5",
        "36, 0xfffffff0, 5",
        "12, 36, 6",
        "12, 0x10000, 6",
        "32, 0xffffffff, 6",
        "16, 44, 7",
        "16, 32, 7",
        "16, 0x7ffffff8, 7",
        "20, 16, 4",
        "24, 18, 4",
    })
    void aWrongHeader(int place, String word, int code) {
        byte[] tree = TreeBytes.root().memory(RAM, GIB).tree();
        ByteBuffer.wrap(tree).putInt(place, (int) (long) Long.decode(word));
        assertEquals(code, read(tree), Malformed.text(code));
    }

    /** Blocks that begin in the tree and end a byte behind it. */
    @ParameterizedTest
    @CsvSource({"8, 36, 5", "12, 32, 6"})
    void aBlockThatEndsBehindTheTree(int placeAt, int sizeAt, int code) {
        byte[] tree = TreeBytes.root().memory(RAM, GIB).tree();
        ByteBuffer bytes = ByteBuffer.wrap(tree);
        bytes.putInt(sizeAt, tree.length - bytes.getInt(placeAt) + 1);
        assertEquals(code, read(tree), Malformed.text(code));
    }

    @Test
    void aTreeOutOfReach() {
        byte[] tree = TreeBytes.root().memory(RAM, GIB).tree();
        assertEquals(Malformed.TREE_PLACE, read(AT + 4, tree, REACH));
        assertEquals(Malformed.TREE_PLACE, read(AT, tree, AT));
        assertEquals(Malformed.TREE_PLACE, read(AT, tree, AT + 39));
        assertEquals(Malformed.TREE_PLACE, read(-8, tree, REACH));
        assertEquals(Malformed.TREE_TOTAL_SIZE, read(AT, tree, AT + tree.length - 1));
        assertEquals(Malformed.OK, read(AT, tree, AT + tree.length));
    }

    @Test
    void reservationsWithoutEnd() {
        byte[] tree = TreeBytes.root().reserve(RAM, 1).memory(RAM, GIB).tree();
        ByteBuffer bytes = ByteBuffer.wrap(tree);
        for (int at = 40; at + 4 <= tree.length; at += 4) {
            bytes.putInt(at, 1);
        }
        bytes.putInt(4, 40 + 16 * 3);
        bytes.putInt(8, 40).putInt(12, 40).putInt(32, 4).putInt(36, 4);
        assertEquals(Malformed.TREE_RESERVATIONS, read(tree));
    }

    private void wrong(int code, Consumer<TreeBytes> more) {
        TreeBytes tree = TreeBytes.root().memory(RAM, GIB);
        more.accept(tree);
        assertEquals(code, read(tree.bytes()), Malformed.text(code));
    }

    @Test
    void aWrongStructure() {
        wrong(Malformed.TREE_TOKEN, t -> t.token(5));
        wrong(Malformed.TREE_DEPTH, t -> t.end().end());
        wrong(Malformed.TREE_DEPTH, t -> t.end().begin(""));
        wrong(
                Malformed.TREE_DEPTH,
                t -> {
                    for (int i = 0; i < 32; i++) {
                        t.begin("n");
                    }
                });
        wrong(Malformed.TREE_NODE_NAME, t -> t.token(1).token(0x61616161));
        wrong(Malformed.TREE_PROPERTY, t -> t.token(3).token(0));
        wrong(Malformed.TREE_PROPERTY, t -> t.token(3).token(1).token(0));
        wrong(Malformed.TREE_PROPERTY, t -> t.token(3).token(-1).token(0));
        wrong(Malformed.TREE_PROPERTY_NAME, t -> t.begin("n").token(3).token(0).token(1000));
        wrong(Malformed.TREE_PROPERTY_NAME, t -> t.begin("n").token(3).token(0).token(-1));
        wrong(Malformed.TREE_PROPERTY_PLACE, t -> t.words("late", 1));
        wrong(Malformed.TREE_PROPERTY_PLACE, t -> t.end().words("late", 1));
        wrong(Malformed.TREE_END, t -> t.token(9));
        wrong(Malformed.TREE_END, t -> t.end());
        assertEquals(Malformed.TREE_END, read(new TreeBytes().token(9).bytes()));
        assertEquals(Malformed.TREE_END, read(new TreeBytes().bytes()));
    }

    @Test
    void aNameOfAPropertyThatDoesNotEnd() {
        byte[] tree = TreeBytes.root().memory(RAM, GIB).tree();
        tree[tree.length - 1] = 'x';
        assertEquals(Malformed.TREE_PROPERTY_NAME, read(tree));
    }

    private void wrongCells(byte[] value) {
        byte[] tree = new TreeBytes().begin("").property("#size-cells", value).tree();
        assertEquals(Malformed.TREE_CELLS, read(tree));
    }

    @Test
    void wrongCells() {
        wrongCells(new byte[] {0, 0, 0, 0});
        wrongCells(new byte[] {0, 0, 0, 3});
        wrongCells(new byte[] {0, 0, 0, 1, 0});
        wrong(Malformed.TREE_CELLS, t -> t.begin("reserved-memory").words("#address-cells", 3));
    }

    private static TreeBytes memory() {
        return TreeBytes.root().begin("memory").string("device_type", "memory");
    }

    @Test
    void aWrongReg() {
        assertEquals(Malformed.TREE_REG, read(memory().end().tree()));
        assertEquals(Malformed.TREE_REG, read(memory().words("reg", 1, 2, 3).end().tree()));
        assertEquals(Malformed.RANGE, read(memory().longs("reg", -1, 2).end().tree()));
        assertEquals(Malformed.RANGE, read(memory().longs("reg", 1, -1).end().tree()));
        assertEquals(Malformed.RANGE, read(memory().longs("reg", 1, 1L << 40).end().tree()));
        assertEquals(Malformed.OK, read(memory().longs("reg", 1L << 39, 1L << 39).end().tree()));
        wrong(
                Malformed.TREE_REG,
                t -> t.begin("reserved-memory").begin("a").words("reg", 1, 2).end());
        wrong(Malformed.RANGE, t -> t.reserve(1, -1).end().token(9));
    }

    @Test
    void aWrongInitrd() {
        wrong(Malformed.TREE_INITRD, t -> t.begin("chosen").words("linux,initrd-end", 1, 2, 3));
        wrong(Malformed.TREE_INITRD, t -> t.begin("chosen").longs("linux,initrd-start", -2));
        wrong(
                Malformed.TREE_INITRD,
                t -> t.begin("chosen").longs("linux,initrd-start", 8).end().end().token(9));
        wrong(
                Malformed.TREE_INITRD,
                t -> t.begin("chosen").longs("linux,initrd-end", 8).end().end().token(9));
        wrong(
                Malformed.TREE_INITRD,
                t ->
                        t.begin("chosen")
                                .longs("linux,initrd-start", 8)
                                .longs("linux,initrd-end", 7)
                                .end()
                                .end()
                                .token(9));
    }

    @Test
    void moreThanThereIsRoomFor() {
        TreeBytes ram = TreeBytes.root();
        for (int i = 0; i <= norma.abi.Limits.RAM_RANGES; i++) {
            ram.memory(RAM + i * 0x10000L, 0x1000);
        }
        assertEquals(Malformed.RAM_RANGES, read(ram.tree()));
        TreeBytes reserved = TreeBytes.root();
        for (int i = 0; i <= norma.abi.Limits.RESERVED_RANGES; i++) {
            reserved.reserve(RAM + i * 0x10000L, 0x1000);
        }
        assertEquals(Malformed.RESERVED_RANGES, read(reserved.tree()));
    }
}
