package norma.kernel.sim.mutate;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import norma.conformance.job.Verdicts;
import norma.conformance.saved.Unfinished;
import org.jspecify.annotations.Nullable;

/** One run over the mutants that are selected: with the table, or for it. */
final class Run {
    /** Scenarios up to so many states are compared for equivalents, unless all are asked for. */
    private static final long SMALL = 130_000;

    /** Of a hundred mutants so many may be equivalent. */
    private static final int EQUIVALENT_PERCENT = 5;

    private static final int EXPLORED = 0;
    private static final int SIMULATED = 1;
    private static final int BROKEN = 2;
    private static final int EQUIVALENT = 3;
    private static final int SURVIVES = 4;

    private final Catalogue catalogue;
    private final List<Mutant> selected;
    private final KillTable table;
    private final Map<String, String> arguments;
    private final ExecutorService pool;
    private final PrintWriter out;

    Run(
            Catalogue catalogue,
            List<Mutant> selected,
            KillTable table,
            Map<String, String> arguments,
            ExecutorService pool,
            PrintWriter out) {
        this.catalogue = catalogue;
        this.selected = selected;
        this.table = table;
        this.arguments = arguments;
        this.pool = pool;
        this.out = out;
    }

    /**
     * Has every mutant found again by who the table says, and compares equivalents with the kernel;
     * {@code all}: the table must be complete, too, and unless {@code full} only those are looked
     * at that a run of {@code seed} looks at ({@link Catalogue#isLookedAt}).
     */
    int check(boolean all, boolean full, long seed) {
        long start = System.nanoTime();
        List<String> wrong = new ArrayList<>(all ? incomplete() : missing(selected));
        Hunt hunt = new Hunt(List.copyOf(catalogue.mutants().values()));
        Map<Mutant, Future<@Nullable String>> results = new LinkedHashMap<>();
        List<Mutant> equivalent = new ArrayList<>();
        List<Mutant> now = selected;
        if (all && !full) {
            now = selected.stream().filter(m -> catalogue.isLookedAt(m, seed)).toList();
            out.println(
                    "mutants of seed "
                            + seed
                            + ": the same again with --seed "
                            + seed
                            + ", all with --full");
            out.flush();
        }
        for (Mutant mutant : now) {
            KillTable.Fate fate = fate(mutant);
            if (fate instanceof KillTable.Equivalent) {
                equivalent.add(mutant);
            } else if (fate != null) {
                results.put(mutant, pool.submit(() -> hunt.again(mutant, fate)));
            }
        }
        Comparison comparison = new Comparison(equivalent, pool);
        Map<Mutant, List<String>> different = compare(comparison, full ? Hunt.MOST : SMALL);
        int failed = different.size();
        for (Map.Entry<Mutant, Future<@Nullable String>> result : results.entrySet()) {
            String instead = get(result.getValue());
            if (instead != null) {
                failed++;
                wrong.add(result.getKey().name() + " " + instead);
            }
        }
        different.forEach(
                (mutant, texts) -> texts.forEach(text -> wrong.add(mutant.name() + " " + text)));
        return verdict(now, wrong, failed, comparison, (System.nanoTime() - start) / 1e9);
    }

    /** Those that are no bugs, in the scenarios of at most {@code most} states. */
    private Map<Mutant, List<String>> compare(Comparison comparison, long most) {
        try {
            return comparison.differences(most);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a mutant cannot be run", e.getCause());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private KillTable.@Nullable Fate fate(Mutant mutant) {
        return table.fates().get(mutant.name());
    }

    private List<String> missing(Collection<Mutant> mutants) {
        List<String> wrong = new ArrayList<>();
        for (Mutant mutant : mutants) {
            if (fate(mutant) == null) {
                wrong.add(mutant.name() + " is not in the table; --record looks for who finds it");
            }
        }
        return wrong;
    }

    /** Rows that are missing, left over, without argument, or too many. */
    private List<String> incomplete() {
        List<String> wrong = missing(catalogue.mutants().values());
        int equivalent = 0;
        for (Map.Entry<String, KillTable.Fate> row : table.fates().entrySet()) {
            if (!catalogue.mutants().containsKey(row.getKey())) {
                wrong.add(row.getKey() + " is in the table, and there is no such mutant");
            }
            boolean same = row.getValue() instanceof KillTable.Equivalent;
            equivalent += same ? 1 : 0;
            if (same != arguments.containsKey(row.getKey())) {
                wrong.add(
                        row.getKey()
                                + (same
                                        ? " is equivalent without an argument"
                                        : " has an argument, and is not equivalent"));
            }
        }
        for (String name : arguments.keySet()) {
            if (!table.fates().containsKey(name)) {
                wrong.add(name + " has an argument, and there is no such mutant");
            }
        }
        if (equivalent * 100 > EQUIVALENT_PERCENT * catalogue.mutants().size()) {
            wrong.add(
                    equivalent + " mutants are equivalent, more than " + EQUIVALENT_PERCENT + " %");
        }
        return wrong;
    }

    private int verdict(
            List<Mutant> now,
            List<String> wrong,
            int failed,
            Comparison comparison,
            double seconds) {
        Map<Operator, int[]> counts = new EnumMap<>(Operator.class);
        int[] sum = new int[SURVIVES + 1];
        for (Mutant mutant : now) {
            KillTable.Fate fate = fate(mutant);
            if (fate != null) {
                counts.computeIfAbsent(mutant.operator(), o -> new int[SURVIVES + 1])[kind(fate)]++;
                sum[kind(fate)]++;
            }
        }
        out.printf(
                "%-14s %8s %8s %9s %8s %10s %8s%n",
                "operator",
                "mutants",
                "explored",
                "simulated",
                "contract",
                "equivalent",
                "survive");
        counts.forEach((operator, c) -> row(operator.text, c));
        row("all", sum);
        out.printf(
                Locale.ROOT,
                "%d of the %d mutants in the table, of %d possible: %d found again, %d equivalent (compared in %d"
                        + " scenarios, %d explorations), %d survive; %d wrong, %.1f s%n",
                now.size(),
                catalogue.mutants().size(),
                catalogue.possible(),
                sum[EXPLORED] + sum[SIMULATED] + sum[BROKEN],
                sum[EQUIVALENT],
                comparison.scenarios(),
                comparison.explorations(),
                sum[SURVIVES],
                wrong.size(),
                seconds);
        wrong.forEach(text -> out.println("WRONG " + text));
        out.printf(
                "%d passed, %d failed, %d skipped%n",
                sum[EXPLORED]
                        + sum[SIMULATED]
                        + sum[BROKEN]
                        + sum[EQUIVALENT]
                        + sum[SURVIVES]
                        - failed,
                wrong.size(),
                0);
        return wrong.isEmpty() ? Verdicts.PASS : Verdicts.VIOLATION;
    }

    private void row(String name, int[] c) {
        out.printf(
                "%-14s %8d %8d %9d %8d %10d %8d%n",
                name,
                Arrays.stream(c).sum(),
                c[EXPLORED],
                c[SIMULATED],
                c[BROKEN],
                c[EQUIVALENT],
                c[SURVIVES]);
    }

    private static int kind(KillTable.Fate fate) {
        return switch (fate) {
            case KillTable.Explored e -> EXPLORED;
            case KillTable.Simulated s -> SIMULATED;
            case KillTable.Broken b -> BROKEN;
            case KillTable.Equivalent e -> EQUIVALENT;
            case KillTable.Survives s -> SURVIVES;
        };
    }

    /**
     * Looks for who finds mutants, and writes the table: those selected by name, or those that it
     * does not have; {@code full}: also, and longer, those that nobody has found. Others keep their
     * rows.
     */
    int record(Path file, boolean all, boolean full) throws IOException {
        List<Mutant> mutants = List.copyOf(catalogue.mutants().values());
        Hunt hunt = new Hunt(mutants);
        try {
            hunt.measure(pool);
        } catch (Exception e) {
            throw new IllegalStateException("the kernel as it is does not run", e);
        }
        Map<Mutant, Future<KillTable.Fate>> results = new LinkedHashMap<>();
        for (Mutant mutant : selected) {
            KillTable.Fate before = fate(mutant);
            boolean wanted =
                    before == null
                            || (!all || full) && before instanceof KillTable.Survives
                            || !all && !full && !(before instanceof KillTable.Equivalent);
            if (wanted) {
                results.put(mutant, pool.submit(search(hunt, mutant, full)));
            }
        }
        KillTable next = new KillTable();
        for (Mutant mutant : mutants) {
            Future<KillTable.Fate> result = results.get(mutant);
            KillTable.Fate before = fate(mutant);
            if (result != null) {
                KillTable.Fate found = get(result);
                boolean known =
                        found instanceof KillTable.Survives && before instanceof KillTable.Survives;
                KillTable.Fate fate = known && before != null ? before : found;
                next.put(mutant.name(), fate);
                out.println(mutant.name() + " " + fate.text());
                out.flush();
            } else if (before != null) {
                next.put(mutant.name(), before);
            }
        }
        Unfinished.write(file, next.text());
        return Verdicts.PASS;
    }

    private static Callable<KillTable.Fate> search(Hunt hunt, Mutant mutant, boolean full) {
        return () -> {
            KillTable.Fate found = hunt.find(mutant, full);
            return found != null ? found : new KillTable.Survives(hunt.passedBy(mutant));
        };
    }

    private static <T> T get(Future<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a mutant cannot be run", e.getCause());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
