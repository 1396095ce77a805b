package norma.conformance.scenario;

import java.nio.file.Path;

/** A script that does not parse: names line and column of the first error. */
public final class ScriptException extends Exception {
    private static final long serialVersionUID = 1;

    private final int line;
    private final int column;
    private final String what;

    ScriptException(int line, int column, String message) {
        super("line " + line + ", column " + column + ": " + message);
        this.line = line;
        this.column = column;
        what = message;
    }

    /** The message as compilers write it, of a script from {@code file}. */
    public String in(Path file) {
        return file + ":" + line + ":" + column + ": " + what;
    }
}
