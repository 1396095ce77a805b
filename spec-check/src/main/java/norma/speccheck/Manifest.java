package norma.speccheck;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import norma.speccheck.evidence.EvidenceException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code spec/manifest.json}: what is checked and what must come out, to the last state and edge.
 *
 * @param directory the directory of the specifications
 * @param graphs specifications whose graph must equal the model's
 * @param liveness configurations with temporal properties that must hold
 * @param broken models that must fail
 * @param properties why each property is of use
 */
public record Manifest(
        Path directory,
        List<Graph> graphs,
        List<Liveness> liveness,
        List<Broken> broken,
        List<Properties> properties) {
    /** File name of the manifest. */
    public static final String FILE = "manifest.json";

    /** Copies the lists. */
    public Manifest {
        graphs = List.copyOf(graphs);
        liveness = List.copyOf(liveness);
        broken = List.copyOf(broken);
        properties = List.copyOf(properties);
    }

    /**
     * Why each property of a specification is of use.
     *
     * @param configs small configurations in which its broken models are explored
     * @param killers property to the broken model that it alone notices, perhaps with a larger
     *     configuration behind a blank: the model is explored in that one, too
     * @param implied property to those that imply it
     * @param elsewhere properties that another specification's entry accounts for
     */
    public record Properties(
            String spec,
            String module,
            List<String> configs,
            Map<String, String> killers,
            Map<String, List<String>> implied,
            Set<String> elsewhere) {
        /** Copies everything. */
        public Properties {
            configs = List.copyOf(configs);
            killers = Map.copyOf(killers);
            implied = Map.copyOf(implied);
            elsewhere = Set.copyOf(elsewhere);
        }

        /** Name of a property's killer, or null. */
        @Nullable String killer(String property) {
            String killer = killers.get(property);
            return killer == null ? null : killer.split(" ", -1)[0];
        }

        /** Configurations in which a broken model is explored. */
        List<String> configsOf(String broken) {
            Set<String> all = new LinkedHashSet<>(configs);
            for (String killer : killers.values()) {
                if (killer.startsWith(broken + " ")) {
                    all.add(killer.substring(broken.length() + 1));
                }
            }
            return List.copyOf(all);
        }
    }

    /** A graph equality, with everything that is pinned. */
    public record Graph(
            String name,
            String spec,
            String module,
            String config,
            Map<String, Integer> constants,
            int states,
            long edges,
            int depth,
            int seconds) {
        /** Copies the constants. */
        public Graph {
            constants = Map.copyOf(constants);
        }
    }

    /** Temporal properties that must hold. */
    public record Liveness(
            String name, String spec, String module, String config, int states, int seconds) {}

    /**
     * A model that must fail.
     *
     * @param module root module to check
     * @param config its configuration
     * @param patched file that is changed
     * @param anchor text that must occur in it exactly once
     * @param replacement what the anchor becomes
     * @param expected property that must be violated
     * @param liveness whether that is a temporal property, the only one of the configuration
     */
    public record Broken(
            String name,
            String spec,
            String description,
            String module,
            String config,
            String patched,
            String anchor,
            String replacement,
            String expected,
            boolean liveness) {
        /** The patched file's text with the one anchored text changed. */
        String patch(String text) {
            int at = text.indexOf(anchor);
            if (at < 0 || text.indexOf(anchor, at + 1) >= 0) {
                throw new IllegalStateException(
                        name + ": anchor must match exactly once in " + patched);
            }
            return text.substring(0, at) + replacement + text.substring(at + anchor.length());
        }
    }

    /**
     * Reads the manifest of a directory and the patches that it lists.
     *
     * @throws EvidenceException if one is no such file: names file and place
     */
    public static Manifest read(Path directory) {
        try {
            return read(directory, json(directory.resolve(FILE)));
        } catch (JacksonException e) {
            throw new EvidenceException("spec/" + FILE + ": " + e.getOriginalMessage());
        }
    }

    private static Manifest read(Path directory, JsonNode root) {
        List<Graph> graphs = new ArrayList<>();
        for (JsonNode n : root.required("graphs")) {
            Map<String, Integer> constants = new LinkedHashMap<>();
            n.required("constants")
                    .properties()
                    .forEach(e -> constants.put(e.getKey(), e.getValue().asInt()));
            graphs.add(
                    new Graph(
                            text(n, "name"),
                            text(n, "spec"),
                            text(n, "module"),
                            text(n, "config"),
                            constants,
                            n.required("states").asInt(),
                            n.required("edges").asLong(),
                            n.required("depth").asInt(),
                            n.required("seconds").asInt()));
        }
        List<Liveness> liveness = new ArrayList<>();
        for (JsonNode n : root.required("liveness")) {
            liveness.add(
                    new Liveness(
                            text(n, "name"),
                            text(n, "spec"),
                            text(n, "module"),
                            text(n, "config"),
                            n.required("states").asInt(),
                            n.required("seconds").asInt()));
        }
        List<Broken> broken = new ArrayList<>();
        for (JsonNode n : root.required("broken")) {
            broken.add(broken(directory, text(n, "name"), text(n, "expected")));
        }
        List<Properties> properties = new ArrayList<>();
        for (JsonNode n : root.required("properties")) {
            properties.add(properties(n));
        }
        return new Manifest(directory, graphs, liveness, broken, properties);
    }

    private static Properties properties(JsonNode n) {
        Map<String, String> killers = new LinkedHashMap<>();
        n.required("killers")
                .properties()
                .forEach(e -> killers.put(e.getKey(), e.getValue().asString()));
        Map<String, List<String>> implied = new LinkedHashMap<>();
        n.required("implied")
                .properties()
                .forEach(e -> implied.put(e.getKey(), texts(e.getValue())));
        return new Properties(
                text(n, "spec"),
                text(n, "module"),
                texts(n.required("configs")),
                killers,
                implied,
                Set.copyOf(texts(n.path("elsewhere"))));
    }

    private static List<String> texts(JsonNode node) {
        List<String> all = new ArrayList<>();
        node.forEach(text -> all.add(text.asString()));
        return all;
    }

    private static Broken broken(Path directory, String name, String expected) {
        JsonNode n = json(directory.resolve("broken").resolve(name + ".json"));
        try {
            return broken(n, name, expected);
        } catch (JacksonException e) {
            throw new EvidenceException("spec/broken/" + name + ".json: " + e.getOriginalMessage());
        }
    }

    private static Broken broken(JsonNode n, String name, String expected) {
        return new Broken(
                name,
                text(n, "spec"),
                text(n, "description"),
                text(n, "module"),
                text(n, "config"),
                text(n, "patched"),
                text(n, "anchor"),
                text(n, "replacement"),
                expected,
                n.path("liveness").asBoolean(false));
    }

    private static String text(JsonNode node, String field) {
        JsonNode value = node.get(field);
        if (value == null || !value.isString()) {
            throw new EvidenceException(
                    "spec/" + FILE + " or a file that it names: no text " + field + " in " + node);
        }
        return value.asString();
    }

    private static JsonNode json(Path file) {
        if (!Files.isReadable(file)) {
            throw new EvidenceException("cannot read " + file);
        }
        try {
            return JsonMapper.shared().readTree(file);
        } catch (JacksonException e) {
            TokenStreamLocation at = e.getLocation();
            throw new EvidenceException(
                    file
                            + (at == null ? "" : ":" + at.getLineNr() + ":" + at.getColumnNr())
                            + ": "
                            + e.getOriginalMessage());
        }
    }
}
