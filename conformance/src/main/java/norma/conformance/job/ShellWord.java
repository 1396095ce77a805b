package norma.conformance.job;

/** Words of command lines that are printed to be run again. */
public final class ShellWord {
    private ShellWord() {}

    /** A path or a name as a shell reads it: in quotes if there is anything special in it. */
    public static String of(Object word) {
        String text = word.toString();
        return text.matches("[A-Za-z0-9_./+=:@%-]+")
                ? text
                : "'" + text.replace("'", "'\\''") + "'";
    }
}
