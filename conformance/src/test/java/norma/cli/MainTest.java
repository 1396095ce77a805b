package norma.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import norma.conformance.job.Images;
import norma.conformance.job.Verdicts;
import norma.conformance.machine.Arch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

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
                    force --arch mips       | unknown architecture 'mips'
                    force --overlay src     | --overlay: no class file in src
                    force --replay x --ways 3 | --replay goes without --ways
                    force --mutants --seed 3  | --mutants goes without --seed
                    tour --kernel-classes src | --kernel-classes: no class file in src
                    explore --list --all      | --list goes without --all
                    explore --replay x --scenario y --most 9 | --replay goes without --most, --scenario
                    explore --mutants --operations | goes without
                    simulate --replay x --cpus 2 | --replay goes without --cpus
                    mutate --list --full    | --list goes without --full
                    mutate --classes x --record | --classes goes without --record
                    check --kind graphs     | --kind must be one of graph, vacuity
                    check --sample 101      | --sample
                    check --changed --sample 101 | --sample must be 0 to 100
                    check --changed --within -1 | --within must be 0 to 86400
                    check --seed 1          | go with --changed
                    check --within 9        | go with --changed
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
        assertEquals(1, err.toString().lines().count(), err::toString);
        assertTrue(err.toString().contains("; see 'norma "), err::toString);
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
        assertTrue(err.toString().contains("did you mean"), err::toString);
        assertEquals(1, err.toString().lines().count(), err::toString);
    }

    /** A command that fails as it is told. */
    @Command(name = "fails")
    static final class Fails implements Callable<Integer> {
        private final Callable<Integer> how;

        Fails(Callable<Integer> how) {
            this.how = how;
        }

        @Override
        public Integer call() throws Exception {
            return how.call();
        }
    }

    private String failing(Callable<Integer> how) {
        CommandLine line = Main.commandLine().addSubcommand(new Fails(how));
        line.setErr(new PrintWriter(err, true));
        line.getSubcommands().get("fails").setErr(new PrintWriter(err, true));
        assertEquals(Verdicts.INCONCLUSIVE, Main.execute(line, "fails"));
        assertTrue(err.toString().startsWith("INCONCLUSIVE "), err::toString);
        return err.toString();
    }

    @Test
    void withoutMemoryThereIsNoVerdict() {
        String said =
                failing(() -> {
                    throw new OutOfMemoryError("Java heap space");
                });
        assertTrue(said.contains("out of memory (Java heap space)"), said);
        assertEquals(1, said.lines().count(), said);
    }

    @Test
    void anErrorOfTheCheckerIsNoVerdict() {
        String said =
                failing(() -> {
                    throw new AssertionError("wrong");
                });
        assertTrue(said.contains("internal error: java.lang.AssertionError: wrong"), said);
    }

    /** There is no image builder in this module. */
    @Test
    void anImageThatCannotBeBuiltIsOneLine() {
        String said =
                failing(() -> {
                    Images.kernel(Arch.RISCV64);
                    return Verdicts.PASS;
                });
        assertEquals("INCONCLUSIVE no image: this build has no image builder\n", said);
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
