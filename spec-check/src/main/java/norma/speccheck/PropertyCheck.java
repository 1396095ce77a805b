package norma.speccheck;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Checks temporal properties that must hold, and broken models that must fail as expected. */
final class PropertyCheck {
    private final Console console;
    private final Path directory;

    PropertyCheck(Console console, Path directory) {
        this.console = console;
        this.directory = directory;
    }

    boolean holds(Manifest.Liveness entry) {
        console.begin("liveness", entry.name());
        long begin = System.nanoTime();
        LivenessOutcome outcome = liveness(directory, entry.module(), entry.config());
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
        return outcome.holds() && pinned;
    }

    boolean fails(Manifest.Broken entry) {
        console.begin("broken", entry.name());
        long begin = System.nanoTime();
        try (Scratch patched = new Scratch()) {
            patch(entry, patched.path());
            String verdict =
                    entry.liveness()
                            ? livenessVerdict(entry, patched.path())
                            : safetyVerdict(entry, patched.path());
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
            return good;
        }
    }

    private String safetyVerdict(Manifest.Broken entry, Path patched) {
        try (Scratch scratch = new Scratch();
                IsolatedTlc tlc =
                        new IsolatedTlc(patched, entry.module(), entry.config(), scratch.path())) {
            TlcOutcome outcome =
                    tlc.session().explore(null, console.progress("TLC " + entry.name()), false);
            List<String> violated = outcome.violated();
            if (violated.contains(entry.expected())) {
                return "fails";
            }
            console.trace(outcome);
            return violated.isEmpty()
                    ? "no violation in " + outcome.states() + " states"
                    : "violated instead: " + String.join(", ", violated);
        }
    }

    private String livenessVerdict(Manifest.Broken entry, Path patched) {
        LivenessOutcome outcome = liveness(patched, entry.module(), entry.config());
        if (outcome.violated()) {
            return "fails";
        }
        outcome.output().lines().forEach(line -> console.line("    %s", line));
        return "no temporal property is violated in " + outcome.states() + " states";
    }

    private static LivenessOutcome liveness(Path directory, String module, String config) {
        try (Scratch scratch = new Scratch();
                IsolatedTlc tlc = new IsolatedTlc(directory, module, config, scratch.path())) {
            return tlc.session().liveness();
        }
    }

    /** Copies the specifications and changes the one anchored text. */
    private void patch(Manifest.Broken entry, Path target) {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, target.resolve(directory.relativize(file).toString()));
            }
            Path file = target.resolve(entry.patched());
            String text = Files.readString(file);
            int at = text.indexOf(entry.anchor());
            if (at < 0 || text.indexOf(entry.anchor(), at + 1) >= 0) {
                throw new IllegalStateException(
                        entry.name() + ": anchor must match exactly once in " + entry.patched());
            }
            Files.writeString(
                    file,
                    text.substring(0, at)
                            + entry.replacement()
                            + text.substring(at + entry.anchor().length()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot patch " + entry.patched(), e);
        }
    }

    private static long seconds(long begin) {
        return (System.nanoTime() - begin) / 1_000_000_000L;
    }
}
