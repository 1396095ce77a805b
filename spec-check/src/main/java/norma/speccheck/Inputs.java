package norma.speccheck;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import norma.speccheck.evidence.EvidenceException;
import norma.speccheck.evidence.Hash;
import norma.speccheck.evidence.JavaClosure;
import norma.speccheck.evidence.ModuleClosure;
import org.jspecify.annotations.Nullable;

/**
 * What the outcome of each item depends on: the modules that it reads, its configuration, its entry
 * in the manifest, its patch, the sources of what carries it out, and the model checker's jar. A
 * graph also depends on its reference model's sources. The JDK is not among them.
 */
final class Inputs {
    private static final String CHECKS = "spec-check/src/main/java";
    private static final String MODELS = "reference-model/src/main/java";
    private static final String ABSENT = "absent";

    private final Path directory;
    private final JavaClosure checks;
    private final JavaClosure checksAndModels;
    private final String modelChecker;

    /**
     * Of one item.
     *
     * @param hash of everything
     * @param files names of the specification's files among it
     */
    record Of(String hash, Set<String> files) {
        Of {
            files = Set.copyOf(files);
        }
    }

    Inputs(Path directory) {
        this.directory = directory;
        Path root = Objects.requireNonNull(directory.toAbsolutePath().getParent());
        checks = new JavaClosure(root, List.of(CHECKS));
        checksAndModels = new JavaClosure(root, List.of(CHECKS, MODELS));
        modelChecker = modelChecker();
    }

    Of graph(Manifest.Graph entry) {
        SortedMap<String, String> parts = new TreeMap<>();
        part(
                parts,
                "entry",
                entry.name(),
                entry.spec(),
                entry.module(),
                entry.config(),
                new TreeMap<>(entry.constants()),
                entry.states(),
                entry.edges(),
                entry.depth());
        // Of all models that Models can create, only this specification's.
        List<String> check =
                List.of(GraphCheck.class.getSimpleName(), Models.makerOf(entry.spec()));
        parts.putAll(checksAndModels.of(check, Set.of()));
        return finish(parts, entry.module(), entry.config(), null);
    }

    Of liveness(Manifest.Liveness entry) {
        SortedMap<String, String> parts = new TreeMap<>();
        part(
                parts,
                "entry",
                entry.name(),
                entry.spec(),
                entry.module(),
                entry.config(),
                entry.states());
        propertyCheck(parts);
        return finish(parts, entry.module(), entry.config(), null);
    }

    Of broken(Manifest.Broken entry) {
        SortedMap<String, String> parts = new TreeMap<>();
        part(parts, "entry", entry);
        propertyCheck(parts);
        return finish(parts, entry.module(), entry.config(), entry);
    }

    /** Of the question whether each property is of use. */
    Of properties(
            Manifest.Properties entry,
            List<Manifest.Broken> broken,
            List<Manifest.Liveness> liveness) {
        SortedMap<String, String> parts = new TreeMap<>();
        part(
                parts,
                "entry",
                entry.spec(),
                entry.module(),
                entry.configs(),
                new TreeMap<>(entry.killers()),
                new TreeMap<>(entry.implied()),
                new TreeSet<>(entry.elsewhere()));
        parts.putAll(checks.of(List.of(PropertiesCheck.class.getSimpleName()), Set.of()));
        Set<String> files = new TreeSet<>();
        for (Manifest.Broken model : broken) {
            for (String config : entry.configsOf(model.name())) {
                files.add(config);
                Of one = finish(new TreeMap<>(), entry.module(), config, model);
                parts.put(model.name() + " " + config, one.hash());
                files.addAll(one.files());
            }
        }
        for (Manifest.Broken model : broken) {
            if (model.liveness()) {
                Of one = finish(new TreeMap<>(), model.module(), model.config(), model);
                parts.put(model.name() + " live", one.hash());
                files.addAll(one.files());
            }
        }
        for (Manifest.Liveness one : liveness) {
            Of of = finish(new TreeMap<>(), one.module(), one.config(), null);
            parts.put(one.name(), of.hash());
            files.addAll(of.files());
        }
        for (String config : entry.configs()) {
            files.add(config);
        }
        return new Of(Hash.of(parts), files);
    }

    /** What a specification's graphs have seen together. */
    Of vacuity(Map<String, Of> graphs) {
        SortedMap<String, String> parts = new TreeMap<>();
        graphs.forEach((name, inputs) -> parts.put(name, inputs.hash()));
        return new Of(Hash.of(parts), Set.of());
    }

    private void propertyCheck(SortedMap<String, String> parts) {
        parts.putAll(checks.of(List.of(PropertyCheck.class.getSimpleName()), Set.of()));
    }

    private Of finish(
            SortedMap<String, String> parts,
            String module,
            String config,
            Manifest.@Nullable Broken patch) {
        SortedMap<String, String> files = ModuleClosure.of(module, name -> text(name, patch));
        String settings = text(config, patch);
        files.put(config, settings == null ? ABSENT : settings);
        if (patch != null) {
            // Also where the module does not read it: the anchor must match there.
            String patched = text(patch.patched(), patch);
            files.put(patch.patched(), patched == null ? ABSENT : patched);
        }
        files.forEach((name, text) -> parts.put("spec/" + name, Hash.of(text)));
        parts.put("model checker", modelChecker);
        return new Of(Hash.of(parts), new TreeSet<>(files.keySet()));
    }

    private @Nullable String text(String name, Manifest.@Nullable Broken patch) {
        Path file = directory.resolve(name);
        if (!Files.isRegularFile(file)) {
            return null;
        }
        try {
            String text = Files.readString(file);
            return patch != null && patch.patched().equals(name) ? patched(text, patch) : text;
        } catch (IOException e) {
            throw new EvidenceException("cannot read " + name + ": " + e);
        }
    }

    // A patch that does not apply is found by its proof; its inputs are the text as it is.
    private static String patched(String text, Manifest.Broken patch) {
        try {
            return patch.patch(text);
        } catch (IllegalStateException e) {
            return text;
        }
    }

    private static void part(SortedMap<String, String> parts, String name, Object... values) {
        StringBuilder text = new StringBuilder();
        for (Object value : values) {
            text.append(value).append('\n');
        }
        parts.put(name, Hash.of(text.toString()));
    }

    private static String modelChecker() {
        CodeSource source = tlc2.TLC.class.getProtectionDomain().getCodeSource();
        try {
            return Hash.of(Files.readAllBytes(Path.of(source.getLocation().toURI())));
        } catch (IOException | URISyntaxException e) {
            throw new EvidenceException("cannot read the model checker's jar: " + e);
        }
    }
}
