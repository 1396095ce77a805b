package norma.conformance.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import norma.abi.Event;
import norma.abi.Record;
import org.jspecify.annotations.Nullable;

/**
 * Where an action is written down: the lines in specification and kernel. The checkout is read as
 * text; without one only the names are given.
 */
public final class Sources {
    private static final String KERNEL = "kernel/core/src/main/java/norma/kernel";

    private Sources() {}

    /** One line naming the places of a kind. */
    public static String of(int kind) {
        if (kind <= 0 || kind >= Event.LIMIT) {
            return "no action has kind " + kind;
        }
        String action = EventView.name(kind);
        Path root = root();
        String spec = find(root.resolve("spec/Kernel.tla"), "^" + action + "\\(.*", root);
        String kernel = kernel(root, action);
        return "action "
                + action
                + ": "
                + (spec == null ? "spec/Kernel.tla" : spec)
                + ", kernel "
                + (kernel == null ? "(sources not here)" : kernel);
    }

    /** One line naming the place in the kernel that writes snapshots of a type of objects. */
    public static String ofSnapshot(int type) {
        Path root = root();
        String file =
                switch (type) {
                    case Record.THREAD -> "thread/Thread.java";
                    case Record.CHANNEL -> "ipc/Channel.java";
                    case Record.SPACE -> "mem/Space.java";
                    case Record.MEMORY -> "mem/Frames.java";
                    default -> "thread/Core.java";
                };
        String method =
                switch (type) {
                    case Record.IPI_WORD -> "snapshotIpi";
                    case Record.CONTEXT -> "context";
                    default -> "snapshot";
                };
        String found =
                find(root.resolve(KERNEL).resolve(file), ".* void " + method + "\\(.*", root);
        return "written by " + (found == null ? file + ", " + method : "kernel " + found);
    }

    /** One line naming the place where the specification declares a variable. */
    public static String ofVariable(String variable) {
        Path root = root();
        String declared = "^ +" + Pattern.quote(variable) + ",? +\\\\\\* .*";
        for (String module : List.of("Ipc", "Scheduler", "AddressSpace", "Kernel")) {
            String found = find(root.resolve("spec/" + module + ".tla"), declared, root);
            if (found != null) {
                return "variable " + variable + ": " + found;
            }
        }
        return variable + ": no variable of the specification, the kernel keeps it to be quick";
    }

    /** One line naming the place where the specification defines an invariant. */
    public static String ofInvariant(String name) {
        Path root = root();
        for (String module : List.of("Ipc", "Scheduler", "LockTable", "AddressSpace", "Kernel")) {
            Path file = root.resolve("spec/" + module + ".tla");
            String found = find(file, "^" + Pattern.quote(name) + " ==.*", root);
            if (found != null) {
                return "invariant " + name + ": " + found;
            }
        }
        return "invariant " + name;
    }

    private static Path root() {
        return Path.of(System.getProperty("norma.root", "."));
    }

    private static @Nullable String kernel(Path root, String action) {
        Path folder = root.resolve(KERNEL);
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
