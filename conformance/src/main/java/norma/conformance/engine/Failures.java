package norma.conformance.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import norma.conformance.check.Finding;
import norma.conformance.check.Verdict;
import norma.conformance.job.Images;
import norma.conformance.job.RunOptions;
import norma.conformance.job.ShellWord;
import norma.conformance.machine.Accel;
import norma.conformance.machine.Machine;
import norma.conformance.saved.FailingPrefix;
import norma.conformance.saved.SavedTrace.TraceException;
import norma.conformance.saved.Unfinished;
import org.jspecify.annotations.Nullable;

/**
 * Traces of runs that diverge are kept, under {@code .norma/failures}, with their shortest prefix.
 */
public final class Failures {
    private Failures() {}

    /** Where the trace of a run goes that nobody asked to save. */
    static Path file(String what, RunOptions options, Accel accel, long seed) throws IOException {
        return file(what + "-" + options.arch() + "-" + options.cpus() + "-" + accel + "-" + seed);
    }

    /** Where the trace of a run of that name goes. */
    public static Path file(String name) throws IOException {
        Path folder = folder();
        if (!Files.isWritable(Images.root())) {
            folder = Files.createTempDirectory("norma-failures");
        }
        Files.createDirectories(folder);
        Path trace = folder.resolve(name + "-" + ProcessHandle.current().pid() + ".trace");
        Unfinished.add(trace);
        return trace;
    }

    private static Path folder() {
        return Images.root().resolve(".norma/failures");
    }

    /** Deletes what killed processes have left. */
    public static void sweep() {
        Unfinished.sweepParts(folder());
        Unfinished.sweepFolders(Path.of(System.getProperty("java.io.tmpdir", "/tmp")));
        Machine.sweep();
    }

    /** Drops the trace of a run that nobody asked to save, unless it diverged. */
    public static void settle(Path trace, boolean asked, @Nullable Finding finding)
            throws IOException {
        if (!asked && (finding == null || finding.verdict() != Verdict.DIVERGES)) {
            Files.deleteIfExists(trace);
        }
        Unfinished.keep(trace);
    }

    /** Lines that say where the trace and its shortest failing prefix are. */
    public static List<String> prefix(Path trace, Finding finding) {
        if (finding.verdict() != Verdict.DIVERGES || !Files.exists(trace)) {
            return List.of();
        }
        Unfinished.keep(trace);
        List<String> lines = new ArrayList<>();
        lines.add("trace: ./norma validate " + ShellWord.of(trace));
        try {
            FailingPrefix.Written written = FailingPrefix.write(trace);
            if (written != null) {
                lines.add(
                        (written.shortest() ? "shortest failing prefix: " : "failing prefix: ")
                                + written.records()
                                + " records, ./norma validate "
                                + ShellWord.of(written.trace()));
                lines.add("as ITF: " + written.itf());
            }
        } catch (IOException | TraceException e) {
            lines.add("no prefix: " + e.getMessage());
        }
        return lines;
    }
}
