package norma.kernel.sim.explore;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The command line of {@link ExploreTool}. */
final class ExploreOptions {
    private static final long MOST = 50_000_000;

    final List<Case> scenarios = new ArrayList<>();
    long most = MOST;
    int seeds = 2;
    boolean all;
    boolean locks;
    boolean list;
    boolean mutants;
    boolean operations;
    @Nullable Path replay;
    @Nullable Path out;

    /** Files of scenarios that are not built in, by name. */
    final Map<String, Path> scripts = new HashMap<>();

    private @Nullable Path manifest;

    /** The command line is wrong. */
    static final class UsageException extends Exception {
        private static final long serialVersionUID = 1;

        UsageException(String message) {
            super(message);
        }
    }

    static ExploreOptions parse(String[] arguments) throws UsageException, IOException {
        ExploreOptions options = new ExploreOptions();
        Iterator<String> words = List.of(arguments).iterator();
        while (words.hasNext()) {
            String name = words.next();
            switch (name) {
                case "--list" -> options.list = true;
                case "--all" -> options.all = true;
                case "--locks" -> options.locks = true;
                case "--mutants" -> options.mutants = true;
                case "--operations" -> options.operations = true;
                case "--scenario",
                        "--script",
                        "--manifest",
                        "--most",
                        "--seeds",
                        "--replay",
                        "--out" -> {
                    if (!words.hasNext()) {
                        throw new UsageException(name + " needs a value");
                    }
                    options.set(name, words.next());
                }
                default -> throw new UsageException("what is " + name + "?");
            }
        }
        if (options.scenarios.isEmpty() && options.replay == null) {
            for (String name : options.names()) {
                options.scenarios.add(Case.named(name));
            }
        }
        if (options.locks) {
            options.scenarios.replaceAll(Case::withLocks);
            Map<String, Path> own = Map.copyOf(options.scripts);
            own.forEach((name, file) -> options.scripts.put(name + Case.LOCKS, file));
        }
        return options;
    }

    /** The scenarios meant if none is named. */
    private List<String> names() {
        if (locks) {
            return Case.locked(true);
        }
        List<String> names = new ArrayList<>(Case.names());
        if (!mutants && !operations) {
            names.addAll(Case.locked(false));
        }
        return names;
    }

    private void set(String name, String value) throws UsageException, IOException {
        switch (name) {
            case "--scenario" -> scenarios.add(Case.named(value));
            case "--script" -> {
                Case own = Case.read(Path.of(value));
                scenarios.add(own);
                scripts.put(own.name(), Path.of(value));
            }
            case "--manifest" -> manifest = Path.of(value);
            case "--replay" -> replay = Path.of(value);
            case "--out" -> out = Path.of(value);
            case "--seeds" -> seeds = (int) number(name, value, 1_000_000);
            default -> most = number(name, value, Long.MAX_VALUE);
        }
    }

    private static long number(String name, String value, long most) throws UsageException {
        try {
            long number = Long.parseLong(value);
            if (number > 0 && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Reported below, like a number below 1.
        }
        throw new UsageException(name + " takes a number from 1 on, not " + value);
    }

    /** The counts to compare with. */
    Manifest manifest() throws IOException {
        Path file = manifest;
        return file == null
                ? Manifest.ofScenarios()
                : new Manifest(file.toString(), Texts.read(file));
    }
}
