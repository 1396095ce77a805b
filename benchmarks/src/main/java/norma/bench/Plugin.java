package norma.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Compiles {@code native/count/count.c}: no header and no library of the host is needed. */
final class Plugin {
    private static final int DEADLINE_SECONDS = 60;

    private Plugin() {}

    static Path compile(Path root, Path work) throws IOException, BenchException {
        Path library = work.resolve("count.so");
        Path source = root.resolve("benchmarks/native/count/count.c");
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
        Path log = work.resolve("plugin.log");
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        try {
            if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new BenchException(
                        "the counting plugin does not compile: "
                                + java.nio.file.Files.readString(log));
            }
            return library;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted", e);
        } finally {
            process.destroyForcibly();
        }
    }
}
