package norma.kernel.sim.explore;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import norma.kernel.sim.Failure;
import norma.kernel.sim.load.ClassEdit;
import org.jspecify.annotations.Nullable;

/**
 * Is every operation of a scenario there for something? Without it there must be fewer states, or
 * one of the scenario's bugs is not found any more, or there is no scenario: the first thread never
 * comes to its end, or one calls nobody for ever, or can reach a page that the script says it
 * cannot, or the other way round.
 */
final class OperationCheck {
    /** The kernel is as it is, so it is the script that says what is not so. */
    private static final String OTHERWISE = "WITNESS_MISMATCH";

    private final Manifest manifest;
    private final PrintWriter out;
    private int passed;
    private int failed;

    OperationCheck(Manifest manifest, PrintWriter out) {
        this.manifest = manifest;
        this.out = out;
    }

    int passed() {
        return passed;
    }

    int failed() {
        return failed;
    }

    /** Leaves out each operation of the scenarios in turn; a row each. */
    void run(List<Case> scenarios) {
        for (Case scenario : scenarios) {
            for (Operations.Operation operation : Operations.removable(scenario.text())) {
                String needed = needed(scenario, operation);
                passed += needed == null ? 0 : 1;
                failed += needed == null ? 1 : 0;
                out.printf(
                        Locale.ROOT,
                        "%-14s %-36s %s%n",
                        scenario.name(),
                        operation,
                        needed == null ? "WRONG: nothing is lost without it" : needed);
                out.flush();
            }
        }
    }

    /** What is lost without the operation, or null. */
    private @Nullable String needed(Case scenario, Operations.Operation operation) {
        long states = manifest.states(scenario.name());
        Case rest;
        Exploration.Outcome without;
        try {
            rest = Operations.without(scenario, operation);
            without = new Exploration(ClassEdit.NONE, rest).search(false, states);
        } catch (InputException | Inconsistent e) {
            return "no scenario: " + e.getMessage();
        }
        Failure failure = without.failure();
        if (failure != null) {
            boolean none = without.states() == 0 || failure.kind().equals(OTHERWISE);
            return none ? "no scenario: " + failure.summary() : null;
        }
        if (without.complete() && without.states() < states) {
            return "fewer states: " + without.states();
        }
        for (SeededBug bug : SeededBug.of(scenario.name())) {
            Exploration.Outcome found = new Exploration(bug.edit(), rest).search(false, 4 * states);
            if (found.failure() == null && found.complete()) {
                return "not found: " + bug.mutant().name();
            }
        }
        return null;
    }
}
