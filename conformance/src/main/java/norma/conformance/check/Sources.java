package norma.conformance.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import norma.abi.Event;
import org.jspecify.annotations.Nullable;

/**
 * Where an action is written down: the lines in specification and kernel. The checkout is read as
 * text; without one only the names are given.
 */
public final class Sources {
    private Sources() {}

    /** One line naming the places of a kind. */
    public static String of(int kind) {
        if (kind <= 0 || kind >= Event.LIMIT) {
            return "no action has kind " + kind;
        }
        String action = EventView.name(kind);
        Path root = Path.of(System.getProperty("norma.root", "."));
        String spec = find(root.resolve("spec/Kernel.tla"), "^" + action + "\\(.*", root);
        String kernel = kernel(root, action);
        return "action "
                + action
                + ": "
                + (spec == null ? "spec/Kernel.tla" : spec)
                + ", kernel "
                + (kernel == null ? "(sources not here)" : kernel);
    }

    private static @Nullable String kernel(Path root, String action) {
        Path folder = root.resolve("kernel/core/src/main/java/norma/kernel");
        String emits = ".*@Emits\\(.*\"" + action + "\".*";
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).sorted().toList()) {
                String found = find(file, emits, root);
                if (found != null) {
                    return found;
                }
            }
        } catch (IOException e) {
            return null;
        }
        return null;
    }

    private static @Nullable String find(Path file, String pattern, Path root) {
        try {
            List<String> lines = Files.readAllLines(file);
            Pattern wanted = Pattern.compile(pattern);
            for (int i = 0; i < lines.size(); i++) {
                if (wanted.matcher(lines.get(i)).matches()) {
                    return root.relativize(file) + ":" + (i + 1);
                }
            }
        } catch (IOException e) {
            return null;
        }
        return null;
    }
}
