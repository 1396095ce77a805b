// Contract: a bound on the stack of each entry: frame sizes from clang's -fstack-usage, summed
// along
// the deepest chain of the compiler's own call graph.
// Invariant: the call graph has no cycles (RecursionLint). A function that clang inlined has no
// frame
// of its own; its variables are part of its caller's frame.
// Owner: norma.aot.report.
package norma.aot.report;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Stack bounds of entries. */
public final class StackBounds {
    private final Map<String, List<String>> callGraph;
    private final Map<String, Long> frames;
    private final int callBytes;
    private final Map<String, Long> deepest = new HashMap<>();

    private StackBounds(
            Map<String, List<String>> callGraph, Map<String, Long> frames, int callBytes) {
        this.callGraph = callGraph;
        this.frames = frames;
        this.callBytes = callBytes;
    }

    /**
     * Frame sizes by function name, from the lines of a .su file: place, function, size and kind
     * separated by tabs.
     */
    public static Map<String, Long> parse(List<String> lines) {
        Map<String, Long> frames = new HashMap<>();
        for (String line : lines) {
            String[] columns = line.split("\t", -1);
            if (columns.length >= 3) {
                String function = columns[0].substring(columns[0].lastIndexOf(':') + 1);
                frames.merge(function, Long.parseLong(columns[1]), Math::max);
            }
        }
        return frames;
    }

    /** Bytes of stack by entry; {@code callBytes} is what a call instruction itself pushes. */
    public static Map<String, Long> compute(
            Map<String, List<String>> callGraph,
            List<String> entries,
            Map<String, Long> frames,
            int callBytes) {
        StackBounds bounds = new StackBounds(callGraph, frames, callBytes);
        Map<String, Long> result = new LinkedHashMap<>();
        entries.forEach(entry -> result.put(entry, bounds.depth(entry)));
        return result;
    }

    private long depth(String function) {
        Long known = deepest.get(function);
        if (known != null) {
            return known;
        }
        long below = 0;
        for (String callee : callGraph.getOrDefault(function, List.of())) {
            below = Math.max(below, depth(callee));
        }
        Long frame = frames.get(function);
        long own = frame == null ? 0 : frame + callBytes;
        deepest.put(function, own + below);
        return own + below;
    }
}
