// Contract: what to link.
// Owner: norma.image.
package norma.image;

import java.nio.file.Path;
import java.util.List;
import norma.aot.CompileResult;
import org.jspecify.annotations.Nullable;

/**
 * One image build.
 *
 * @param program the compiled Java
 * @param user the compiled program of user mode, and where its native side is; null if there is no
 *     user mode
 * @param nativeDirs directories whose C and assembly files are compiled and linked, in this order,
 *     and which are searched for headers; one has rt.h, one intrinsics.h
 * @param linkScript the linker script; for Linux an addition to the default one
 * @param gates the program has gates: {@code nativeDirs} has those of arch/native/gates
 * @param outDir where the image, its map and its report are moved when all is well
 */
public record ImageRequest(
        CompileResult program,
        @Nullable User user,
        Arch arch,
        List<Path> nativeDirs,
        Path linkScript,
        boolean gates,
        Path outDir) {
    /**
     * What runs in user mode: compiled for itself, so that it shares no code and no data with the
     * kernel, and linked for addresses of its own.
     *
     * @param program the compiled Java
     * @param nativeDirs directories searched for headers, one of which has intrinsics.h; those of
     *     the kernel come after them
     * @param entry the only symbol that the kernel sees
     */
    public record User(CompileResult program, List<Path> nativeDirs, String entry) {
        public User {
            nativeDirs = nativeDirs.stream().map(Path::toAbsolutePath).toList();
        }
    }

    public ImageRequest {
        nativeDirs = nativeDirs.stream().map(Path::toAbsolutePath).toList();
        linkScript = linkScript.toAbsolutePath();
        outDir = outDir.toAbsolutePath();
    }

    /** An image without gates and user mode. */
    public ImageRequest(
            CompileResult program, Arch arch, List<Path> nativeDirs, Path linkScript, Path outDir) {
        this(program, null, arch, nativeDirs, linkScript, false, outDir);
    }
}
