package norma.conformance.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Compiles a plugin of QEMU from one C file: no header and no library of the host is needed. */
public final class Plugin {
    private static final int DEADLINE_SECONDS = 60;

    private Plugin() {}

    /** The library, made in {@code folder} and named after the source. */
    public static Path compile(Path source, Path folder) throws IOException {
        String name = String.valueOf(source.getFileName()).replaceFirst("\\.c$", "");
        Path library = folder.resolve(name + ".so");
        Path log = folder.resolve(name + ".log");
        List<String> command =
                List.of(
                        "clang-16",
                        "-O2",
                        "-Wall",
                        "-ffreestanding",
                        "-fPIC",
                        "-fvisibility=hidden",
                        "-nostdlib",
                        "-shared",
                        "-fuse-ld=lld-16",
                        "-Wl,-z,undefs",
                        source.toString(),
                        "-o",
                        library.toString());
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        try {
            if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException(
                        source.getFileName() + " does not compile: " + Files.readString(log));
            }
            return library;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            process.destroyForcibly();
        }
    }
}
