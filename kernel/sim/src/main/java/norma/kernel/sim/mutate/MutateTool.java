package norma.kernel.sim.mutate;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.spi.ToolProvider;
import norma.conformance.job.TextFile;
import norma.conformance.job.Verdicts;
import org.jspecify.annotations.Nullable;

/**
 * Makes the mutants of the kernel and has each found again by who the table says; or looks for who
 * finds them, and writes the table. Exit codes are those of {@link Verdicts}.
 */
public final class MutateTool implements ToolProvider {
    @Override
    public String name() {
        return "norma-mutate";
    }

    @Override
    public int run(PrintWriter out, PrintWriter err, String... arguments) {
        try {
            Options options = Options.parse(arguments);
            Catalogue catalogue = Catalogue.ofKernel();
            List<Mutant> selected =
                    catalogue.mutants().values().stream()
                            .filter(m -> options.only.matcher(m.name()).find())
                            .toList();
            if (selected.isEmpty()) {
                throw new UsageException("no mutant's name contains " + options.only);
            }
            if (options.list) {
                selected.forEach(mutant -> out.println(mutant.name() + " " + mutant.line()));
                return Verdicts.PASS;
            }
            Path classes = options.classes;
            if (classes != null) {
                return write(catalogue, selected, classes, out);
            }
            return work(options, catalogue, selected, out);
        } catch (UsageException e) {
            err.println("norma mutate: " + e.getMessage() + "; see 'norma mutate --help'");
            return Verdicts.USAGE;
        } catch (KillTable.Malformed e) {
            err.println("norma mutate: " + e.getMessage());
            return Verdicts.USAGE;
        } catch (IOException e) {
            err.println("norma mutate: " + e.getMessage());
            return Verdicts.INCONCLUSIVE;
        } finally {
            err.flush();
            out.flush();
        }
    }

    private static int work(
            Options options, Catalogue catalogue, List<Mutant> selected, PrintWriter out)
            throws IOException, KillTable.Malformed {
        Path file = options.table;
        KillTable table =
                file == null
                        ? KillTable.parse("kills", resource("kills"))
                        : KillTable.parse(file.toString(), text(file));
        Map<String, String> arguments = Equivalents.parse("equivalents", resource("equivalents"));
        ExecutorService pool = Executors.newFixedThreadPool(2);
        try {
            Run run = new Run(catalogue, selected, table, arguments, pool, out);
            return options.record && file != null
                    ? run.record(file, options.all, options.full)
                    : run.check(options.all, options.full, options.seed);
        } finally {
            pool.shutdownNow();
        }
    }

    private static int write(
            Catalogue catalogue, List<Mutant> selected, Path folder, PrintWriter out)
            throws IOException, UsageException {
        if (selected.size() != 1) {
            throw new UsageException(
                    "--classes takes one mutant, and --only means " + selected.size());
        }
        Mutant mutant = selected.getFirst();
        Path file = folder.resolve(mutant.type().replace('.', '/') + ".class");
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.write(file, mutant.changed(catalogue.original(mutant)));
        out.println(mutant.name() + " " + file);
        return Verdicts.PASS;
    }

    private static String text(Path file) throws IOException, KillTable.Malformed {
        try {
            return TextFile.read(file);
        } catch (norma.conformance.job.UsageException e) {
            throw new KillTable.Malformed(String.valueOf(e.getMessage()));
        }
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = MutateTool.class.getResourceAsStream("/norma/mutate/" + name)) {
            if (in == null) {
                throw new IOException("no resource " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The command line is wrong. */
    private static final class UsageException extends Exception {
        private static final long serialVersionUID = 1;

        UsageException(String message) {
            super(message);
        }
    }

    private static final class Options {
        /** Seeds that a run which is not told one chooses from. */
        private static final int SEEDS = 1_000_000;

        Pattern only = Pattern.compile("");
        boolean all = true;
        boolean list;
        boolean full;
        boolean record;
        long seed = ThreadLocalRandom.current().nextInt(SEEDS);
        @Nullable Path table;
        @Nullable Path classes;

        static Options parse(String[] arguments) throws UsageException {
            Options options = new Options();
            Iterator<String> words = List.of(arguments).iterator();
            while (words.hasNext()) {
                String name = words.next();
                switch (name) {
                    case "--list" -> options.list = true;
                    case "--full" -> options.full = true;
                    case "--record" -> options.record = true;
                    case "--only", "--table", "--classes", "--seed" -> {
                        if (!words.hasNext()) {
                            throw new UsageException(name + " needs a value");
                        }
                        options.set(name, words.next());
                    }
                    default -> throw new UsageException("what is " + name + "?");
                }
            }
            if (options.record && options.table == null) {
                throw new UsageException("--record needs --table");
            }
            return options;
        }

        private void set(String name, String value) throws UsageException {
            switch (name) {
                case "--table" -> table = Path.of(value);
                case "--classes" -> classes = Path.of(value);
                case "--seed" -> {
                    try {
                        seed = Long.parseLong(value);
                    } catch (NumberFormatException e) {
                        throw new UsageException("--seed takes a number, not " + value);
                    }
                }
                default -> {
                    try {
                        only = Pattern.compile(value);
                        all = false;
                    } catch (PatternSyntaxException e) {
                        throw new UsageException(
                                "--only takes a regular expression, not "
                                        + value
                                        + ": "
                                        + e.getDescription());
                    }
                }
            }
        }
    }
}
