package norma.kernel.sim.explore;

import java.util.ArrayList;
import java.util.List;
import norma.conformance.scenario.Script;

/**
 * Which operations of which programs have been begun, and which have come to their end, in any
 * state visited: what a search that was given up has seen.
 */
final class Coverage {
    private final boolean[][] begun;
    private final boolean[][] completed;

    Coverage(Script script) {
        int programs = script.programs().size();
        begun = new boolean[programs][];
        completed = new boolean[programs][];
        for (int i = 0; i < programs; i++) {
            begun[i] = new boolean[script.programs().get(i).length];
            completed[i] = new boolean[begun[i].length];
        }
    }

    /** A thread is at the operation. */
    void begins(int program, int operation) {
        mark(begun, program, operation);
    }

    /** A thread has come past the operation. */
    void completes(int program, int operation) {
        mark(completed, program, operation);
    }

    private static void mark(boolean[][] marks, int program, int operation) {
        if (program >= 0 && operation >= 0 && operation < marks[program].length) {
            marks[program][operation] = true;
        }
    }

    /** For people: how many, and which not. */
    List<String> lines(String script) {
        List<String> missing = new ArrayList<>();
        int all = 0;
        int began = 0;
        int ended = 0;
        for (Operations.Operation operation : Operations.of(script)) {
            boolean begins = begun[operation.program()][operation.index()];
            boolean completes = completed[operation.program()][operation.index()];
            all++;
            began += begins ? 1 : 0;
            ended += completes ? 1 : 0;
            if (!completes) {
                missing.add((begins ? "not completed " : "not begun ") + operation);
            }
        }
        missing.addFirst("operations: " + all + ", begun " + began + ", completed " + ended);
        return missing;
    }
}
