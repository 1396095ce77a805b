package norma.cli.gate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Counting, the closing line, and that nothing a gate does is lost or left behind. */
class GateRunnerTest {
    @TempDir Path dir;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    private record Fixed(String name, GateResult result) implements Gate {
        @Override
        public int budgetSeconds() {
            return 7;
        }

        @Override
        public GateResult run(GateContext context, PrintStream out) {
            out.println("inside " + name);
            return result;
        }
    }

    private int run(Gate... gates) {
        return new GateRunner(new GateContext(dir, false, false), out).run(List.of(gates));
    }

    private List<String> lines() {
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void allPass() {
        assertEquals(
                0,
                run(
                        new Fixed("one", new GateResult(10, 0, 0, "")),
                        new Fixed("two", new GateResult(5, 0, 2, ""))));
        assertEquals("15 passed, 0 failed", lines().getLast());
        int announced = lines().indexOf("GATE 1/2 one (budget 7 s)");
        assertTrue(announced >= 0 && announced < lines().indexOf("inside one"), lines()::toString);
    }

    @Test
    void oneFailureFailsAllAndLaterGatesStillRun() {
        assertEquals(
                1,
                run(
                        new Fixed("one", new GateResult(1, 2, 0, "why it failed")),
                        new Fixed("two", new GateResult(5, 0, 0, ""))));
        assertEquals("6 passed, 2 failed", lines().getLast());
        assertTrue(lines().contains("inside two"));
        assertTrue(lines().stream().anyMatch(l -> l.contains("FAILED: why it failed")));
    }

    @Test
    void trustedCasesAreToldAndDoNotCountAsPassed() {
        assertEquals(
                0,
                run(
                        new Fixed("one", new GateResult(10, 0, 0, 130, "")),
                        new Fixed("two", new GateResult(5, 0, 0, ""))));
        assertEquals("15 passed, 0 failed", lines().getLast());
        assertTrue(lines().stream().anyMatch(l -> l.startsWith("130 trusted")), lines()::toString);
    }

    @Test
    void aCommandsTotalsAreThoseOfItsLastLine() {
        long[] totals = {-1, 0, 0, 0};
        CommandGate.note("14 passed, 1 failed, 130 trusted", totals);
        assertArrayEquals(new long[] {14, 1, 0, 130}, totals);
        CommandGate.note("4 passed, 1 failed, 2 inconclusive", totals);
        assertArrayEquals(new long[] {4, 3, 0, 0}, totals);
        CommandGate.note("3 passed, 0 failed, 2 skipped", totals);
        assertArrayEquals(new long[] {3, 0, 2, 0}, totals);
        CommandGate.note("proved 14, trusted 130 of 144 items, 0 failed, 3 s", totals);
        assertArrayEquals(new long[] {3, 0, 2, 0}, totals);
    }

    @Test
    void noGateIsNothingRan() {
        assertEquals(4, run());
    }

    @Test
    void resultsNeverClaimSuccessFalsely() {
        assertTrue(GateResult.of(3, 0, 0, 0, "").ok());
        assertFalse(GateResult.of(0, 0, 0, 0, "").ok());
        assertFalse(GateResult.of(3, 0, 0, 1, "exit code 1").ok());
        assertFalse(GateResult.of(3, 1, 0, 0, "").ok());
    }

    @Test
    void surefireReportsAreSummedIfFreshAndInTarget() throws Exception {
        Instant start = Instant.now().minusSeconds(5);
        report("a/target/surefire-reports/TEST-x.XTest.xml", 5, 1, 1, 1);
        report("b/c/target/surefire-reports/TEST-y.YTest.xml", 7, 0, 0, 0);
        report("b/target/other/surefire-reports/TEST-z.ZTest.xml", 99, 0, 0, 0);
        Path old = report("d/target/surefire-reports/TEST-o.OTest.xml", 50, 50, 0, 0);
        Files.setLastModifiedTime(old, FileTime.from(start.minusSeconds(60)));
        SurefireTotals totals = SurefireTotals.collect(dir, start);
        assertEquals(new SurefireTotals(12, 1, 1, 1), totals);
        assertEquals(9, totals.passed());
        assertEquals(2, totals.failed());
    }

    private Path report(String name, int tests, int failures, int errors, int skipped)
            throws Exception {
        Path file = dir.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(
                file,
                """
                <?xml version="1.0" encoding="UTF-8"?>
                <testsuite tests="%d" failures="%d" errors="%d" skipped="%d"><x/></testsuite>
                """
                        .formatted(tests, failures, errors, skipped));
    }

    @Test
    void childOutputAndExitCodeComeThrough() throws Exception {
        List<String> seen = new ArrayList<>();
        int exit =
                ChildProcess.run(
                        dir, List.of("sh", "-c", "echo a; echo b >&2; exit 5"), 20, seen::add);
        assertEquals(5, exit);
        assertEquals(List.of("a", "b"), seen);
    }

    @Test
    void deadlineKillsTheWholeTree() throws Exception {
        List<String> seen = new ArrayList<>();
        int exit =
                ChildProcess.run(
                        dir, List.of("sh", "-c", "sleep 300 & echo $!; wait"), 1, seen::add);
        assertEquals(ChildProcess.DEADLINE, exit);
        long grandchild = Long.parseLong(seen.getFirst());
        for (int i = 0; i < 100 && ProcessHandle.of(grandchild).isPresent(); i++) {
            Thread.sleep(20);
        }
        assertTrue(ProcessHandle.of(grandchild).isEmpty());
    }
}
