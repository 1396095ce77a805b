package norma.conformance.scenario;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import norma.abi.Limits;
import norma.abi.Op;
import norma.abi.Rights;
import norma.conformance.check.Memory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a script says about the address space that its threads live in. */
class PageOperationsTest {
    private static final String HEAD = "pages 8 frames 6\nprogram main\n";

    @Test
    void everyOperationBecomesItsWords() throws ScriptException {
        Script script =
                ScriptParser.parse(
                        HEAD
                                + """
                                map 0 7 execute
                                map r5 3 read
                                unmap 2 2
                                protect 1 r6 write
                                touch 7 read
                                touch 7 write
                                touch r7 write r8
                                touch 0 execute
                                attempt 3 write -1
                                attempt 4 read
                                end
                                """);
        assertEquals(8, script.pages());
        assertEquals(6, script.frames());
        long[][] ops = script.programs().getFirst();
        long[][] expected = {
            {Op.MAP, 0, 7, Rights.EXECUTE},
            {Op.MAP, Op.REGISTER | 5, 3, Rights.READ},
            {Op.UNMAP, 2, 2, 0},
            {Op.PROTECT, 1, Op.REGISTER | 6, Rights.WRITE},
            {Op.TOUCH, 7, Rights.READ, 0},
            {Op.TOUCH, 7, Rights.WRITE, 0},
            {Op.TOUCH, Op.REGISTER | 7, Rights.WRITE, Op.REGISTER | 8},
            {Op.TOUCH, 0, Rights.EXECUTE, 0},
            {Op.ATTEMPT, 3, Rights.WRITE, -1},
            {Op.ATTEMPT, 4, Rights.READ, 0},
            {Op.END, 0, 0, 0},
        };
        assertArrayEquals(expected, ops);
    }

    /** Eight characters a word, from the lowest byte on. */
    @Test
    void theNameOfAProgramIsTwoOperands() throws ScriptException {
        Script script = ScriptParser.parse(HEAD + "exec a\nexec sixteen-letters_ r5\nend");
        long[][] expected = {
            {Op.EXEC, 0, 0x61, 0},
            {Op.EXEC, Op.REGISTER | 5, 0x2d6e656574786973L, 0x5f7372657474656cL},
            {Op.END, 0, 0, 0},
        };
        assertArrayEquals(expected, script.programs().getFirst());
        assertTrue(script.beginsPrograms());
        assertFalse(ScriptParser.parse(HEAD + "end").beginsPrograms());
        assertThrows(ScriptException.class, () -> ScriptParser.parse("program main\nexec a\nend"));
    }

    @Test
    void theMemoryStaysWithTheScript() throws ScriptException {
        Memory memory = new Memory(8, 6);
        Script script = ScriptParser.parse(HEAD + "end");
        assertEquals(memory, script.memory());
        assertEquals(memory, script.sliced(5_000).memory());
        assertEquals(memory, script.recorded(script.recording()).memory());
        assertEquals(memory, script.withLocks().memory());
        Script none = ScriptParser.parse("program main\nend");
        assertEquals(Memory.NONE, none.memory());
        assertEquals(0, none.pages());
        assertEquals(0, none.frames());
        Script most =
                ScriptParser.parse(
                        "pages " + Limits.PAGES + " frames " + Limits.FRAMES + "\nprogram a\nend");
        assertEquals(new Memory(Limits.PAGES, Limits.FRAMES), most.memory());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "map 0 8 read       | 3:7  | expected a page, a register or a number from 0 to 7",
                "map 8 8 read       | 3:5  | expected a page, a register or a number from 0 to 7",
                "map 3 2 read       | 3:7  | expected a page, a register or a number from 3 to 7",
                "map 3 4            | 3:8  | expected read, write or execute",
                "map 3 4 none       | 3:9  | expected read, write or execute, not none",
                "unmap 3 4 read     | 3:11 | unexpected read",
                "unmap 4 3          | 3:9  | expected a page, a register or a number from 4 to 7",
                "protect 1          | 3:10 | expected a page",
                "touch -1 read      | 3:7  | expected a page, a register or a number from 0 to 7",
                "touch 1 read 5     | 3:14 | unexpected 5",
                "touch 1 execute 5  | 3:17 | unexpected 5",
                "attempt 9 read     | 3:9  | expected a page, a register or a number from 0 to 7",
                "exec               | 3:5  | expected a program's name",
                "exec Hello         | 3:6  | a program's name has 1 to 16 of a-z 0-9 . _ -",
                "exec a/b           | 3:6  | a program's name has 1 to 16 of a-z 0-9 . _ -",
                "exec abcdefghijklmnopq | 3:6 | a program's name has 1 to 16 of a-z 0-9 . _ -",
                "exec a b           | 3:8  | expected",
                "exec a 1 2         | 3:10 | unexpected 2",
                "pages 8 frames 6   | 3:1  | pages are said before the first program",
            })
    void errorsSayWhere(String operation, String place, String text) {
        ScriptException e =
                assertThrows(
                        ScriptException.class,
                        () -> ScriptParser.parse(HEAD + operation + "\nend"));
        assertTrue(e.getMessage().contains(text), e.getMessage());
        String expected = "line " + place.replace(":", ", column ") + ": ";
        assertTrue(e.getMessage().startsWith(expected), e.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "pages 0 frames 1, expected a number from 1 to 32",
        "pages 33 frames 1, expected a number from 1 to 32",
        "pages 3, expected \"\"frames\"\"",
        "pages 3 frames 0, expected a number from 1 to 24",
        "pages 3 frames 25, expected a number from 1 to 24",
    })
    void theHeadHasLimits(String head, String text) {
        ScriptException e =
                assertThrows(
                        ScriptException.class,
                        () -> ScriptParser.parse(head + "\nprogram main\nend"));
        assertTrue(
                e.getMessage().contains(text.replace("\"\"", "\"")), e.getMessage() + " / " + text);
    }

    @ParameterizedTest
    @CsvSource({"map 0 0 read", "unmap 0 0", "protect 0 0 read", "touch 0 read", "attempt 0 read"})
    void withoutPagesThereIsNothingToDoThemTo(String operation) {
        ScriptException e =
                assertThrows(
                        ScriptException.class,
                        () -> ScriptParser.parse("program main\n" + operation + "\nend"));
        String name = operation.substring(0, operation.indexOf(' '));
        assertTrue(
                e.getMessage().contains(name + " in a script that has no line pages N frames M"),
                e.getMessage());
    }

    @Test
    void aTourMayHaveThem() throws ScriptException {
        Script script =
                ScriptParser.parse(HEAD + "follow\ntour\nleg 1us 0 0\nat 3 touch 5 write 9\n");
        long[] op = script.tour().getLast();
        assertArrayEquals(new long[] {Op.TOUCH | 3L << Op.SLOT_SHIFT, 5, Rights.WRITE, 9}, op);
    }
}
