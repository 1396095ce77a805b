package norma.speccheck.evidence;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The module files that a module reads, by EXTENDS and INSTANCE. Standard modules, which are no
 * files here, are left out. What the model checker really opens is compared with this after each
 * proof.
 */
public final class ModuleClosure {
    private static final String EXTENSION = ".tla";
    private static final Pattern READS =
            Pattern.compile("\\bEXTENDS\\s+(\\w+(?:\\s*,\\s*\\w+)*)|\\bINSTANCE\\s+(\\w+)");

    private ModuleClosure() {}

    /** File names and texts; {@code read} gives the text of a file, null if there is none. */
    public static SortedMap<String, String> of(
            String module, Function<String, @Nullable String> read) {
        SortedMap<String, String> closure = new TreeMap<>();
        Set<String> known = new HashSet<>(Set.of(module));
        Deque<String> open = new ArrayDeque<>(known);
        while (!open.isEmpty()) {
            String file = open.remove() + EXTENSION;
            String text = read.apply(file);
            if (text == null) {
                continue;
            }
            closure.put(file, text);
            Matcher reads = READS.matcher(withoutComments(text));
            while (reads.find()) {
                String names = reads.group(1) == null ? reads.group(2) : reads.group(1);
                for (String name : names.split("\\s*,\\s*", -1)) {
                    if (known.add(name)) {
                        open.add(name);
                    }
                }
            }
        }
        return closure;
    }

    /** Comments become blanks: nested ones in parentheses, and those to the end of the line. */
    static String withoutComments(String text) {
        StringBuilder out = new StringBuilder();
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            if (text.startsWith("(*", i)) {
                depth++;
                i++;
            } else if (depth > 0 && text.startsWith("*)", i)) {
                depth--;
                i++;
                out.append(' ');
            } else if (depth == 0 && text.startsWith("\\*", i)) {
                int end = text.indexOf('\n', i);
                i = (end < 0 ? text.length() : end) - 1;
            } else if (depth == 0) {
                out.append(text.charAt(i));
            }
        }
        return out.toString();
    }
}
