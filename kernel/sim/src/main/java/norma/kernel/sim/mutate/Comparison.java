package norma.kernel.sim.mutate;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import norma.kernel.sim.Failure;
import norma.kernel.sim.explore.Case;
import norma.kernel.sim.explore.Exploration;
import norma.kernel.sim.load.ClassEdit;
import org.jspecify.annotations.Nullable;

/**
 * Compares mutants that are said to be no bugs with the kernel, in every interleaving of explored
 * scenarios: all steps, as they are seen from outside, must be the same. A mutant may have more
 * states inside.
 *
 * <p>Where the kernel never comes by a mutant's place, the mutant does what the kernel does, and
 * nobody looks. Each is looked at alone in the smallest scenario that comes by it. In the others
 * many are looked at in one kernel, and in halves if that does something else: each of two may be
 * no bug because the other does the same.
 */
final class Comparison {
    /** States of the mutants' scenarios: they may have more inside than the kernel. */
    private static final long MOST = 2 * Hunt.MOST;

    private final List<Mutant> mutants;
    private final ExecutorService pool;
    private final Map<String, Seen> kernel = new LinkedHashMap<>();
    private int explorations;

    /**
     * The kernel as it is, in one scenario.
     *
     * @param states how large it is
     * @param steps hash of all steps as they are seen from outside
     * @param passed numbers of the mutants whose places are come by
     */
    private record Seen(long states, long steps, BitSet passed) {}

    Comparison(List<Mutant> mutants, ExecutorService pool) {
        this.mutants = List.copyOf(mutants);
        this.pool = pool;
    }

    /** Explores the kernel as it is in the scenarios of at most {@code most} states. */
    private void measure(long most) throws ExecutionException, InterruptedException {
        Map<String, Future<@Nullable Seen>> all = new LinkedHashMap<>();
        Case.names().forEach(name -> all.put(name, pool.submit(() -> seen(name, most))));
        for (Map.Entry<String, Future<@Nullable Seen>> entry : all.entrySet()) {
            Seen seen = entry.getValue().get();
            if (seen != null) {
                kernel.put(entry.getKey(), seen);
            }
        }
    }

    private @Nullable Seen seen(String scenario, long most) {
        Passed.take();
        Exploration.Outcome outcome =
                new Exploration(new Passed(mutants), Case.find(scenario).orElseThrow()).watch(most);
        BitSet passed = Passed.take();
        return outcome.complete() ? new Seen(outcome.states(), outcome.observed(), passed) : null;
    }

    /** Scenarios in which mutants are compared. */
    int scenarios() {
        return kernel.size();
    }

    /** Explorations of mutants, up to now. */
    synchronized int explorations() {
        return explorations;
    }

    /**
     * Mutants that do something else than the kernel in a scenario of at most {@code most} states,
     * each with where and what.
     */
    Map<Mutant, List<String>> differences(long most)
            throws ExecutionException, InterruptedException {
        if (!mutants.isEmpty()) {
            measure(most);
        }
        List<Future<Map<Mutant, String>>> results = new ArrayList<>();
        Set<Mutant> alone = new HashSet<>();
        kernel.entrySet().stream()
                .sorted(Comparator.comparingLong(e -> e.getValue().states()))
                .forEach(scenario -> {
                    for (List<Mutant> group : groups(scenario.getValue().passed(), alone)) {
                        results.add(
                                pool.submit(() -> {
                                    Map<Mutant, String> found = new LinkedHashMap<>();
                                    compare(group, scenario.getKey(), scenario.getValue(), found);
                                    return found;
                                }));
                    }
                });
        Map<Mutant, List<String>> all = new LinkedHashMap<>();
        for (Future<Map<Mutant, String>> result : results) {
            result.get()
                    .forEach((mutant, text) ->
                            all.computeIfAbsent(mutant, m -> new ArrayList<>()).add(text));
        }
        return all;
    }

    /**
     * Those who are passed, one by one if they have not been looked at {@code alone}; of the others
     * as few groups as come of themselves, in each of which no two change one instruction.
     */
    private List<List<Mutant>> groups(BitSet passed, Set<Mutant> alone) {
        List<List<Mutant>> single = new ArrayList<>();
        List<List<Mutant>> groups = new ArrayList<>();
        for (int i = passed.nextSetBit(0); i >= 0; i = passed.nextSetBit(i + 1)) {
            Mutant mutant = mutants.get(i);
            if (alone.add(mutant)) {
                single.add(List.of(mutant));
                continue;
            }
            List<Mutant> fitting =
                    groups.stream()
                            .filter(g -> g.stream().noneMatch(mutant::overlaps))
                            .findFirst()
                            .orElse(null);
            if (fitting == null) {
                fitting = new ArrayList<>();
                groups.add(fitting);
            }
            fitting.add(mutant);
        }
        single.addAll(groups);
        return single;
    }

    private void compare(List<Mutant> group, String scenario, Seen seen, Map<Mutant, String> into) {
        String difference = difference(group, scenario, seen);
        if (difference == null) {
            return;
        }
        if (group.size() == 1) {
            into.put(group.getFirst(), scenario + ": " + difference);
            return;
        }
        int half = group.size() / 2;
        compare(group.subList(0, half), scenario, seen, into);
        compare(group.subList(half, group.size()), scenario, seen, into);
    }

    private @Nullable String difference(List<Mutant> group, String scenario, Seen seen) {
        synchronized (this) {
            explorations++;
        }
        Exploration.Outcome outcome =
                new Exploration(together(group), Case.find(scenario).orElseThrow()).watch(MOST);
        Failure failure = outcome.failure();
        if (failure != null) {
            return failure.kind() + " " + failure.summary();
        }
        return outcome.complete() && outcome.observed() == seen.steps()
                ? null
                : "other steps than the kernel's";
    }

    /** The kernel with all of these changes. */
    static ClassEdit together(List<Mutant> group) {
        return (name, bytes) -> {
            List<Mutant> here = group.stream().filter(m -> m.type().equals(name)).toList();
            return here.isEmpty() ? bytes : Mutant.changed(bytes, here);
        };
    }
}
