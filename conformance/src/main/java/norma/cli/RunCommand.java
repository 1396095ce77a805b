package norma.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import norma.conformance.job.RunEngine;
import norma.conformance.job.RunOptions;
import norma.conformance.job.UsageException;
import norma.conformance.job.Verdicts;
import norma.conformance.machine.Accel;
import norma.conformance.scenario.Ranges;
import norma.conformance.trace.Recording;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code norma run}: boots the system and validates it live. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Boots the kernel in QEMU, runs a workload of clients and servers with deaths and"
                    + " restarts on all cores, and checks every kernel event against the model"
                    + " while it happens.",
            "The last line is the verdict: VERDICT CONFORMS arch=.. cpus=.. events=.. calls=.."
        })
final class RunCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Mixin private ArchOption arch;

    @Mixin private CpusOption cpus;

    @Option(
            names = "--accel",
            paramLabel = "WAY",
            converter = LabelConverters.AccelConverter.class,
            completionCandidates = LabelConverters.AccelCandidates.class,
            description = {
                "How the virtual CPUs run, one of ${COMPLETION-CANDIDATES}:",
                "multi: one host thread each; single: one host thread for all;",
                "icount: one host thread, time counted in instructions, reproducible.",
                "By default what finishes reliably on this host."
            })
    private @Nullable Accel accel;

    @Option(
            names = "--script",
            paramLabel = "FILE",
            description = "Workload to run instead of the built-in one.")
    private @Nullable Path script;

    @Option(
            names = "--initrd",
            paramLabel = "FILE",
            description = {
                "Archive of programs (cpio, format newc) for a script's 'exec',",
                "instead of what userland/programs has."
            })
    private @Nullable Path initrd;

    @Option(
            names = "--help-script",
            description = "Print the grammar of workload scripts and an example.")
    private boolean helpScript;

    @Mixin private SeedOption seed;

    @Option(
            names = "--recorder",
            paramLabel = "WAY",
            converter = LabelConverters.RecorderConverter.class,
            completionCandidates = LabelConverters.RecorderCandidates.class,
            description = {
                "How events are recorded, one of ${COMPLETION-CANDIDATES} (default: the script's):",
                "live: every event is validated while it happens;",
                "overwrite: rings keep the newest records, and what is left when the run is over is"
                        + " validated from its oldest checkpoint: VERDICT CONFORMS-SUFFIX, exit 3;",
                "later: the same, and off until a script's 'record'."
            })
    private Recording.@Nullable Mode recorder;

    @Option(
            names = "--ring",
            paramLabel = "RECORDS",
            description =
                    "Records a ring that is overwritten, a power of two from 1024 (3 and 4 CPUs: 2048)"
                            + " to 4194304.")
    private @Nullable Integer ring;

    @Option(
            names = "--save",
            paramLabel = "FILE",
            description = "Save the trace, for 'norma validate FILE'.")
    private @Nullable Path save;

    @Override
    public Integer call() throws Exception {
        RunEngine engine = Engines.require(RunEngine.class);
        if (helpScript) {
            System.out.println(engine.scriptHelp());
            return Verdicts.PASS;
        }
        if (script != null && (!Files.isReadable(script) || Files.isDirectory(script))) {
            throw new UsageException("cannot read the script " + script);
        }
        if (initrd != null && (!Files.isReadable(initrd) || !Files.isRegularFile(initrd))) {
            throw new UsageException("cannot read the archive of programs " + initrd);
        }
        if (ring != null && !Ranges.isRing(ring)) {
            throw new UsageException(
                    "--ring must be a power of two from "
                            + Ranges.LEAST_RING
                            + " to "
                            + Ranges.MOST_RECORDS
                            + ", not "
                            + ring);
        }
        Checks.writable(spec, "--save", save);
        return engine.run(
                new RunOptions(
                        arch.value(),
                        cpus.checked(),
                        Optional.ofNullable(accel),
                        Optional.ofNullable(script),
                        seed.value(),
                        Optional.ofNullable(recorder),
                        ring == null ? OptionalInt.empty() : OptionalInt.of(ring),
                        Optional.ofNullable(save),
                        Optional.ofNullable(initrd)),
                System.out);
    }
}
