package norma.speccheck;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import norma.speccheck.evidence.EvidenceException;
import org.jspecify.annotations.Nullable;

/**
 * Runs the checks of {@code spec/manifest.json}.
 *
 * <p>Exit status: 0 when everything came out as the manifest says, 1 when something did not or
 * evidence that was to be trusted is not current, 2 for a usage error, 3 when the evidence or the
 * sources cannot be read.
 */
public final class CheckMain {
    private static final int OK = 0;
    private static final int USAGE = 2;
    private static final int INFRASTRUCTURE = 3;
    private static final String ROOT_PROPERTY = "norma.root";

    private CheckMain() {}

    /** Runs from the command line. */
    public static void main(String[] args) {
        System.exit(run(args, System.out, System.err));
    }

    /** Runs the checks chosen by the arguments and returns the exit status. */
    public static int run(String[] args, PrintStream out, PrintStream err) {
        return run(args, directory(), out, err);
    }

    static int run(String[] args, @Nullable Path directory, PrintStream out, PrintStream err) {
        CheckOptions options;
        try {
            options = CheckOptions.parse(args);
        } catch (IllegalArgumentException e) {
            err.println("check: " + e.getMessage());
            CheckOptions.USAGE.forEach(err::println);
            return USAGE;
        }
        if (directory == null) {
            err.println("check: no spec/" + Manifest.FILE + " here or above");
            return USAGE;
        }
        try {
            return run(options, directory, new Console(out), err);
        } catch (EvidenceException e) {
            err.println("check: " + e.getMessage());
            return INFRASTRUCTURE;
        }
    }

    private static int run(CheckOptions options, Path directory, Console console, PrintStream err) {
        Vacuity vacuity = new Vacuity();
        List<Item> all = Item.all(Manifest.read(directory), console, vacuity);
        String unknown = options.unknown(all);
        List<Item> chosen = all.stream().filter(options::chooses).toList();
        if (unknown == null && chosen.isEmpty()) {
            unknown = "of what --spec names nothing is left by --kind and --quick; try --list";
        }
        if (unknown != null) {
            err.println("check: " + unknown);
            return USAGE;
        }
        if (options.list()) {
            chosen.forEach(i -> console.line("%-9s %-12s %s", i.kind(), i.spec(), i.name()));
            return OK;
        }
        return new CheckRun(options, directory, console, vacuity, all, chosen).run();
    }

    private static @Nullable Path directory() {
        String root = System.getProperty(ROOT_PROPERTY);
        Path at = Path.of(root == null ? "" : root).toAbsolutePath();
        for (; at != null; at = at.getParent()) {
            Path directory = at.resolve("spec");
            if (Files.exists(directory.resolve(Manifest.FILE))) {
                return directory;
            }
        }
        return null;
    }
}
