package norma.speccheck;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Checks temporal properties that must hold, and broken models that must fail as expected. */
final class PropertyCheck {
    private final Console console;
    private final Path directory;

    PropertyCheck(Console console, Path directory) {
        this.console = console;
        this.directory = directory;
    }

    Proof holds(Manifest.Liveness entry) {
        console.begin("liveness", entry.name());
        long begin = System.nanoTime();
        Set<String> read = new HashSet<>();
        LivenessOutcome outcome = liveness(directory, entry.module(), entry.config(), read);
        boolean pinned = outcome.states() == entry.states();
        console.line(
                "  %-14s %,d states  temporal properties %s  %d s of %d",
                entry.spec(),
                outcome.states(),
                outcome.holds() ? "hold" : "DO NOT HOLD",
                seconds(begin),
                entry.seconds());
        if (!pinned) {
            console.line("  FAILED: states: pinned %d, found %d", entry.states(), outcome.states());
        }
        if (!outcome.holds()) {
            outcome.output().lines().forEach(line -> console.line("    %s", line));
        }
        return new Proof(outcome.holds() && pinned, Map.of("states", outcome.states()), read);
    }

    Proof fails(Manifest.Broken entry) {
        console.begin("broken", entry.name());
        long begin = System.nanoTime();
        try (Scratch patched = new Scratch()) {
            patch(directory, entry, patched.path());
            Set<String> read = new HashSet<>();
            Map<String, Object> facts = new HashMap<>();
            String verdict =
                    entry.liveness()
                            ? livenessVerdict(entry, patched.path(), facts, read)
                            : safetyVerdict(entry, patched.path(), facts, read);
            boolean good = verdict.equals("fails");
            console.line(
                    "  %-14s %-46s %s %s  %d s",
                    entry.spec(),
                    entry.description(),
                    good ? "fails as it must:" : "NOT CAUGHT by",
                    entry.expected(),
                    seconds(begin));
            if (!good) {
                console.line("  FAILED: %s", verdict);
            }
            return new Proof(good, facts, read);
        }
    }

    private String safetyVerdict(
            Manifest.Broken entry, Path patched, Map<String, Object> facts, Set<String> read) {
        try (Scratch scratch = new Scratch();
                IsolatedTlc tlc =
                        new IsolatedTlc(patched, entry.module(), entry.config(), scratch.path())) {
            TlcOutcome outcome =
                    tlc.session().explore(null, console.progress("TLC " + entry.name()), false);
            read.addAll(tlc.session().read());
            List<String> violated = outcome.violated();
            if (violated.contains(entry.expected())) {
                facts.put("violated", entry.expected());
                facts.put("depth", outcome.trace().size());
                return "fails";
            }
            console.trace(outcome);
            return violated.isEmpty()
                    ? "no violation in " + outcome.states() + " states"
                    : "violated instead: " + String.join(", ", violated);
        }
    }

    private String livenessVerdict(
            Manifest.Broken entry, Path patched, Map<String, Object> facts, Set<String> read) {
        LivenessOutcome outcome = liveness(patched, entry.module(), entry.config(), read);
        if (outcome.violated()) {
            facts.put("violated", entry.expected());
            facts.put("states", outcome.states());
            return "fails";
        }
        outcome.output().lines().forEach(line -> console.line("    %s", line));
        return "no temporal property is violated in " + outcome.states() + " states";
    }

    private static LivenessOutcome liveness(
            Path directory, String module, String config, Set<String> read) {
        try (Scratch scratch = new Scratch();
                IsolatedTlc tlc = new IsolatedTlc(directory, module, config, scratch.path())) {
            LivenessOutcome outcome = tlc.session().liveness();
            read.addAll(tlc.session().read());
            return outcome;
        }
    }

    /** Copies the specifications and changes the one anchored text. */
    static void patch(Path directory, Manifest.Broken entry, Path target) {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, target.resolve(directory.relativize(file).toString()));
            }
            Path file = target.resolve(entry.patched());
            Files.writeString(file, entry.patch(Files.readString(file)));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot patch " + entry.patched(), e);
        }
    }

    private static long seconds(long begin) {
        return (System.nanoTime() - begin) / 1_000_000_000L;
    }
}
