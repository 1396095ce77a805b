package norma.conformance.scenario;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import norma.abi.Code;
import norma.abi.Op;
import norma.abi.Record;
import norma.conformance.trace.Recording;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    @Test
    void theRecorderIsLiveUnlessTheScriptSaysOtherwise() throws ScriptException {
        assertEquals(Recording.LIVE, ScriptParser.parse("program a").recording());
        assertEquals(
                new Recording(Recording.Mode.LATER, 4096, 50),
                ScriptParser.parse("checkpoints 50\nrecorder later 4096\nprogram a").recording());
    }

    @Test
    void theBuiltInWorkloadAndTheHelpTextsExampleParse() throws ScriptException {
        assertTrue(Scripts.builtIn("workload", Map.of("CALLS", 5)).programs().size() > 10);
        String help = ScriptHelp.TEXT;
        String example = help.substring(help.indexOf("  program main"));
        assertEquals(3, ScriptParser.parse(example).programs().size());
    }
}
