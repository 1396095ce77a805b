package norma.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import norma.conformance.job.Verdicts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Exit codes and where texts go: help to standard output, every usage error to standard error. */
class MainTest {
    @TempDir Path dir;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int norma(String... args) {
        CommandLine line = Main.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(args);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "run --help",
                "check --help",
                "conform --help",
                "validate --help",
                "test --help",
                "image --help",
                "bench --help"
            })
    void helpGoesToStandardOutput(String args) {
        assertEquals(Verdicts.PASS, norma(args.split(" ")));
        assertTrue(out.toString().startsWith("Usage: norma"), out::toString);
        assertEquals("", err.toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    --bogus                 | --bogus
                    frobnicate              | frobnicate
                    run --bogus             | --bogus
                    run --arch mips         | unknown architecture 'mips'
                    run --arch RISCV64      | unknown architecture 'RISCV64'
                    run --accel turbo       | unknown way to run 'turbo'
                    run --cpus many         | many
                    run --seed              | --seed
                    conform --seeds 0       | --seeds must be
                    conform --cpus 5        | --cpus must be 1 to 4
                    conform --mutant-classes /no/such | no such folder
                    conform --mutant no-such-bug | unknown mutant 'no-such-bug' (one of: lock-no-wait,
                    conform --json /no/such/report    | cannot write
                    bench --json /no/such/report      | --json: cannot write
                    bench --arch arm        | unknown architecture 'arm'
                    validate                | FILE
                    validate /no/such/trace | cannot read the trace
                    validate a b            | b
                    test --quick --full     | mutually exclusive
                    image --arch arm        | unknown architecture 'arm'
                    """)
    void usageErrors(String args, String message) {
        assertEquals(Verdicts.USAGE, norma(args.split(" ")));
        assertTrue(err.toString().contains(message), err::toString);
        assertTrue(err.toString().contains("Usage: norma"), err::toString);
        assertEquals("", out.toString());
    }

    @Test
    void noCommandIsAUsageError() {
        assertEquals(Verdicts.USAGE, norma());
        assertTrue(err.toString().contains("missing command"), err::toString);
    }

    @Test
    void nearMissesAreSuggested() {
        assertEquals(Verdicts.USAGE, norma("conforn"));
        assertTrue(err.toString().contains("conform"), err::toString);
    }

    @Test
    void everyCommandDescribesEveryOption() {
        for (CommandLine command : Main.commandLine().getSubcommands().values()) {
            assertTrue(command.getCommandSpec().usageMessage().description().length > 0);
            command.getCommandSpec()
                    .options()
                    .forEach(o ->
                            assertFalse(
                                    o.description().length == 0,
                                    () -> command.getCommandName() + " " + o.longestName()));
        }
    }
}
