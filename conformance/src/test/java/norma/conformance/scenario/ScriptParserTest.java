package norma.conformance.scenario;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import norma.abi.Code;
import norma.abi.Forbidden;
import norma.abi.Limits;
import norma.abi.Op;
import norma.abi.Record;
import norma.conformance.trace.Recording;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The script language: what it means, and where it says that an error is. */
class ScriptParserTest {
    private static final long R0 = Op.REGISTER;

    @Test
    void everyOperationBecomesItsWords() throws ScriptException {
        Script script =
                ScriptParser.parse(
                        """
                        slice 50us
                        priority 6
                        program main        # comment
                        top:
                          set r5 -3
                          spawn 7 other priority 2 serves 4
                          spawn r6 other priority 1
                          call 4 word timeout 2ms
                          if code != DEAD goto top
                          loop r5 top
                          end
                        program other
                          reply 4 tag 0x10
                          raw 99 1
                          fault
                          fault write-code
                        """);
        assertEquals(50_000, script.slice());
        assertEquals(6, script.firstPriority());
        assertEquals(List.of("main", "other"), script.names());
        long[][] main = script.programs().get(0);
        assertArrayEquals(new long[] {Op.SET, R0 | 5, -3, 0}, main[0]);
        assertArrayEquals(new long[] {Op.SPAWN, 7, 1 | 2 << 16, 4}, main[1]);
        assertArrayEquals(new long[] {Op.SPAWN, R0 | 6, 1 | 1 << 16, Record.NONE}, main[2]);
        assertArrayEquals(new long[] {Op.CALL, 4, R0 | 3, 2_000_000}, main[3]);
        assertArrayEquals(new long[] {Op.IF_DIFFERENT, R0, Code.DEAD, 0}, main[4]);
        assertArrayEquals(new long[] {Op.LOOP, R0 | 5, 0, 0}, main[5]);
        long[][] other = script.programs().get(1);
        assertArrayEquals(new long[] {Op.REPLY, 4, R0 | 1, 16}, other[0]);
        assertArrayEquals(new long[] {Op.RAW, 99, 1, 0}, other[1]);
        assertArrayEquals(new long[] {Op.FORBIDDEN, Forbidden.INSTRUCTION, 0, 0}, other[2]);
        assertArrayEquals(new long[] {Op.FORBIDDEN, Forbidden.WRITE_CODE, 0, 0}, other[3]);
    }

    @ParameterizedTest
    @CsvSource({
        "'program a\n  cal 1 2', 2, 3, 'unknown operation cal'",
        "'program a\n  call 1', 2, 9, 'expected a number'",
        "'program a\n  set 5 1', 2, 7, 'expected a register'",
        "'program a\n  goto out', 2, 8, 'no label out'",
        "'program a\n  spawn 1 b priority 1', 2, 11, 'no program b'",
        "'program a\n  spawn 1 a priority 8', 2, 22, 'from 0 to 7'",
        "'program a\nprogram a', 2, 9, 'defined twice'",
        "'end', 1, 1, 'before the first program'",
        "'program a\n  sleep 5', 2, 9, 'expected a time'",
        "'program a\n  yield now', 2, 9, 'unexpected now'",
        "'program a\n  fault of mine', 2, 9, 'expected one of instruction, read-kernel'",
        "'program a\n  if r1 = 2 goto x', 2, 9, 'expected == or !='",
        "'recorder live 1024', 1, 10, 'expected overwrite or later'",
        "'recorder overwrite 512', 1, 20, 'from 1024 to'",
        "'recorder later 3000', 1, 16, 'a power of two'",
        "'checkpoints 0', 1, 13, 'from 1 to'",
        "'locks\nrecorder overwrite 1024\nprogram a\n  end', 4, 1, 'lock events'",
        "'', 1, 1, 'at least one program'",
    })
    void errorsNameLineAndColumn(String text, int line, int column, String message) {
        ScriptException error = assertThrows(ScriptException.class, () -> ScriptParser.parse(text));
        String expected = "line " + line + ", column " + column + ": ";
        assertTrue(error.getMessage().startsWith(expected), error.getMessage());
        assertTrue(error.getMessage().contains(message), error.getMessage());
    }

    /** Every operand that is a number: {@code #} stands for it, its unit follows. */
    static Stream<Arguments> operands() {
        long time = Op.REGISTER - 1;
        return Stream.of(
                operand("priority #", 0, Limits.PRIORITIES - 1),
                operand("slice #ns", 1_000, time),
                operand("events # calls 1", 1, 1 << 22),
                operand("events 1 calls #", 1, 1 << 17),
                operand("checkpoints #", 1, 1 << 22),
                operand("recorder overwrite #", 1 << 10, 1 << 22),
                operand("recorder later #", 1 << 10, 1 << 22),
                operand("random r5 #", 1, 1L << 31),
                operand("spawn # a priority 1", 0, Limits.THREADS - 1),
                operand("spawn 1 a priority #", 0, Limits.PRIORITIES - 1),
                operand("spawn 1 a priority 1 serves #", 0, Limits.CHANNELS - 1),
                operand("call # 0", 0, Limits.CHANNELS - 1),
                operand("call 0 0 timeout #ns", 1, time),
                operand("receive #", 0, Limits.CHANNELS - 1),
                operand("reply # 0 0", 0, Limits.CHANNELS - 1),
                operand("reply 0 # 0", 0, Limits.TAGS - 1),
                operand("cancel #", 0, Limits.THREADS - 1),
                operand("restart #", 0, Limits.CHANNELS - 1),
                operand("sleep #ns", 0, time),
                operand("spin #", 0, time),
                operand("raw #", Integer.MIN_VALUE, Integer.MAX_VALUE),
                operand("set r5 #", Long.MIN_VALUE, Long.MAX_VALUE),
                operand("add r5 #", Long.MIN_VALUE, Long.MAX_VALUE),
                operand("if # == r5 goto x", Long.MIN_VALUE, Long.MAX_VALUE),
                operand("if r5 != # goto x", Long.MIN_VALUE, Long.MAX_VALUE),
                operand("call 0 #", Long.MIN_VALUE, Long.MAX_VALUE),
                operand("reply 0 0 #", Long.MIN_VALUE, Long.MAX_VALUE),
                operand("raw 77 #", Long.MIN_VALUE, Long.MAX_VALUE),
                operand("raw 77 1 #", Long.MIN_VALUE, Long.MAX_VALUE));
    }

    private static Arguments operand(String statement, long low, long high) {
        return Arguments.of(statement, low, high);
    }

    private static void parse(String statement, Object number) throws ScriptException {
        String line = statement.replace("#", number.toString());
        boolean head = line.matches("(priority|slice|events|checkpoints|recorder) .*");
        ScriptParser.parse(head ? line + "\nprogram a" : "program a\nx:\n" + line);
    }

    @ParameterizedTest
    @MethodSource("operands")
    void everyNumberHasItsRange(String statement, long low, long high) throws ScriptException {
        BigInteger one = BigInteger.ONE;
        parse(statement, low);
        parse(statement, high);
        List<BigInteger> outside =
                List.of(
                        BigInteger.valueOf(low).subtract(one),
                        BigInteger.valueOf(high).add(one),
                        one.shiftLeft(64).add(BigInteger.valueOf(low).max(one)),
                        one.shiftLeft(32)
                                .multiply(BigInteger.valueOf(high))
                                .max(one.shiftLeft(99)));
        boolean head = statement.matches("(priority|slice|events|checkpoints|recorder) .*");
        String place =
                "line "
                        + (head ? 1 : 3)
                        + ", column "
                        + (statement.indexOf('#') + 1)
                        + ": expected ";
        for (BigInteger number : outside) {
            ScriptException e =
                    assertThrows(
                            ScriptException.class, () -> parse(statement, number), "" + number);
            String message = e.getMessage();
            assertTrue(message.startsWith(place), message);
            boolean negativeTime = statement.contains("#ns") && number.signum() < 0;
            assertTrue(negativeTime || message.contains(" from " + low + " to " + high), message);
            assertTrue(message.contains("not " + number), message);
        }
    }

    @ParameterizedTest
    @MethodSource("operands")
    void theHelpTextStatesTheRange(String statement, long low, long high) {
        boolean said =
                high == Long.MAX_VALUE
                        ? ScriptHelp.TEXT.contains("a number of 64 bits")
                        : ScriptHelp.TEXT.matches("(?s).*(\\.\\.|at most )" + high + "\\b.*");
        assertTrue(said, statement + " to " + high);
        assertTrue(low == 0 || high == Long.MAX_VALUE || ScriptHelp.TEXT.contains("" + low));
        assertFalse(ScriptHelp.TEXT.contains("{"), "a number not filled in");
    }

    @Test
    void aRegisterMayHoldWhatALiteralMayNot() throws ScriptException {
        ScriptParser.parse(
                """
                program a
                  call r5 0 timeout r6
                  spawn r5 a priority 1 serves r6
                  reply caller tag word
                  cancel self
                  spin r5
                  random r5 r6
                """);
        for (String slice : List.of("r5", "code", "OK")) {
            assertThrows(ScriptException.class, () -> parse("slice #", slice));
        }
    }

    @Test
    void numbersAreDecimalOrHexadecimal() throws ScriptException {
        Script script = ScriptParser.parse("program a\n call 0 010 timeout 010us\n call 0 -0xa");
        assertArrayEquals(new long[] {Op.CALL, 0, 10, 10_000}, script.programs().get(0)[0]);
        assertArrayEquals(new long[] {Op.CALL, 0, -10, 0}, script.programs().get(0)[1]);
        for (String word : List.of("0x", "--1", "1e3", "\u0663", "OK", "#1")) {
            assertThrows(ScriptException.class, () -> parse("receive #", word), word);
        }
    }

    @Test
    void anErrorInAFileIsSaidAsCompilersDo() {
        ScriptException e =
                assertThrows(
                        ScriptException.class, () -> ScriptParser.parse("program a\n  call 99 0"));
        assertEquals(
                "w/a.script:2:8: expected a channel, a register or a number from 0 to 15, not 99",
                e.in(Path.of("w/a.script")));
    }

    @Test
    void theRecorderIsLiveUnlessTheScriptSaysOtherwise() throws ScriptException {
        assertEquals(Recording.LIVE, ScriptParser.parse("program a").recording());
        assertEquals(
                new Recording(Recording.Mode.LATER, 4096, 50),
                ScriptParser.parse("checkpoints 50\nrecorder later 4096\nprogram a").recording());
    }

    @Test
    void theBuiltInWorkloadAndTheHelpTextsExampleParse() throws ScriptException {
        assertEquals(
                20_000_000_000L,
                ScriptParser.parse(
                                "program a\n  sleep 20s\n  sleep r5\n  call 0 1 timeout 30s\n  end\n")
                        .longestSleep());
        assertTrue(Scripts.builtIn("workload", Map.of("CALLS", 5)).programs().size() > 10);
        String help = ScriptHelp.TEXT;
        String example = help.substring(help.indexOf("  program main"));
        assertEquals(3, ScriptParser.parse(example).programs().size());
    }

    @Test
    void aTourIsLegsOfOperationsForSlots() throws ScriptException {
        Script script =
                ScriptParser.parse(
                        """
                        program main
                          nextleg r5 r6 r7
                          beginleg
                          restarted r8
                          follow
                        tour
                        leg 10us 1 20
                        at 0 call 3 7
                        at 1 spawn 2 main priority 1 serves 0
                        leg 1ns 0 0
                        """);
        long[][] main = script.programs().getFirst();
        assertArrayEquals(new long[] {Op.NEXT_LEG, R0 | 5, R0 | 6, R0 | 7}, main[0]);
        assertArrayEquals(new long[] {Op.BEGIN_LEG, 0, 0, 0}, main[1]);
        assertArrayEquals(new long[] {Op.RESTARTED, R0 | 8, 0, 0}, main[2]);
        assertArrayEquals(new long[] {Op.FOLLOW, 0, 0, 0}, main[3]);
        List<long[]> tour = script.tour();
        assertEquals(4, tour.size());
        assertArrayEquals(new long[] {2, 20, 10_000, 1}, tour.get(0));
        assertArrayEquals(new long[] {Op.CALL, 3, 7, 0}, tour.get(1));
        assertArrayEquals(new long[] {Op.SPAWN | 1 << Op.SLOT_SHIFT, 2, 1 << 16, 0}, tour.get(2));
        assertArrayEquals(new long[] {0, 0, 1, 0}, tour.get(3));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "at 0 yield | an operation before the first leg",
                "yield | in a tour, expected leg or at, not yield",
                "program b | in a tour, expected leg or at, not program",
                "leg 0us 0 0 | expected nanoseconds from 1",
                "leg 1us 0 | expected a number",
                "leg 1us 0 -1 | expected a number from 0",
                "leg 1us 0 0;at 64 yield | expected a number from 0 to 63",
                "leg 1us 0 0;at 0 goto x | no goto in a tour",
                "leg 1us 0 0;at 0 follow | no follow in a tour",
                "leg 1us 0 0;at 0 spawn 1 b priority 1 | no program b",
                "leg 1us 0 0;at 0 | expected an operation"
            })
    void whatIsWrongInATourIsSaid(String lines, String message) {
        String text = "program a\ntour\n" + lines.replace(';', '\n');
        ScriptException e = assertThrows(ScriptException.class, () -> ScriptParser.parse(text));
        assertTrue(String.valueOf(e.getMessage()).contains(message), e.getMessage());
    }
}
