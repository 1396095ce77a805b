package norma.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import norma.conformance.check.Finding;
import norma.conformance.check.Validator;
import norma.conformance.check.Verdict;
import norma.conformance.machine.Accel;
import norma.conformance.machine.Arch;
import norma.conformance.saved.Ending;
import norma.conformance.saved.SavedTrace;
import norma.conformance.scenario.Outcome;
import norma.conformance.scenario.Plan;
import norma.conformance.scenario.Scripts;
import norma.conformance.scenario.Session;

/**
 * Events a CPU-second of the validator, on a saved trace of the main workload: decoding, merging of
 * the cores' streams, every invariant at what each event touched, and the threads' own logs.
 */
final class ValidatorFigures {
    private static final int PASSES = 3;
    private static final int CPUS = 4;
    private static final int CALLS_PER_CLIENT = 8_500;
    private static final double TARGET = 1_000_000;

    private ValidatorFigures() {}

    static List<Figure> measure(Arch arch, Path elf, Path work) throws IOException, BenchException {
        Path file = work.resolve("workload.trace");
        Plan plan =
                new Plan(
                        arch,
                        CPUS,
                        Accel.SINGLE,
                        elf,
                        Scripts.builtIn("workload", Map.of("CALLS", CALLS_PER_CLIENT)),
                        1,
                        Duration.ofMinutes(5),
                        Optional.of(file));
        Outcome outcome = new Session(plan, (validator, seconds) -> {}).run();
        if (outcome.verdict() != Verdict.CONFORMS) {
            Finding finding = outcome.finding();
            throw new BenchException(
                    "the workload does not conform: " + (finding == null ? "" : finding.summary()));
        }
        SavedTrace trace;
        try {
            trace = SavedTrace.read(file);
        } catch (SavedTrace.TraceException e) {
            throw new BenchException("the saved trace: " + e.getMessage(), e);
        }
        double[] cpu = new double[PASSES];
        long events = 0;
        for (int i = 0; i < PASSES; i++) {
            trace.rewind();
            long start = cpuNanos();
            Validator validator = new Validator(trace, trace, trace.header().firstPriority());
            validator.finish(trace.ending() == Ending.ENDED);
            cpu[i] = (cpuNanos() - start) / 1e9;
            events = validator.counts().events();
            Finding finding = validator.finding();
            if (finding != null) {
                throw new BenchException("the saved trace does not conform: " + finding.summary());
            }
        }
        return List.of(
                rate("best", "best of " + PASSES, events / Statistics.least(cpu), TARGET),
                rate("median", "median of " + PASSES, events / Statistics.median(cpu), TARGET),
                Figure.timed(
                        "validator.events",
                        "validator, events of the trace",
                        (double) events,
                        "events",
                        Double.NaN,
                        Figure.Better.NEITHER));
    }

    private static Figure rate(String key, String title, double value, double target) {
        return Figure.timed(
                "validator." + key,
                "validator, invariants on, " + title,
                value,
                "events/CPU-s",
                target,
                Figure.Better.MORE);
    }

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
