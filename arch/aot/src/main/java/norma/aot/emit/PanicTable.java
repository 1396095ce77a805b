// Contract: the Java strings that panic records refer to by index: file names and class names.
// Invariant: index 0 is null; indices are given in order of first use.
// Owner: norma.aot.emit.
package norma.aot.emit;

import java.util.LinkedHashMap;
import java.util.Map;

/** Strings of panic records. */
final class PanicTable {
    private final Map<String, Integer> indices = new LinkedHashMap<>();

    int index(String text) {
        return indices.computeIfAbsent(text, t -> indices.size() + 1);
    }

    void emit(StringBuilder out, int stringClassId) {
        indices.forEach((text, i) ->
                out.append(StringData.declare("P_" + i, text))
                        .append(StringData.define("P_" + i, text, stringClassId)));
        out.append("const ref rt_panic_strings[] = {0");
        indices.values().forEach(i -> out.append(", (ref)&P_").append(i));
        out.append("};\n\n");
    }
}
