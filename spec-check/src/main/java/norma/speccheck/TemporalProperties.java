package norma.speccheck;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which of the temporal properties of a configuration a broken model violates, each by itself. */
final class TemporalProperties {
    private static final Pattern LISTED = Pattern.compile("PROPERTIES((?:\\s+[A-Z][a-z]\\w*)+)");

    private TemporalProperties() {}

    /** Names that a configuration lists. */
    static Set<String> names(Path config) {
        try {
            return names(Files.readString(config));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + config, e);
        }
    }

    private static Set<String> names(String config) {
        Matcher listed = LISTED.matcher(config);
        return listed.find()
                ? new TreeSet<>(List.of(listed.group(1).strip().split("\\s+")))
                : new TreeSet<>();
    }

    /** Those that the broken model violates in its configuration. */
    static Set<String> violated(Path directory, Manifest.Broken model, Set<String> read) {
        Set<String> violated = new TreeSet<>();
        for (String name : names(directory.resolve(model.config()))) {
            try (Scratch patched = new Scratch();
                    Scratch scratch = new Scratch()) {
                PropertyCheck.patch(directory, model, patched.path());
                Path config = patched.path().resolve(model.config());
                String text = Files.readString(config);
                Files.writeString(config, LISTED.matcher(text).replaceFirst("PROPERTIES " + name));
                if (isViolated(patched.path(), model, scratch.path(), read)) {
                    violated.add(name);
                }
            } catch (IOException e) {
                throw new UncheckedIOException("cannot write " + model.config(), e);
            }
        }
        return violated;
    }

    private static boolean isViolated(
            Path directory, Manifest.Broken model, Path scratch, Set<String> read) {
        try (IsolatedTlc tlc =
                new IsolatedTlc(directory, model.module(), model.config(), scratch)) {
            LivenessOutcome outcome = tlc.session().liveness();
            read.addAll(tlc.session().read());
            return outcome.violated();
        }
    }
}
