// Contract: the folder of built images stays bounded; an image that a running process uses stays.
// Owner: norma.image. Invariants: whoever uses an image holds a shared lock for it from before he
// looks whether it is there until his process ends; whoever removes one holds the exclusive lock.
package norma.image;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Images in folders named by their content, least recently used first to go.
 *
 * <p>All locks are bytes of one file, at the position that an image's name hashes to: a file for
 * each image could not be removed without a race against who is about to lock it. The channel stays
 * open for good, because closing any descriptor of a file drops all of a process's locks on it.
 */
final class ImageStore {
    /** Every mutant's image on both architectures, and a few kernels: some 250 MB. */
    static final int KEPT = 192;

    /** Unfinished folders of this age belong to no running build. */
    private static final Duration STALE = Duration.ofHours(1);

    private static final String LOCKS = ".locks";

    /** What this process holds, by folder: locks on one file belong to the whole process. */
    private static final Map<Path, ImageStore> STORES = new HashMap<>();

    private final Path folder;

    /** Null where this process may not write: then it cannot lock, nor remove anything. */
    private final @Nullable FileChannel locks;

    private final Set<String> used = new HashSet<>();

    private ImageStore(Path folder) throws IOException {
        this.folder = folder;
        Files.createDirectories(folder);
        locks =
                Files.isWritable(folder)
                        ? FileChannel.open(
                                folder.resolve(LOCKS),
                                StandardOpenOption.CREATE,
                                StandardOpenOption.READ,
                                StandardOpenOption.WRITE)
                        : null;
    }

    /** The store of this process in a folder. */
    static ImageStore in(Path folder) throws IOException {
        synchronized (STORES) {
            Path path = folder.toAbsolutePath().normalize();
            ImageStore store = STORES.get(path);
            if (store == null) {
                store = new ImageStore(path);
                STORES.put(path, store);
            }
            return store;
        }
    }

    /** The folder of an image, there or not; nobody removes it while this process runs. */
    synchronized Path use(String name) throws IOException {
        Path image = folder.resolve(name);
        if (locks == null) {
            return image;
        }
        if (used.add(name)) {
            // Held until the process ends; waits while somebody removes this very image.
            locks.lock(position(name), 1, true);
        }
        touch(image);
        return image;
    }

    private static void touch(Path image) throws IOException {
        try {
            Files.setLastModifiedTime(image, FileTime.from(Instant.now()));
        } catch (NoSuchFileException e) {
            return;
        }
    }

    /** An empty folder to build in. */
    Path fresh() throws IOException {
        return Files.createTempDirectory(folder, ".new-");
    }

    /** Removes what has not been used for longest, until {@code kept} are left. */
    synchronized void prune(int kept) throws IOException {
        if (locks == null) {
            return;
        }
        List<Path> images = new ArrayList<>();
        try (Stream<Path> all = Files.list(folder)) {
            for (Path path : all.filter(Files::isDirectory).toList()) {
                if (!String.valueOf(path.getFileName()).startsWith(".")) {
                    images.add(path);
                } else if (used(path).isBefore(Instant.now().minus(STALE))) {
                    delete(path);
                }
            }
        }
        Map<Path, Instant> times = new HashMap<>();
        for (Path image : images) {
            times.put(image, used(image));
        }
        images.sort(Comparator.comparing(image -> times.getOrDefault(image, Instant.MIN)));
        for (Path image : images.subList(0, Math.max(0, images.size() - kept))) {
            remove(image, locks);
        }
    }

    /** When somebody last used it; at no time if it is gone meanwhile. */
    private static Instant used(Path image) throws IOException {
        try {
            return Files.getLastModifiedTime(image).toInstant();
        } catch (NoSuchFileException e) {
            return Instant.MAX;
        }
    }

    private void remove(Path image, FileChannel channel) throws IOException {
        String name = String.valueOf(image.getFileName());
        if (used.contains(name)) {
            return;
        }
        try (FileLock lock = channel.tryLock(position(name), 1, false)) {
            if (lock != null && Files.isDirectory(image)) {
                // Out of sight at once: half an image must never look like one.
                Path old = Files.createTempDirectory(folder, ".old-");
                Files.move(image, old.resolve(name));
                delete(old);
            }
        }
    }

    private static long position(String name) {
        // FNV-1a: names are digests, and 62 bits tell them apart.
        long hash = 0xCBF29CE484222325L;
        for (int i = 0; i < name.length(); i++) {
            hash = (hash ^ name.charAt(i)) * 0x100000001B3L;
        }
        return hash >>> 2;
    }

    static void delete(Path tree) throws IOException {
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (NoSuchFileException e) {
            return;
        }
    }
}
