package norma.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import norma.abi.Event;
import org.junit.jupiter.api.Test;

/** The arithmetic and the parsing of the benchmarks; nothing is timed and nothing is run. */
class FiguresTest {
    private static final long TEXT = 0x1000;

    @Test
    void medianAndLeast() {
        assertEquals(2, Statistics.median(3, 1, 2));
        assertEquals(2.5, Statistics.median(4, 1, 2, 3));
        assertEquals(1, Statistics.least(3, 1, 2));
        assertThrows(IllegalArgumentException.class, Statistics::median);
    }

    @Test
    void targetsAreBoundsOnTheRightSide() {
        assertTrue(Figure.count("k", "t", 121, "u", 120).misses());
        assertFalse(Figure.count("k", "t", 120, "u", 120).misses());
        assertFalse(Figure.count("k", "t", 1e9, "u", Double.NaN).misses());
        assertTrue(Figure.timed("k", "t", 9, "u", 10, Figure.Better.MORE).misses());
        assertFalse(Figure.fact("k", "t", 9, "u").misses());
    }

    @Test
    void onlyExactFiguresRegressAndOnlyBeyondTheTolerance() {
        assertTrue(Figure.count("k", "t", 104, "u", Double.NaN).worseThan(100));
        assertFalse(Figure.count("k", "t", 103, "u", Double.NaN).worseThan(100));
        assertFalse(Figure.count("k", "t", 50, "u", Double.NaN).worseThan(100));
        assertFalse(
                Figure.timed("k", "t", 200, "u", Double.NaN, Figure.Better.LESS).worseThan(100));
    }

    @Test
    void numbersArePrintedForPeople() {
        assertEquals("3,512", Figure.number(3512));
        assertEquals("12.50", Figure.number(12.5));
        assertEquals("7", Figure.number(7));
        assertEquals("-", Figure.number(Double.NaN));
    }

    @Test
    void jsonIsItsOwnBaseline() {
        List<Figure> before = List.of(Figure.count("a.b", "t", 100, "u", 120));
        String json = Report.json("riscv64", before);
        assertTrue(Report.regressions("riscv64", before, json).isEmpty());
        List<Figure> after = List.of(Figure.count("a.b", "t", 104, "u", 120));
        assertEquals(1, Report.regressions("riscv64", after, json).size());
        assertTrue(Report.regressions("x86_64", after, json).isEmpty());
    }

    @Test
    void tracesAreComparedWithoutWhatBelongsToCheckpoints() {
        long[] event = {Event.YIELD | 2 << 16, 0, 0, 0, 0, 0, 0, 0};
        long[] both = new long[24];
        both[0] = Event.MARK;
        System.arraycopy(event, 0, both, 8, 8);
        both[16] = Event.SNAPSHOT;
        Trace trace = new Trace(both);
        assertTrue(trace.same(new Trace(event)));
        assertEquals(1, trace.events());
        assertEquals(1, trace.events(Event.YIELD));
        assertEquals(2, trace.touched());
    }

    @Test
    void everyWorkloadParses() {
        for (Workload workload : Workload.ALL) {
            assertFalse(workload.script(3).programs().isEmpty(), workload.key());
        }
    }

    @Test
    void symbolsOwnTheAddressesUpToTheNext() throws IOException {
        ElfFile elf = ElfFile.parse(elf());
        assertEquals("norma_trap", elf.symbol(TEXT));
        assertEquals("norma_trap", elf.symbol(TEXT + 15));
        assertEquals("norma_user_main", elf.symbol(TEXT + 16));
        assertEquals("", elf.symbol(TEXT + 32), "beyond the section");
        assertEquals(TEXT + 16, elf.address("norma_user_main"));
        assertEquals(32, elf.bytes(".text"));
        assertThrows(IOException.class, () -> elf.address("nothing"));
        assertThrows(IOException.class, () -> ElfFile.parse(new byte[100]));
    }

    @Test
    void profileTellsKernelUserAndFirmwareApart() throws IOException {
        ElfFile elf = ElfFile.parse(elf());
        ByteBuffer table = ByteBuffer.allocate(Profile.HEADER + 8 * Profile.ENTRY);
        table.order(ByteOrder.LITTLE_ENDIAN);
        table.putLong(0, Profile.MAGIC);
        entry(table, 0, TEXT, 10, 4);
        entry(table, 3, TEXT + 4, 9, 4);
        entry(table, 4, TEXT + 16, 7, 1);
        entry(table, 7, 0x80, 100, 100);
        Profile profile = Profile.parse(table, elf);
        assertEquals(19, profile.kernel());
        assertEquals(7, profile.user());
        assertEquals(10, profile.entered("norma_trap"));
        assertEquals(19, profile.in("norma_trap"));
        assertEquals(8, profile.kernelLatched());
        assertEquals(109, profile.allLatched());
    }

    @Test
    void incompleteProfilesAreRefused() throws IOException {
        ElfFile elf = ElfFile.parse(elf());
        ByteBuffer table = ByteBuffer.allocate(Profile.HEADER).order(ByteOrder.LITTLE_ENDIAN);
        assertThrows(IOException.class, () -> Profile.parse(table, elf));
        table.putLong(0, Profile.MAGIC).putLong(8, 1);
        assertThrows(IOException.class, () -> Profile.parse(table, elf));
    }

    @Test
    void usageErrorsRunNothing() {
        for (String[] arguments :
                new String[][] {
                    {},
                    {"--root"},
                    {"--root", ".", "--arch", "vax"},
                    {"--root", ".", "--arch", "riscv64", "--only", "speed"},
                    {"--what", "x"}
                }) {
            StringWriter err = new StringWriter();
            int code =
                    new BenchTool()
                            .run(
                                    new PrintWriter(new StringWriter()),
                                    new PrintWriter(err, true),
                                    arguments);
            assertEquals(2, code);
            assertTrue(err.toString().startsWith("norma-bench: "));
        }
    }

    private static void entry(ByteBuffer table, int slot, long address, long count, long latched) {
        int at = Profile.HEADER + slot * Profile.ENTRY;
        table.putLong(at, address).putLong(at + 8, count).putLong(at + 16, latched);
    }

    /** Sections: nothing, .text, .symtab, .strtab, .shstrtab; two symbols and a local label. */
    private static byte[] elf() {
        String names = "\0.text\0.symtab\0.strtab\0.shstrtab\0";
        String strings = "\0norma_trap\0norma_user_main\0.Ltmp0\0";
        int symbolsAt = 512;
        int stringsAt = 640;
        int namesAt = 768;
        ByteBuffer b = ByteBuffer.allocate(1024).order(ByteOrder.LITTLE_ENDIAN);
        b.putInt(0, 0x464C457F).put(4, (byte) 2);
        b.putLong(40, 64).putShort(60, (short) 5).putShort(62, (short) 4);
        section(b, 1, names.indexOf(".text"), 1, TEXT, 0, 32);
        section(b, 2, names.indexOf(".symtab"), 2, 0, symbolsAt, 4 * 24);
        section(b, 3, names.indexOf(".strtab"), 3, 0, stringsAt, strings.length());
        section(b, 4, names.indexOf(".shstrtab"), 3, 0, namesAt, names.length());
        symbol(b, symbolsAt + 24, strings.indexOf("norma_trap"), TEXT);
        symbol(b, symbolsAt + 48, strings.indexOf("norma_user_main"), TEXT + 16);
        symbol(b, symbolsAt + 72, strings.indexOf(".Ltmp0"), TEXT + 8);
        b.put(stringsAt, strings.getBytes(StandardCharsets.ISO_8859_1));
        b.put(namesAt, names.getBytes(StandardCharsets.ISO_8859_1));
        return b.array();
    }

    private static void section(
            ByteBuffer b, int number, int name, int type, long address, long offset, long bytes) {
        int at = 64 + number * 64;
        b.putInt(at, name).putInt(at + 4, type);
        b.putLong(at + 16, address).putLong(at + 24, offset).putLong(at + 32, bytes);
    }

    private static void symbol(ByteBuffer b, int at, int name, long value) {
        b.putInt(at, name).putShort(at + 6, (short) 1).putLong(at + 8, value);
    }
}
