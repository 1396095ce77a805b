package norma.conformance.saved;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Files and folders of this process that are worth nothing unless it finishes them.
 *
 * <p>What is registered here when the process ends, by a signal or otherwise, is deleted; from then
 * on nothing can be registered or published: a thread that tries waits for the end. A process that
 * is killed cannot do so, hence its number in the names ({@link #part}, {@link #prefix}), by which
 * the next one sweeps. A part is locked while it is written, because a process may be alive that
 * has no number here (a container that shares the folder).
 */
public final class Unfinished {
    private static final Pattern PART = Pattern.compile(".+\\.part-(\\d+)");
    private static final Pattern FOLDER = Pattern.compile("norma-[a-z]+-(\\d+)-.+");
    private static final Set<Path> PATHS = new LinkedHashSet<>();
    private static boolean ending;

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(Unfinished::end, "unfinished-end"));
    }

    private Unfinished() {}

    /** Where a file is written until it is whole. */
    static Path part(Path target) {
        return target.resolveSibling(
                target.getFileName() + ".part-" + ProcessHandle.current().pid());
    }

    /** How the name of a temporary folder begins that {@link #sweepFolders} finds. */
    public static String prefix(String what) {
        return "norma-" + what + "-" + ProcessHandle.current().pid() + "-";
    }

    /** This path, which may not exist yet, is to go unless it is kept. */
    public static void add(Path path) {
        if (!added(path)) {
            while (true) {
                LockSupport.park();
            }
        }
    }

    private static synchronized boolean added(Path path) {
        if (!ending) {
            PATHS.add(path);
        }
        return !ending;
    }

    /** This path stays, or is gone. */
    public static synchronized void keep(Path path) {
        PATHS.remove(path);
    }

    /** A part is whole: it gets its name. */
    static synchronized void publish(Path part, Path target) throws IOException {
        if (!ending) {
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
            PATHS.remove(part);
        }
    }

    /**
     * Writes a text as a whole or not at all, in place of what was there; what goes wrong is told
     * with the file's name.
     */
    public static void write(Path file, String text) throws IOException {
        Path part = part(file);
        add(part);
        try {
            Files.writeString(part, text);
            publish(part, file);
        } catch (IOException e) {
            throw new IOException("cannot write " + file + ": " + reason(e), e);
        } finally {
            keep(part);
            Files.deleteIfExists(part);
        }
    }

    private static String reason(IOException e) {
        String reason = e instanceof FileSystemException file ? file.getReason() : e.getMessage();
        return reason != null ? reason : e.getClass().getSimpleName();
    }

    private static synchronized void end() {
        ending = true;
        PATHS.forEach(Unfinished::delete);
    }

    /** Deletes a file, or a folder with all that is in it, as far as that can be done. */
    public static void delete(Path path) {
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            // It was never made, or is somebody else's: nothing better can be done.
            return;
        }
    }

    /** Deletes the parts in a folder whose processes are gone. */
    public static void sweepParts(Path folder) {
        sweep(folder, PART, Unfinished::unlocked);
    }

    /** Deletes the parts of one file whose processes are gone. */
    static void sweepPartsOf(Path target) {
        String name = Pattern.quote(String.valueOf(target.getFileName()));
        Path folder = target.toAbsolutePath().resolveSibling("");
        sweep(folder, Pattern.compile(name + "\\.part-(\\d+)"), Unfinished::unlocked);
    }

    /** Deletes the temporary folders in a folder whose processes are gone. */
    public static void sweepFolders(Path folder) {
        sweep(folder, FOLDER, Files::isDirectory);
    }

    private static void sweep(Path folder, Pattern names, Predicate<Path> whose) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Matcher name = names.matcher(String.valueOf(file.getFileName()));
                if (name.matches()
                        && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty()
                        && whose.test(file)) {
                    delete(file);
                }
            }
        } catch (IOException | NumberFormatException e) {
            // A folder that cannot be read, or a name that no process of this project has.
            return;
        }
    }

    private static boolean unlocked(Path part) {
        try (FileChannel file = FileChannel.open(part, StandardOpenOption.WRITE);
                FileLock lock = file.tryLock()) {
            return lock != null;
        } catch (IOException | OverlappingFileLockException e) {
            return false;
        }
    }
}
