package norma.kernel.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;
import norma.abi.Addresses;
import norma.abi.Event;
import norma.conformance.scenario.ScriptException;
import norma.conformance.scenario.ScriptParser;
import norma.kernel.sim.load.ClassEdit;
import norma.user.BadProgram;
import norma.user.Elf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is in a process's pages when a program has been put there, and with which rights; and that
 * nothing has changed if it could not be. The kernel's events are validated, as in every run here;
 * a thread that reaches a page otherwise than it should ends the run with a failure.
 */
class LoaderTest {
    private static final long PAGE = Addresses.PAGE;
    private static final int PAGES = 16;
    private static final int HEADERS = 3;
    private static final int CODE = 64;
    private static final int CONSTANTS = CODE + 56;
    private static final int DATA = CONSTANTS + 56;
    private static final int SIZE = 0x4000;

    private final Simulator simulator = new Simulator(ClassEdit.NONE);

    /** Code in pages 0 and 1, constants in 2, data in 3, and zeroes up to the end of 4. */
    private static ByteBuffer good() {
        ByteBuffer file = TestFiles.program(Elf.X86_64, SIZE, Addresses.WINDOW + 0x1004, HEADERS);
        for (int i = (int) PAGE; i < SIZE; i++) {
            file.put(i, (byte) (i * 31 >> 3));
        }
        TestFiles.segment(file, CODE, 5, 0x1000, Addresses.WINDOW, 0x1800, 0x1800);
        TestFiles.segment(file, CONSTANTS, 4, 0x3000, Addresses.WINDOW + 0x2000, 0x10, 0x10);
        TestFiles.segment(file, DATA, 6, 0x3100, Addresses.WINDOW + 0x3100, 0x10, 0x1f00);
        return file;
    }

    private static long sum(ByteBuffer file, int from, int bytes) {
        CRC32C sum = new CRC32C();
        sum.update(file.slice(from, bytes));
        return sum.getValue();
    }

    private void insert(ByteBuffer program) {
        simulator.insert(TestFiles.archive().file("good", TestFiles.bytes(program)).end());
    }

    private Simulator.Result run(String text, int cpus, long seed) throws ScriptException {
        Scenario scenario =
                new Scenario(
                        "loader",
                        ScriptParser.parse("pages " + PAGES + " frames 24\npriority 5\n" + text),
                        false);
        return simulator.run(scenario, cpus, seed);
    }

    private void passes(String text) throws ScriptException {
        Simulator.Result result = run(text, 1, 0);
        assertNull(result.failure(), text);
    }

    /** After a program has begun, and ended, in its process, a thread of less urgency looks. */
    private void looks(String program) throws ScriptException {
        passes(
                """
                program main
                  map 0 15 write
                  touch 5 write 9
                  touch 0 write 9
                  spawn 1 watcher priority 3
                  exec good 7
                  touch 0 write 1
                program watcher
                """
                        + program
                        + """
                          end
                        bad:
                          attempt 0 read
                        """);
    }

    @Test
    void bytesAreWhereTheProgramWantsThem() throws ScriptException {
        ByteBuffer file = good();
        insert(file);
        long[] expected = {
            sum(file, 0x1000, 0x1000),
            sum(file, 0x2000, 0x800),
            sum(file, 0x3000, 0x10),
            sum(file, 0x3100, 0x10),
            0
        };
        StringBuilder text = new StringBuilder();
        for (int page = 0; page < expected.length; page++) {
            text.append("touch ").append(page).append(" read\n");
            text.append("if word != ").append(expected[page]).append(" goto bad\n");
        }
        // The stack: what begins the program has reached its last page.
        text.append("touch 15 read\nif word != 7 goto bad\ntouch 14 write 1\n");
        text.append("touch 3 write 1\ntouch 4 write 1\n");
        text.append("touch 0 execute\ntouch 1 execute\n");
        looks(text.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "0, write",
        "1, write",
        "2, write",
        "2, execute",
        "3, execute",
        "4, execute",
        "5, read",
        "12, read",
        "13, read",
        "14, execute",
        "15, execute"
    })
    void nothingElseIsAllowed(int page, String access) throws ScriptException {
        insert(good());
        looks("attempt " + page + " " + access + "\ngoto bad\n");
    }

    /** The process goes on as if it had not asked. */
    private void refused(int why, String name) throws ScriptException {
        passes(
                """
                program main
                  map 0 15 write
                  touch 5 write 9
                  exec NAME 7
                  if r0 != INVALID goto bad
                  if r1 != WHY goto bad
                  touch 5 write 10
                  if word != 9 goto bad
                  touch 15 read
                  if word != 0 goto bad
                  end
                bad:
                  receive 1
                  attempt 0 read
                """
                        .replace("NAME", name)
                        .replace("WHY", Integer.toString(why)));
    }

    @Test
    void aProgramThatIsNotThere() throws ScriptException {
        refused(BadProgram.NOT_FOUND, "good");
        insert(good());
        refused(BadProgram.NOT_FOUND, "bad");
    }

    @Test
    void anArchiveThatIsNone() throws ScriptException {
        byte[] archive = TestFiles.archive().file("good", TestFiles.bytes(good())).end();
        simulator.insert(Arrays.copyOf(archive, archive.length - 20));
        refused(BadProgram.ARCHIVE, "bad");
    }

    @Test
    void aProgramOfAnotherMachine() throws ScriptException {
        insert(good().putShort(18, (short) Elf.RISCV));
        refused(BadProgram.MACHINE, "good");
    }

    @Test
    void aProgramBelowTheProcessesPages() throws ScriptException {
        long from = Addresses.WINDOW - 2 * PAGE;
        insert(good().putLong(CODE + 16, from).putLong(24, from));
        refused(BadProgram.PLACE, "good");
    }

    /** Pages of a stack of two, with one below it that nobody has, are not a program's. */
    @ParameterizedTest
    @ValueSource(ints = {PAGES - 3, PAGES - 2, PAGES, 1 << 20})
    void aProgramThatHasNoPlace(int page) throws ScriptException {
        long from = Addresses.WINDOW + page * PAGE + 0x100;
        insert(good().putLong(DATA + 16, from).putLong(DATA + 40, 0x10));
        refused(BadProgram.PLACE, "good");
    }

    @Test
    void aProgramThatIsJustTooLarge() throws ScriptException {
        long most = (PAGES - 3) * PAGE - 0x3100;
        insert(good().putLong(DATA + 40, most));
        looks("touch 12 write 1\ntouch 14 write 1\n");
        insert(good().putLong(DATA + 40, most + 1));
        refused(BadProgram.PLACE, "good");
    }

    /** Another thread of the process takes pages that the program needs; then it says so. */
    @Test
    void pagesThatAreTaken() throws ScriptException {
        insert(good());
        String text =
                """
                program main
                  spawn 1 other priority 5
                  exec good 7
                  if r0 != INVALID goto bad
                  if r1 != WHY goto bad
                  yield
                  end
                bad:
                  receive 1
                program other
                  set r5 12
                again:
                  map 3 3 write
                  loop r5 again
                  end
                """
                        .replace("WHY", Integer.toString(BadProgram.TAKEN));
        int taken = 0;
        int begun = 0;
        for (int seed = 0; seed < 60; seed++) {
            Simulator.Result result = run(text, 2, seed);
            assertNull(result.failure(), "seed " + seed);
            long yields = result.counts().of(Event.YIELD);
            taken += yields > 0 ? 1 : 0;
            begun += yields > 0 ? 0 : 1;
        }
        assertTrue(taken > 0 && begun > 0, taken + " taken, " + begun + " begun");
        assertEquals(60, taken + begun);
    }
}
