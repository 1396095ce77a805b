package norma.fuzz;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
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

/** A short run of the real kernel in which everything happens, the same each time. */
final class Sampler {
    private Sampler() {}

    /** Runs it, and saves its trace. */
    static Outcome record(Path file) throws Exception {
        Plan plan =
                new Plan(
                        Arch.RISCV64,
                        2,
                        Accel.ICOUNT,
                        Images.kernel(Arch.RISCV64),
                        ScriptParser.parse(script()),
                        1,
                        Duration.ofSeconds(60),
                        Optional.of(file));
        return new Session(plan, (validator, seconds) -> {}).run();
    }

    private static String script() throws IOException {
        try (InputStream in = Sampler.class.getResourceAsStream("sampler.script")) {
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
