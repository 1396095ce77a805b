// Contract: what a successful compilation produced.
// Owner: norma.aot.
package norma.aot;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The outcome of a compilation.
 *
 * @param cFile the generated C, self-contained but for rt.h and intrinsics.h
 * @param offsetsHeader layout constants for assembly
 * @param entrySymbols exported C symbols
 * @param callGraph C name to the C names of what it may call; input of the stack bound
 * @param statistics one line per figure, for people
 * @param time wall time of the compilation
 */
public record CompileResult(
        Path cFile,
        Path offsetsHeader,
        List<String> entrySymbols,
        Map<String, List<String>> callGraph,
        List<String> statistics,
        Duration time) {}
