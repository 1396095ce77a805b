package norma.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import norma.conformance.engine.Failures;
import norma.conformance.job.UsageException;
import norma.conformance.job.Verdicts;
import norma.conformance.machine.MachineException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The root command, and what errors become on the way out: text on stderr and an exit code. */
@Command(
        name = "norma",
        mixinStandardHelpOptions = true,
        version = "norma 0.1.0",
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "Norma: a microkernel written in Java whose every event is checked against a"
                    + " model-checked specification."
        },
        subcommands = {
            RunCommand.class,
            CheckCommand.class,
            ConformCommand.class,
            SimulateCommand.class,
            ExploreCommand.class,
            ForceCommand.class,
            TourCommand.class,
            MutateCommand.class,
            ValidateCommand.class,
            TestCommand.class,
            ImageCommand.class,
            BenchCommand.class
        },
        footerHeading = "%nExit codes:%n",
        footer = {
            "  0  passed: all that ran conforms",
            "  1  violation: a property, trace or test failed",
            "  2  usage: unknown option, command, scenario or architecture; nothing ran",
            "  3  inconclusive: missing program, no room, deadline, incomplete trace",
            "  4  nothing ran: the selection was empty",
            "",
            "'norma COMMAND --help' describes a command."
        })
public final class Main implements Runnable {
    @Spec private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "missing command");
    }

    /** Runs one command line and ends the process with its exit code. */
    public static void main(String[] args) {
        Failures.sweep();
        System.exit(execute(args));
    }

    /** Runs one command line; the exit code. */
    static int execute(String... args) {
        return commandLine().execute(args);
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setParameterExceptionHandler(Main::usage)
                .setExecutionExceptionHandler(Main::failure);
    }

    /**
     * The error, what was probably meant, and the usage of the command that could not be parsed.
     */
    private static int usage(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("norma: " + e.getMessage());
        UnmatchedArgumentException.printSuggestions(e, err);
        command.usage(err);
        err.flush();
        return Verdicts.USAGE;
    }

    /** Files name themselves only: what is wrong with them is their exception's kind. */
    private static String about(IOException e) {
        String kind =
                switch (e) {
                    case AccessDeniedException denied -> ": no permission";
                    case NoSuchFileException missing -> ": no such file";
                    default -> "";
                };
        return e.getMessage() + kind;
    }

    private static int failure(Exception e, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        switch (e) {
            case UsageException wrong -> {
                err.println("norma: " + wrong.getMessage());
                if (!wrong.isInFile()) {
                    command.usage(err);
                }
                err.flush();
                return Verdicts.USAGE;
            }
            case MachineException machine -> err.println("INCONCLUSIVE " + machine.getMessage());
            case UncheckedIOException io -> err.println("INCONCLUSIVE " + io.getMessage());
            case IOException io -> err.println("INCONCLUSIVE " + about(io));
            case Engines.MissingEngineException missing ->
                    err.println("INCONCLUSIVE " + missing.getMessage());
            default -> {
                err.println("INCONCLUSIVE internal error: " + e);
                e.printStackTrace(err);
            }
        }
        err.flush();
        return Verdicts.INCONCLUSIVE;
    }
}
