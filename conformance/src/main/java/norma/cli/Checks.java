package norma.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** Checks of option values that parsing alone does not make; each failure is a usage error. */
final class Checks {
    private Checks() {}

    static void range(CommandSpec spec, String option, long value, long low, long high) {
        if (value < low || value > high) {
            throw new ParameterException(
                    spec.commandLine(),
                    option + " must be " + low + " to " + high + ", not " + value);
        }
    }

    /** An output file that cannot be written is said before the work, not after it. */
    static void writable(CommandSpec spec, String option, @Nullable Path file) {
        if (file == null) {
            return;
        }
        Path folder = file.toAbsolutePath().getParent();
        boolean ok =
                Files.exists(file)
                        ? Files.isRegularFile(file) && Files.isWritable(file)
                        : folder != null && Files.isDirectory(folder) && Files.isWritable(folder);
        if (!ok) {
            throw new ParameterException(spec.commandLine(), option + ": cannot write " + file);
        }
    }

    /** An option that decides what is done: only options that have a say in that go with it. */
    static void alone(CommandSpec spec, String option, String... with) {
        Set<String> given = new TreeSet<>();
        for (OptionSpec matched : spec.commandLine().getParseResult().matchedOptions()) {
            given.add(matched.longestName());
        }
        if (!given.remove(option)) {
            return;
        }
        given.removeAll(Set.of(with));
        if (!given.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), option + " goes without " + String.join(", ", given));
        }
    }

    static void folder(CommandSpec spec, String option, @Nullable Path folder) {
        if (folder != null && !Files.isDirectory(folder)) {
            throw new ParameterException(
                    spec.commandLine(), option + ": no such folder: " + folder);
        }
    }
}
