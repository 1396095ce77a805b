package norma.conformance.engine;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import norma.abi.Event;
import norma.conformance.check.Counts;
import norma.conformance.check.EventNames;
import norma.conformance.check.Finding;
import norma.conformance.check.Reason;
import norma.conformance.job.Images;
import norma.conformance.job.RunEngine;
import norma.conformance.job.RunOptions;
import norma.conformance.job.ShellWord;
import norma.conformance.job.TextFile;
import norma.conformance.job.UsageException;
import norma.conformance.job.Verdicts;
import norma.conformance.machine.Accel;
import norma.conformance.saved.StateDifference;
import norma.conformance.scenario.Outcome;
import norma.conformance.scenario.Plan;
import norma.conformance.scenario.Script;
import norma.conformance.scenario.ScriptException;
import norma.conformance.scenario.ScriptHelp;
import norma.conformance.scenario.ScriptParser;
import norma.conformance.scenario.Scripts;
import norma.conformance.scenario.Session;
import norma.conformance.trace.Recording;
import org.jspecify.annotations.Nullable;

/** {@code norma run}: boots, runs the main workload or a script, and ends with the verdict. */
public final class RunEngineImpl implements RunEngine {
    /**
     * Calls of each of the workload's 24 plain clients: 204,000 in all, and those of the others.
     */
    private static final int CALLS_PER_CLIENT = 8_500;

    /**
     * The workload's slice under icount, in ns: an instruction takes 8 ns there, so in its own
     * slice threads change cores too seldom for calls between them.
     */
    private static final long ICOUNT_SLICE = 60_000;

    /** The workload is an exercise of everything: each action at least this often. */
    private static final int LEAST = 100;

    private static final int LEAST_CALLS = 200_000;
    private static final int LEAST_CROSS_CORE_PERCENT = 10;
    private static final Duration DEADLINE = Duration.ofMinutes(5);

    /** For the service loader. */
    public RunEngineImpl() {}

    @Override
    public String scriptHelp() {
        return ScriptHelp.TEXT;
    }

    @Override
    public int run(RunOptions options, PrintStream out) throws Exception {
        Script script = recorded(script(options), options);
        // One host thread for all cores: on a busy host two would wait for each other's locks.
        Accel accel = options.accel().orElse(Accel.SINGLE);
        long seed = options.seed().orElseGet(() -> System.nanoTime() & 0xffff_ffffL);
        Path kernel;
        try {
            kernel = Images.kernel(options.arch());
        } catch (Images.ImageBuildException e) {
            out.println("VERDICT INCONCLUSIVE no kernel image: " + e.getMessage());
            return Verdicts.INCONCLUSIVE;
        }
        Path trace =
                options.save().isPresent()
                        ? options.save().get()
                        : Failures.file("run", options, accel, seed);
        Plan plan =
                new Plan(
                        options.arch(),
                        options.cpus(),
                        accel,
                        kernel,
                        script,
                        seed,
                        DEADLINE,
                        Optional.of(trace),
                        options.programs());
        out.println(
                "running "
                        + options.script().map(Path::toString).orElse("the main workload")
                        + " arch="
                        + options.arch()
                        + " cpus="
                        + options.cpus()
                        + " accel="
                        + accel
                        + " seed="
                        + seed);
        StatusLine status = new StatusLine(out);
        Outcome outcome = new Session(plan, status).run();
        status.end();
        Finding finding = outcome.finding();
        if (finding == null && options.script().isEmpty() && outcome.from() < 0) {
            finding = exercised(outcome.counts(), options.cpus());
        }
        report(options, plan, outcome, finding, out);
        Failures.settle(trace, options.save().isPresent(), finding);
        return VerdictLine.verdict(finding, outcome.from()).exitCode();
    }

    private static Script recorded(Script script, RunOptions options) throws UsageException {
        if (options.recorder().isEmpty() && options.ring().isEmpty()) {
            return script;
        }
        Recording own = script.recording();
        Recording.Mode mode = options.recorder().orElse(own.mode());
        int ring = options.ring().orElse(own.ring());
        if (mode == Recording.Mode.LIVE && options.ring().isPresent()) {
            throw new UsageException(
                    "--ring is for rings that are overwritten: --recorder overwrite");
        }
        if (mode != Recording.Mode.LIVE && script.locks()) {
            throw new UsageException("lock events cannot be validated from a checkpoint on");
        }
        return script.recorded(new Recording(mode, ring, own.checkpoint()));
    }

    private static Script script(RunOptions options) throws Exception {
        if (options.script().isEmpty()) {
            Script workload = Scripts.builtIn("workload", Map.of("CALLS", CALLS_PER_CLIENT));
            return options.accel().orElse(null) == Accel.ICOUNT
                    ? workload.sliced(ICOUNT_SLICE)
                    : workload;
        }
        Path file = options.script().get();
        try {
            return ScriptParser.parse(TextFile.read(file));
        } catch (ScriptException e) {
            throw UsageException.inFile(e.in(file));
        }
    }

    /** A run with too few events of a required kind is no evidence. */
    static @Nullable Finding exercised(Counts counts, int cpus) {
        List<String> missing = new ArrayList<>();
        for (int kind = 1; kind < Event.LIMIT; kind++) {
            boolean needsTwoCores = kind == Event.STEAL || kind == Event.KICK || kind == Event.IPI;
            // The workload's threads live in no address space.
            boolean needed =
                    Event.isAction(kind) && kind < Event.MAP && (cpus > 1 || !needsTwoCores);
            if (needed && counts.of(kind) < LEAST) {
                missing.add(EventNames.action(kind) + "=" + counts.of(kind));
            }
        }
        if (counts.of(Event.CALL) < LEAST_CALLS) {
            missing.add("calls=" + counts.of(Event.CALL));
        }
        if (counts.tagWaits() < LEAST) {
            missing.add("TagWaits=" + counts.tagWaits());
        }
        if (cpus > 1
                && counts.crossCoreCalls() * 100
                        < counts.servedCalls() * LEAST_CROSS_CORE_PERCENT) {
            missing.add("CrossCoreCalls=" + counts.crossCoreCalls());
        }
        return missing.isEmpty()
                ? null
                : Finding.of(
                        Reason.EMPTY, "too little was exercised: " + String.join(" ", missing));
    }

    private static void report(
            RunOptions options,
            Plan plan,
            Outcome outcome,
            @Nullable Finding finding,
            PrintStream out) {
        out.println(outcome.counts().text());
        out.printf(
                "witnessed answers=%d snapshots=%d boot=%.1f ms host=%.1f s %.0f events/s%n",
                outcome.witnessed(),
                outcome.compared(),
                outcome.firstEventNanos() / 1e6,
                outcome.seconds(),
                outcome.counts().events() / outcome.seconds());
        options.save().ifPresent(file -> out.println("trace saved in " + file));
        if (finding != null) {
            out.println(
                    finding.reason()
                            + (finding.event() < 0 ? "" : " at event " + finding.event())
                            + ": "
                            + finding.summary());
            finding.details().forEach(line -> out.println("  " + line));
            StateDifference.lines(plan.save().orElseThrow(), finding)
                    .forEach(line -> out.println("  " + line));
            for (String line : lastLines(outcome.console())) {
                out.println("  guest: " + line);
            }
            Failures.prefix(plan.save().orElseThrow(), finding).forEach(out::println);
            out.println("replay: " + replay(options, plan));
        }
        out.println(
                VerdictLine.of(
                        plan.arch().label(),
                        plan.cpus(),
                        outcome.counts(),
                        finding,
                        outcome.from()));
    }

    private static List<String> lastLines(List<String> console) {
        return console.subList(Math.max(0, console.size() - 2), console.size());
    }

    private static String replay(RunOptions options, Plan plan) {
        return "./norma run --arch "
                + plan.arch()
                + " --cpus "
                + plan.cpus()
                + " --accel "
                + plan.accel()
                + " --seed "
                + plan.seed()
                + options.recorder().map(m -> " --recorder " + m.label()).orElse("")
                + (options.ring().isPresent() ? " --ring " + options.ring().getAsInt() : "")
                + options.script().map(f -> " --script " + ShellWord.of(f)).orElse("")
                + options.programs().map(f -> " --initrd " + ShellWord.of(f)).orElse("");
    }
}
