package norma.conformance.conform;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import norma.conformance.job.UsageException;
import norma.conformance.mutant.Place;
import norma.conformance.mutant.Places;

/**
 * Somebody's own mutants: {@code DIR/NAME/} holds class files under their package paths.
 *
 * <p>What is wrong with them is said before anything is built: a class that is laid over none of
 * the kernel's would leave the kernel as it is, and its row would say that the mutant survived.
 */
public final class GivenClasses {
    private static final String SUFFIX = ".class";

    /** Packages whose classes are in an image. */
    private static final List<String> ROOTS = List.of("norma/kernel/", "norma/user/", "norma/abi/");

    private final String option;
    private final Path folder;
    private final ClassLoader loader;

    /** The mutants of {@code folder}, of the classes that {@code loader} finds. */
    GivenClasses(Path folder, ClassLoader loader) {
        this("--mutant-classes", folder, loader);
    }

    private GivenClasses(String option, Path folder, ClassLoader loader) {
        this.option = option;
        this.folder = folder;
        this.loader = loader;
    }

    /** Those that are named, or all; there is at least one. */
    List<Candidate> candidates(List<String> named) throws IOException, UsageException {
        Map<String, Path> mutants = new TreeMap<>();
        try (Stream<Path> entries = Files.list(folder)) {
            entries.filter(Files::isDirectory)
                    .forEach(f -> mutants.put(String.valueOf(f.getFileName()), f));
        } catch (IOException e) {
            throw wrong("cannot read " + folder);
        }
        if (mutants.isEmpty()) {
            throw wrong(folder + " holds no mutant: class files belong into " + folder + "/NAME/");
        }
        List<Candidate> candidates = new ArrayList<>();
        for (String name : MutantNames.select(named, mutants.keySet())) {
            Path overlay = mutants.getOrDefault(name, folder);
            candidates.add(new Candidate(name, "given", List.of(), overlay, places(overlay)));
        }
        return candidates;
    }

    private List<Place> places(Path overlay) throws UsageException {
        check(overlay);
        try {
            List<Place> places = Places.changed(overlay, loader);
            if (places.isEmpty()) {
                throw wrong("the classes in " + overlay + " do what the kernel's own do");
            }
            return places;
        } catch (IOException e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
    }

    /** Are there class files in a folder, and all of them in place of some of the kernel's? */
    public static void check(String option, Path overlay) throws UsageException {
        new GivenClasses(option, overlay, GivenClasses.class.getClassLoader()).check(overlay);
    }

    private void check(Path overlay) throws UsageException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(overlay)) {
            files = all.filter(f -> f.toString().endsWith(SUFFIX)).sorted().toList();
        } catch (IOException | java.io.UncheckedIOException e) {
            throw wrong("cannot read " + overlay);
        }
        if (files.isEmpty()) {
            throw wrong("no class file in " + overlay);
        }
        for (Path file : files) {
            check(overlay, file);
        }
    }

    private void check(Path overlay, Path file) throws UsageException {
        String place = overlay.relativize(file).toString();
        String name;
        try {
            name = ClassFile.of().parse(Files.readAllBytes(file)).thisClass().asInternalName();
        } catch (IOException e) {
            throw wrong("cannot read " + file);
        } catch (IllegalArgumentException e) {
            throw wrong("not a class file: " + file);
        }
        if (!place.equals(name + SUFFIX)) {
            throw wrong(
                    file
                            + " is class "
                            + name
                            + ": it belongs to "
                            + overlay
                            + "/"
                            + name
                            + SUFFIX);
        }
        int nested = name.indexOf('$');
        if (!isKernel(nested < 0 ? name : name.substring(0, nested))) {
            throw wrong("the kernel has no class " + name + ": " + file);
        }
    }

    private boolean isKernel(String name) {
        if (ROOTS.stream().noneMatch(name::startsWith)) {
            return false;
        }
        try (InputStream in = loader.getResourceAsStream(name + SUFFIX)) {
            return in != null;
        } catch (IOException e) {
            return false;
        }
    }

    private UsageException wrong(String what) {
        return new UsageException(option + ": " + what);
    }
}
