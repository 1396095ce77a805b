package norma.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import norma.conformance.engine.Failures;
import norma.conformance.job.Images;
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
            "  2  usage: unknown option, command, scenario or architecture, or a file that is",
            "     not what it must be; nothing ran",
            "  3  inconclusive: missing program, no room, no memory, deadline, incomplete trace",
            "  4  nothing ran: the selection was empty",
            "130, 143: interrupted by SIGINT, SIGTERM",
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
        AtomicBoolean done = new AtomicBoolean();
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(
                                () -> {
                                    if (!done.get()) {
                                        System.err.println("INCONCLUSIVE interrupted");
                                    }
                                },
                                "interrupted"));
        int code = execute(commandLine(), args);
        done.set(true);
        System.exit(code);
    }

    /** Runs one command line; the exit code. An error of the JVM is no verdict on a kernel. */
    static int execute(CommandLine line, String... args) {
        try {
            return line.execute(args);
        } catch (OutOfMemoryError e) {
            line.getErr()
                    .println(
                            "INCONCLUSIVE out of memory ("
                                    + e.getMessage()
                                    + "): NORMA_JVM_ARGS=-Xmx8g gives it 8 GiB");
        } catch (StackOverflowError | AssertionError e) {
            line.getErr().println("INCONCLUSIVE internal error: " + e);
            e.printStackTrace(line.getErr());
        }
        line.getErr().flush();
        return Verdicts.INCONCLUSIVE;
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setParameterExceptionHandler(Main::usage)
                .setExecutionExceptionHandler(Main::failure);
    }

    /** One line: the error, what was probably meant, and who describes the command. */
    private static int usage(ParameterException e, String[] args) {
        List<String> near =
                e instanceof UnmatchedArgumentException unmatched
                        ? unmatched.getSuggestions()
                        : List.of();
        String meant = near.isEmpty() ? "" : " (did you mean " + String.join(" or ", near) + "?)";
        return refuse(e.getCommandLine(), e.getMessage() + meant);
    }

    private static int refuse(CommandLine command, String message) {
        PrintWriter err = command.getErr();
        String name = command.getCommandSpec().qualifiedName();
        err.println("norma: " + message + "; see '" + name + " --help'");
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
                if (!wrong.isInFile()) {
                    return refuse(command, String.valueOf(wrong.getMessage()));
                }
                err.println("norma: " + wrong.getMessage());
                err.flush();
                return Verdicts.USAGE;
            }
            case Images.ImageBuildException image ->
                    err.println("INCONCLUSIVE no image: " + image.getMessage());
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
