package norma.kernel.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import norma.user.BadProgram;
import norma.user.Elf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a program has, and that each field that is wrong is told by name. */
class ElfTest {
    private static final int TEXT = 64;
    private static final int DATA = TEXT + 56;
    private static final int OTHER = DATA + 56;
    private static final int SIZE = 0x3000;

    /** Code at 0x400000, data behind it that is half zeroes, and a note. */
    private static ByteBuffer program(int machine) {
        ByteBuffer file = TestFiles.program(machine, SIZE, 0x400100, 3);
        TestFiles.segment(file, TEXT, 5, 0x1000, 0x400000, 0x800, 0x800);
        TestFiles.segment(file, DATA, 6, 0x2100, 0x401100, 0x100, 0x4000);
        TestFiles.segment(file, OTHER, 4, 0, 0, 16, 16);
        return file.putInt(OTHER, 4);
    }

    private static int read(ByteBuffer file, int machine) {
        return read(file, machine, file.capacity());
    }

    private static int read(ByteBuffer file, int machine, long size) {
        return world(file, size).run(() -> Elf.check(0, size, machine));
    }

    private static ArchiveWorld world(ByteBuffer file, long size) {
        return new ArchiveWorld(TestFiles.bytes(file), size);
    }

    @ParameterizedTest
    @CsvSource({"62, 0", "243, 0", "243, 1"})
    void aGoodProgram(int machine, int flags) {
        ByteBuffer file = program(machine).putInt(48, flags);
        assertEquals(BadProgram.OK, read(file, machine));
        List<Long> expected = List.of(0x400100L, 3L, 0x400000L, 0x800L, 0x1000L, 0x800L, 5L);
        assertEquals(expected, world(file, SIZE).run(() -> segment(0)));
        expected = List.of(0x400100L, 3L, 0x401100L, 0x4000L, 0x2100L, 0x100L, 6L);
        assertEquals(expected, world(file, SIZE).run(() -> segment(1)));
        assertFalse(world(file, SIZE).run(() -> Elf.loads(0, 2)));
    }

    private static List<Long> segment(int i) {
        assertTrue(Elf.loads(0, i));
        return List.of(
                Elf.entry(0),
                (long) Elf.headers(0),
                Elf.from(0, i),
                Elf.bytes(0, i),
                Elf.offset(0, i),
                Elf.inFile(0, i),
                (long) Elf.rights(0, i));
    }

    /** Of a good program one word of 32 bits is changed: what must be told. */
    @ParameterizedTest
    @CsvSource({
        "0, 0x464c457e, 2",
        "4, 0x00010101, 3",
        "4, 0x00010202, 4",
        "4, 0x00020102, 5",
        "4, 0x03010102, 6",
        "16, 0x003e0003, 7",
        "16, 0x00f30002, 8",
        "20, 2, 5",
        "24, 0x003fffff, 26",
        "24, 0x00400800, 26",
        "24, 0x00401100, 26",
        "28, 0x80000000, 26",
        "32, 65, 13",
        "32, 0x2ff8, 13",
        "36, 1, 13",
        "36, 0x80000000, 13",
        "48, 1, 9",
        "52, 0x00380041, 10",
        "52, 0x00390040, 11",
        "56, 0, 12",
        "56, 33, 12",
        "64, 2, 14",
        "64, 3, 14",
        "64, 7, 15",
        "68, 1, 19",
        "68, 13, 19",
        "68, 7, 20",
        "72, 0x2801, 21",
        "76, 1, 21",
        "76, 0x80000000, 21",
        "80, 0x00000000, 23",
        "80, 0x0000f000, 23",
        "84, 0x00008000, 23",
        "84, 0x80000000, 23",
        "96, 0x801, 22",
        "96, 0x4000, 21",
        "100, 0x80000000, 21",
        "104, 0x7ff, 22",
        "108, 0x80000000, 22",
        "108, 0x00008000, 23",
        "112, 0, 24",
        "112, 0x800, 24",
        "112, 0x3000, 24",
        "112, 0x800000, 24",
        "72, 0x1004, 24",
        "104, 0x1001, 25",
        "136, 0x400100, 25",
        "136, 0x3ff100, 25",
    })
    void aWrongWord(int place, String word, int code) {
        ByteBuffer file = program(Elf.X86_64).putInt(place, (int) (long) Long.decode(word));
        assertEquals(code, read(file, Elf.X86_64), BadProgram.text(code));
    }

    @Test
    void aStackThatIsExecuted() {
        ByteBuffer file = program(Elf.X86_64).putInt(OTHER, 0x6474e551);
        assertEquals(BadProgram.OK, read(file.putInt(OTHER + 4, 6), Elf.X86_64));
        assertEquals(BadProgram.STACK, read(file.putInt(OTHER + 4, 7), Elf.X86_64));
    }

    @Test
    void nothingToLoad() {
        ByteBuffer file = program(Elf.X86_64).putInt(TEXT, 0).putInt(DATA, 0);
        assertEquals(BadProgram.NO_SEGMENT, read(file, Elf.X86_64));
    }

    @Test
    void asFarAsUserModeReaches() {
        ByteBuffer file = program(Elf.X86_64);
        file.putLong(DATA + 16, Elf.USER_TO - 0xf00).putLong(DATA + 40, 0xf00);
        assertEquals(BadProgram.OK, read(file, Elf.X86_64));
        assertEquals(BadProgram.ADDRESS, read(file.putLong(DATA + 40, 0xf01), Elf.X86_64));
        file = program(Elf.X86_64).putLong(TEXT + 16, Elf.USER_FROM);
        assertEquals(BadProgram.OK, read(file.putLong(24, Elf.USER_FROM), Elf.X86_64));
    }

    @Test
    void aFileThatIsTooShort() {
        ByteBuffer file = program(Elf.X86_64);
        assertEquals(BadProgram.SIZE, read(file, Elf.X86_64, 63));
        assertEquals(BadProgram.SIZE, read(file, Elf.X86_64, -1));
        assertEquals(BadProgram.HEADERS_PLACE, read(file, Elf.X86_64, 64));
        assertEquals(BadProgram.FILE_RANGE, read(file, Elf.X86_64, 0x21ff));
        assertEquals(BadProgram.OK, read(file, Elf.X86_64, 0x2200));
    }

    @Test
    void everyCodeHasItsText() {
        Set<String> texts = new HashSet<>();
        for (int code = 1; code < BadProgram.LIMIT; code++) {
            assertTrue(texts.add(BadProgram.text(code)), "twice: " + BadProgram.text(code));
        }
    }
}
