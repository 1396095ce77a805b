package norma.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import norma.conformance.conform.GivenClasses;
import norma.conformance.job.TourEngine;
import norma.conformance.job.TourOptions;
import norma.conformance.machine.Arch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code norma tour}: kernel images along the edges of the models' graphs. */
@Command(
        name = "tour",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Plans legs through the graph of the composed model at its smallest constants, makes"
                    + " system calls and deadlines of them, runs them on the shipped image, validates"
                    + " every event, and says which edges of the models' graphs were taken.",
            "Fails below all actions or 95 %% of the edges that can be asked for."
        })
final class TourCommand implements Callable<Integer> {
    private static final int MOST_SECONDS = 86_400;

    @Spec private CommandSpec spec;

    @Option(
            names = "--arch",
            paramLabel = "ARCH",
            split = ",",
            converter = LabelConverters.ArchConverter.class,
            completionCandidates = LabelConverters.ArchCandidates.class,
            description = "Only these of ${COMPLETION-CANDIDATES} (repeatable; default: all).")
    private List<Arch> archs = new ArrayList<>();

    @Option(
            names = "--spec",
            paramLabel = "NAME",
            split = ",",
            description =
                    "Only these graphs: Kernel-1, -2, -3, -4, -8, -10, -14, -17, Ipc-1,"
                            + " Ipc-of-Kernel-2, -4, Scheduler-1, -2, TicketLock-1, -2,"
                            + " Checkpoint-1, AddressSpace-9 (default: all).")
    private List<String> specs = new ArrayList<>();

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "90",
            description =
                    "How long each search, or each architecture's tour, may take at most; what is"
                            + " missing then is INCONCLUSIVE (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--to-the-end",
            description =
                    "Go on when enough is covered, until everything is or many tries in a row"
                            + " cover nothing new.")
    private boolean toTheEnd;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Seed of what is left to chance (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--kernel-classes",
            paramLabel = "DIR",
            description = "Class files in place of the kernel's own: tours another kernel.")
    private @Nullable Path classes;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Write what was reached, and each edge that was not, as JSON.")
    private @Nullable Path report;

    @Override
    public Integer call() throws Exception {
        Checks.range(spec, "--seconds", seconds, 1, MOST_SECONDS);
        Checks.writable(spec, "--report", report);
        Path given = classes;
        if (given != null) {
            Checks.folder(spec, "--kernel-classes", given);
            GivenClasses.check("--kernel-classes", given);
        }
        TourOptions options =
                new TourOptions(
                        List.copyOf(archs),
                        List.copyOf(specs),
                        Duration.ofSeconds(seconds),
                        toTheEnd,
                        seed,
                        Optional.ofNullable(classes),
                        Optional.ofNullable(report));
        return Engines.require(TourEngine.class).tour(options, System.out);
    }
}
