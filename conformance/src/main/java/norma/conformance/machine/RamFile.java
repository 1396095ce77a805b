package norma.conformance.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The file that is a guest's RAM, and its mapping here.
 *
 * <p>Invariants: the file has a name only while it is made; QEMU opens it by this process's
 * descriptor. So nothing is left of it however this process and QEMU end. The name it had, {@code
 * norma-PID-N.ram}, says whose it was: a process killed in that moment leaves an empty file, which
 * is swept. The file is sparse: the room is checked before it is made, with a reserve, because
 * running out later would be a bus error in guest and host.
 *
 * <p>Owner: one {@link Machine}.
 */
final class RamFile implements AutoCloseable {
    private static final Pattern NAME = Pattern.compile("norma-(\\d+)-\\d+\\.ram");
    private static final AtomicInteger COUNTER = new AtomicInteger();

    /** Left free beside the RAM file for everybody else on the file system. */
    private static final long RESERVE = 16L << 20;

    /** Younger files are not swept: their owner may be in another pid namespace. */
    private static final Duration SWEEP_AGE = Duration.ofMinutes(2);

    private final Path path;
    private final FileChannel channel;
    private final Arena arena;
    private final MemorySegment segment;

    private RamFile(Path path, FileChannel channel, Arena arena, MemorySegment segment) {
        this.path = path;
        this.channel = channel;
        this.arena = arena;
        this.segment = segment;
    }

    /** Where RAM files may live, best first: memory, then the temporary directory. */
    static List<Path> directories() {
        List<Path> directories = new ArrayList<>();
        String chosen = System.getProperty("norma.ram.dir");
        if (chosen != null) {
            directories.add(Path.of(chosen));
        } else {
            directories.add(Path.of("/dev/shm"));
            directories.add(Path.of(System.getProperty("java.io.tmpdir", "/tmp")));
        }
        return directories;
    }

    /** Makes and maps a zero-filled file in the first directory with room. */
    static RamFile create(long bytes, List<Path> directories) throws MachineException {
        StringBuilder refused = new StringBuilder();
        for (Path directory : directories) {
            try {
                if (!Files.isDirectory(directory) || !Files.isWritable(directory)) {
                    refused.append("; ").append(directory).append(" is not a writable directory");
                    continue;
                }
                long free = Files.getFileStore(directory).getUsableSpace();
                if (free < bytes + RESERVE) {
                    refused.append("; ").append(directory).append(" has ").append(free >> 20);
                    refused.append(" MiB free");
                    continue;
                }
                return map(directory, bytes);
            } catch (IOException e) {
                refused.append("; ").append(directory).append(": ").append(e.getMessage());
            }
        }
        throw new MachineException(
                MachineException.Kind.NO_ROOM,
                "no room for a RAM file of "
                        + (bytes >> 20)
                        + " MiB and a reserve of "
                        + (RESERVE >> 20)
                        + " MiB"
                        + refused);
    }

    private static RamFile map(Path directory, long bytes) throws IOException {
        Path path =
                directory.resolve(
                        "norma-"
                                + ProcessHandle.current().pid()
                                + "-"
                                + COUNTER.incrementAndGet()
                                + ".ram");
        Arena arena = Arena.ofShared();
        FileChannel channel =
                FileChannel.open(
                        path,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        try {
            Path handle = handle(path.toRealPath());
            Files.delete(path);
            // Mapping beyond the end grows the file, sparsely.
            MemorySegment segment = channel.map(FileChannel.MapMode.READ_WRITE, 0, bytes, arena);
            return new RamFile(handle, channel, arena, segment);
        } catch (IOException | RuntimeException e) {
            arena.close();
            channel.close();
            Files.deleteIfExists(path);
            throw e;
        }
    }

    /** This process's descriptor of an open file, by a path that a child can open it with. */
    private static Path handle(Path file) throws IOException {
        Path own = Path.of("/proc", Long.toString(ProcessHandle.current().pid()), "fd");
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(own)) {
            for (Path descriptor : descriptors) {
                if (file.equals(target(descriptor))) {
                    return descriptor;
                }
            }
        }
        throw new NoSuchFileException(own + " has no descriptor of " + file);
    }

    /** What a descriptor is open on; null if it has been closed meanwhile. */
    private static @Nullable Path target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor);
        } catch (IOException e) {
            return null;
        }
    }

    /** Removes files whose process is gone: a killed harness cannot remove its own. */
    static void sweep(Path directory) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "norma-*.ram")) {
            for (Path file : files) {
                Matcher name = NAME.matcher(file.getFileName().toString());
                if (name.matches()
                        && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty()
                        && Files.getLastModifiedTime(file)
                                .toInstant()
                                .isBefore(Instant.now().minus(SWEEP_AGE))) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException | NumberFormatException e) {
            // Another user's file, or one swept by a parallel run: theirs to remove.
            return;
        }
    }

    /** A path that opens the file as long as this process has it open. */
    Path path() {
        return path;
    }

    MemorySegment segment() {
        return segment;
    }

    @Override
    public void close() {
        arena.close();
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("closing a guest's memory", e);
        }
    }
}
