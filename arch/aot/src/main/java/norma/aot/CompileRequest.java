// Contract: what to compile.
// Owner: norma.aot.
package norma.aot;

import java.nio.file.Path;
import java.util.List;

/**
 * One compilation.
 *
 * @param classPath directories or jars, searched in order; the first one that has a class wins
 * @param rootClasses dotted names of the classes whose Entry methods are the roots; a class with
 *     AsmLayout may be listed to publish its layout even if no entry uses it
 * @param gates put a call of {@code norma_gate} before each access through a VarHandle but plain
 *     ones: an image whose interleavings can be chosen
 * @param outDir where kernel.c and offsets.h are written; created if absent
 */
public record CompileRequest(
        List<Path> classPath, List<String> rootClasses, boolean gates, Path outDir) {
    public CompileRequest {
        classPath = List.copyOf(classPath);
        rootClasses = List.copyOf(rootClasses);
    }

    /** A compilation without gates: what is shipped. */
    public CompileRequest(List<Path> classPath, List<String> rootClasses, Path outDir) {
        this(classPath, rootClasses, false, outDir);
    }
}
