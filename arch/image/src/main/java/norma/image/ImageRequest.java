// Contract: what to link.
// Owner: norma.image.
package norma.image;

import java.nio.file.Path;
import java.util.List;
import norma.aot.CompileResult;

/**
 * One image build.
 *
 * @param program the compiled Java
 * @param nativeDirs directories whose C and assembly files are compiled and linked, in this order,
 *     and which are searched for headers; one has rt.h, one intrinsics.h
 * @param linkScript the linker script; for Linux an addition to the default one
 * @param gates the program has gates: {@code nativeDirs} has those of arch/native/gates
 * @param outDir where the image, its map and its report are moved when all is well
 */
public record ImageRequest(
        CompileResult program,
        Arch arch,
        List<Path> nativeDirs,
        Path linkScript,
        boolean gates,
        Path outDir) {
    public ImageRequest {
        nativeDirs = nativeDirs.stream().map(Path::toAbsolutePath).toList();
        linkScript = linkScript.toAbsolutePath();
        outDir = outDir.toAbsolutePath();
    }

    /** An image without gates. */
    public ImageRequest(
            CompileResult program, Arch arch, List<Path> nativeDirs, Path linkScript, Path outDir) {
        this(program, arch, nativeDirs, linkScript, false, outDir);
    }
}
