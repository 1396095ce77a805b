// Contract: differential corpus: string constants. Prints the same on the JVM and on every target.
// Owner: arch/aot.
package norma.aot.corpus;

/** Strings. */
final class Strings {
    private static final String[] WORDS = {
        "", "a", "Aa", "BB", "latin \u00e9\u00ff", "wide \u20ac\ud83d\ude00", "mount"
    };
    private static final String CONSTANT = "con" + "stant";
    private static final String COMPUTED = new StringBuilder("con").append("stant").toString();

    private Strings() {}

    private static int choose(String s) {
        return switch (s) {
            case "Aa" -> 1;
            case "BB" -> 2;
            case "mount" -> 3;
            default -> s.isEmpty() ? 4 : 5;
        };
    }

    static void run() {
        for (String s : WORDS) {
            Out.text(s);
            Out.line(" length", s.length());
            Out.line("hash", s.hashCode());
            Out.line("choose", choose(s));
            for (int i = 0; i < s.length(); i++) {
                Out.line("char", s.charAt(i));
            }
        }
        Out.line("equal", CONSTANT.equals(COMPUTED));
        Object o = COMPUTED;
        Out.line("equal object", o.equals("constant"));
        Out.line("hash object", o.hashCode());
        Out.line("unequal", CONSTANT.equals("constanT"));
        Out.line("same", CONSTANT == "constant");
    }
}
