package norma.speccheck;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs the checks of {@code spec/manifest.json}.
 *
 * <p>Exit status: 0 when everything came out as the manifest says, 1 when something did not, 2 for
 * a usage error.
 */
public final class CheckMain {
    private static final int OK = 0;
    private static final int FAILED = 1;
    private static final int USAGE = 2;
    private static final int QUICK_STATES = 60_000;
    private static final String ROOT_PROPERTY = "norma.root";

    private CheckMain() {}

    private record Check(String kind, String name, String spec, BooleanSupplier body) {}

    /** Runs from the command line. */
    public static void main(String[] args) {
        System.exit(run(args, System.out, System.err));
    }

    /** Runs the checks chosen by the arguments and returns the exit status. */
    public static int run(String[] args, PrintStream out, PrintStream err) {
        return run(args, directory(), out, err);
    }

    static int run(String[] args, @Nullable Path directory, PrintStream out, PrintStream err) {
        String only = null;
        String kind = null;
        boolean list = false;
        boolean quick = false;
        for (int i = 0; i < args.length; i++) {
            if (args[i].equals("--list")) {
                list = true;
            } else if (args[i].equals("--quick")) {
                quick = true;
            } else if (args[i].equals("--spec") && i + 1 < args.length) {
                only = args[++i];
            } else if (args[i].equals("--kind") && i + 1 < args.length) {
                kind = args[++i];
            } else {
                err.println("check: unknown or incomplete option " + args[i]);
                err.println("usage: check [--list] [--quick] [--spec NAME] [--kind KIND]");
                err.println("  NAME is a specification or one check; KIND is graph, vacuity,");
                err.println("  liveness or broken; --quick leaves out the large graphs");
                return USAGE;
            }
        }
        if (directory == null) {
            err.println("check: no spec/" + Manifest.FILE + " here or above");
            return USAGE;
        }
        Console console = new Console(out);
        List<Check> chosen = choose(checks(Manifest.read(directory), console, quick), only, kind);
        if (chosen.isEmpty()) {
            err.println("check: no such check; try --list");
            return USAGE;
        }
        if (list) {
            chosen.forEach(c -> console.line("%-9s %-12s %s", c.kind(), c.spec(), c.name()));
            return OK;
        }
        return runAll(chosen, console);
    }

    private static int runAll(List<Check> checks, Console console) {
        long begin = System.nanoTime();
        List<String> failed = new ArrayList<>();
        for (Check check : checks) {
            if (!passes(check, console)) {
                failed.add(check.name());
            }
        }
        console.line(
                "%d checks, %d failed%s, %d s",
                checks.size(),
                failed.size(),
                failed.isEmpty() ? "" : " (" + String.join(", ", failed) + ")",
                (System.nanoTime() - begin) / 1_000_000_000L);
        return failed.isEmpty() ? OK : FAILED;
    }

    // A specification that does not load or a model that throws is a failed check, not a crash.
    private static boolean passes(Check check, Console console) {
        try {
            return check.body().getAsBoolean();
        } catch (RuntimeException e) {
            console.line("  FAILED: %s could not be carried out: %s", check.name(), causes(e));
            return false;
        }
    }

    private static String causes(Throwable error) {
        StringBuilder out = new StringBuilder(error.toString());
        for (Throwable c = error.getCause(); c != null; c = c.getCause()) {
            out.append("; ").append(c);
        }
        return out.toString();
    }

    private static List<Check> checks(Manifest manifest, Console console, boolean quick) {
        List<Check> checks = new ArrayList<>();
        Path directory = manifest.directory();
        PropertyCheck properties = new PropertyCheck(console, directory);
        Vacuity vacuity = new Vacuity();
        Set<String> specs = new LinkedHashSet<>();
        for (Manifest.Graph g : manifest.graphs()) {
            if (quick && g.states() > QUICK_STATES) {
                continue;
            }
            specs.add(g.spec());
            checks.add(
                    new Check(
                            "graph",
                            g.name(),
                            g.spec(),
                            () -> new GraphCheck(console, directory, g, vacuity).run()));
        }
        // Only all sizes together reach everything.
        for (String spec : quick ? Set.<String>of() : specs) {
            checks.add(
                    new Check(
                            "vacuity",
                            spec + "-vacuity",
                            spec,
                            () -> seen(vacuity, spec, console)));
        }
        for (Manifest.Liveness l : manifest.liveness()) {
            checks.add(new Check("liveness", l.name(), l.spec(), () -> properties.holds(l)));
        }
        for (Manifest.Broken b : manifest.broken()) {
            checks.add(new Check("broken", b.name(), b.spec(), () -> properties.fails(b)));
        }
        return checks;
    }

    private static boolean seen(Vacuity vacuity, String spec, Console console) {
        console.begin("vacuity", spec);
        Set<String> unseen = vacuity.unseen(spec);
        unseen.forEach(what -> console.line("  FAILED: %s", what));
        if (unseen.isEmpty()) {
            console.line("  %-14s every action enabled, every antecedent true somewhere", spec);
        }
        return unseen.isEmpty();
    }

    private static List<Check> choose(
            List<Check> checks, @Nullable String only, @Nullable String kind) {
        return checks.stream()
                .filter(c -> only == null || c.name().equals(only) || c.spec().equals(only))
                .filter(c -> kind == null || c.kind().equals(kind))
                .toList();
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
