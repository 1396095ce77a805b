package norma.fuzz;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import norma.conformance.check.Finding;
import norma.conformance.check.Validator;
import norma.conformance.job.Images;
import norma.conformance.machine.Accel;
import norma.conformance.machine.Arch;
import norma.conformance.saved.Ending;
import norma.conformance.saved.SavedTrace;
import norma.conformance.scenario.Outcome;
import norma.conformance.scenario.Plan;
import norma.conformance.scenario.ScriptParser;
import norma.conformance.scenario.Session;

/**
 * Short runs of the real kernel in which everything happens, the same each time: one of threads
 * that share all memory, and one of threads in an address space.
 */
final class Sampler {
    /** The runs. */
    static final List<String> RUNS = List.of("sampler", "page-sampler");

    private Sampler() {}

    /** Runs the first, and saves its trace. */
    static Outcome record(Path file) throws Exception {
        return record(RUNS.get(0), file);
    }

    /** Runs one of them, and saves its trace. */
    static Outcome record(String run, Path file) throws Exception {
        Plan plan =
                new Plan(
                        Arch.RISCV64,
                        2,
                        Accel.ICOUNT,
                        Images.kernel(Arch.RISCV64),
                        ScriptParser.parse(script(run)),
                        1,
                        Duration.ofSeconds(60),
                        Optional.of(file));
        return new Session(plan, (validator, seconds) -> {}).run();
    }

    /** A run's trace, whole. A folder {@code norma.kept} keeps it for the JVMs of one build. */
    static SavedTrace trace(String run) throws Exception {
        return SavedTrace.read(kept(run));
    }

    /** The file of a run's trace. */
    static Path kept(String run) throws Exception {
        return kept(run, file -> record(run, file));
    }

    /**
     * How many of so many tries are made: {@code norma.percent}, at least one. Who runs these tests
     * for each of many mutants asks for fewer.
     */
    static int share(int tries) {
        return Math.max(1, tries * Integer.getInteger("norma.percent", 100) / 100);
    }

    /** Makes the trace of a run. */
    @FunctionalInterface
    interface Recording {
        Outcome to(Path file) throws Exception;
    }

    /** A file with the trace of a run, recorded if it is not there yet. */
    static Path kept(String name, Recording recording) throws Exception {
        String folder = System.getProperty("norma.kept");
        Path directory =
                folder == null
                        ? Files.createTempDirectory("norma-kept")
                        : Files.createDirectories(Path.of(folder));
        Path file = directory.resolve(name + ".trace");
        if (!Files.exists(file)) {
            Finding finding = recording.to(file).finding();
            if (finding != null) {
                throw new IllegalStateException(finding.summary());
            }
        }
        if (folder == null) {
            directory.toFile().deleteOnExit(); // After the file: in reverse order.
            file.toFile().deleteOnExit();
        }
        return file;
    }

    /** What a run does. */
    static String script(String run) throws IOException {
        try (InputStream in = Sampler.class.getResourceAsStream(run + ".script")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** What the validator finds in the trace as it is now, or null. */
    static Finding validate(SavedTrace trace) {
        trace.rewind();
        Validator validator = new Validator(trace, trace, trace.header().setup());
        validator.finish(trace.ending() == Ending.ENDED);
        return validator.finding();
    }
}
