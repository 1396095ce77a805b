package norma.speccheck.evidence;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The source files that a class can run: those whose name occurs as a word in it, and so on.
 *
 * <p>Code reaches a class only by naming it, or through a class that names it; words in comments
 * and of other classes with the same name make the closure larger, never smaller. That a file
 * declares one class for others to use is the compiler's lint {@code auxiliaryclass}.
 */
public final class JavaClosure {
    private static final String EXTENSION = ".java";
    private static final Pattern NO_WORD = Pattern.compile("\\W+");

    private final Map<String, List<Source>> byName = new HashMap<>();

    private record Source(String path, String hash, Set<String> words) {}

    /** Reads all sources below folders of a checkout. */
    public JavaClosure(Path root, List<String> folders) {
        for (String folder : folders) {
            try (Stream<Path> files = Files.walk(root.resolve(folder))) {
                for (Path file : files.filter(f -> f.toString().endsWith(EXTENSION)).toList()) {
                    read(root, file);
                }
            } catch (IOException e) {
                throw new EvidenceException("cannot read the sources in " + folder + ": " + e);
            }
        }
    }

    private void read(Path root, Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        String[] words = NO_WORD.split(new String(bytes, StandardCharsets.UTF_8));
        String path = root.relativize(file).toString().replace('\\', '/');
        String name = path.substring(path.lastIndexOf('/') + 1, path.length() - EXTENSION.length());
        byName.computeIfAbsent(name, n -> new ArrayList<>())
                .add(new Source(path, Hash.of(bytes), Set.copyOf(List.of(words))));
    }

    /**
     * Paths and hashes of what the named classes can run.
     *
     * @param cut classes that are part of it, but what they name is not
     */
    public SortedMap<String, String> of(Collection<String> classes, Set<String> cut) {
        SortedMap<String, String> closure = new TreeMap<>();
        Set<String> known = new HashSet<>(classes);
        Deque<String> open = new ArrayDeque<>(classes);
        while (!open.isEmpty()) {
            String name = open.remove();
            for (Source source : byName.getOrDefault(name, List.of())) {
                closure.put(source.path(), source.hash());
                if (!cut.contains(name)) {
                    source.words().stream()
                            .filter(w -> byName.containsKey(w) && known.add(w))
                            .forEach(open::add);
                }
            }
        }
        return closure;
    }
}
