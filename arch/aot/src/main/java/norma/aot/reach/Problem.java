// Contract: one compile error. Messages are collected, never thrown one at a time, so that a build
// reports all of them.
// Owner: norma.aot.reach.
package norma.aot.reach;

import norma.aot.load.JavaMethod;
import org.jspecify.annotations.Nullable;

/**
 * A compile error.
 *
 * @param where the method that contains the offending code, or null for the image heap
 * @param line its source line, or 0
 * @param chain the call chain to show; null for the shortest one
 */
public record Problem(
        @Nullable JavaMethod where, int line, String message, @Nullable String chain) {
    /** One line: place, message, and how an entry gets there. */
    public String render(CallGraph graph) {
        if (where == null) {
            return "image heap: error: " + message;
        }
        String place = where.owner().sourceFile() + ":" + line;
        String how = chain == null ? graph.chain(where) : chain;
        return place + ": error: " + message + " in " + where + " [" + how + "]";
    }
}
