package norma.conformance.scenario;

/** A script that does not parse: names line and column of the first error. */
public final class ScriptException extends Exception {
    private static final long serialVersionUID = 1;

    ScriptException(int line, int column, String message) {
        super("line " + line + ", column " + column + ": " + message);
    }
}
