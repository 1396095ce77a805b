// Contract: a compilation that found errors; carries all of them.
// Owner: norma.aot.
package norma.aot;

import java.util.List;

/** All errors of a failed compilation, sorted, one line each. */
public final class CompileException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<String> errors;

    CompileException(List<String> errors) {
        super(String.join("\n", errors));
        this.errors = List.copyOf(errors);
    }

    /** The errors, sorted. */
    public List<String> errors() {
        return errors;
    }
}
