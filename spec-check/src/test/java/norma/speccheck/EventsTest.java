package norma.speccheck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import norma.abi.Event;
import norma.model.kernel.KernelAction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One name through all layers: the actions of {@code Kernel.tla}, the records of the model, the
 * event kinds of the flight recorder and the rows of {@code events.json} are the same set; but for
 * rows that say that the kernel does not have the action yet, which then has no kind either.
 */
class EventsTest {
    private static final Path SPEC = Path.of(System.getProperty("norma.root", ".."), "spec");
    private static final Pattern DEFINITION =
            Pattern.compile("^([A-Z]\\w*)(\\([^)]*\\))? ==", Pattern.MULTILINE);
    private static final Pattern APPLICATION = Pattern.compile("\\b([A-Z]\\w*)\\(");
    private static final Pattern COMPONENT = Pattern.compile("\\b([ISLP])!(\\w+)");
    private static final Map<String, String> MODULES =
            Map.of("I", "Ipc", "S", "Scheduler", "L", "LockTable", "P", "AddressSpace");

    /** Kinds of records that are no events: their definitions. */
    private static final Map<String, String> CHECKPOINT_KINDS =
            Map.of("MARK", "Mark", "SNAPSHOT", "Snapshot");

    private final Map<String, String> bodies = new HashMap<>();
    private final Map<String, Set<String>> components = new HashMap<>();
    private final Map<String, String> events = new HashMap<>();
    private final Set<String> recorded = new TreeSet<>();

    @BeforeEach
    void read() throws IOException {
        String kernel = Files.readString(SPEC.resolve("Kernel.tla")).replaceAll("\\\\\\*.*", "");
        Matcher definition = DEFINITION.matcher(kernel);
        String name = "";
        int start = 0;
        while (definition.find()) {
            bodies.put(name, kernel.substring(start, definition.start()));
            name = definition.group(1);
            start = definition.end();
        }
        bodies.put(name, kernel.substring(start));
        for (JsonNode row : JsonMapper.shared().readTree(SPEC.resolve("events.json"))) {
            Set<String> names = new TreeSet<>();
            row.required("components").forEach(c -> names.add(c.asString()));
            components.put(row.required("action").asString(), names);
            events.put(row.required("action").asString(), row.required("event").asString());
            if (row.path("kernel").asBoolean(true)) {
                recorded.add(row.required("event").asString());
            }
        }
    }

    private Set<String> actions() {
        Set<String> actions = new TreeSet<>();
        Matcher application = APPLICATION.matcher(body("Next"));
        while (application.find()) {
            actions.add(application.group(1));
        }
        return actions;
    }

    private String body(String name) {
        return bodies.getOrDefault(name, "");
    }

    @Test
    void actionsAreTheModelsRecords() {
        Set<String> records =
                Arrays.stream(KernelAction.class.getPermittedSubclasses())
                        .flatMap(part -> Arrays.stream(part.getPermittedSubclasses()))
                        .map(Class::getSimpleName)
                        .collect(Collectors.toSet());
        assertEquals(actions(), new TreeSet<>(records));
    }

    @Test
    void actionsAreTheRowsOfTheTable() {
        assertEquals(actions(), new TreeSet<>(components.keySet()));
    }

    @Test
    void eventsAreTheActionsInCapitals() {
        for (Map.Entry<String, String> row : events.entrySet()) {
            String capitals =
                    row.getKey().replaceAll("(?<!^)([A-Z])", "_$1").toUpperCase(Locale.ROOT);
            assertEquals(capitals, row.getValue());
        }
    }

    @Test
    void eventsAreTheRecordersKinds() throws IllegalAccessException {
        Set<String> kinds = new TreeSet<>();
        Set<Integer> numbers = new HashSet<>();
        for (Field field : Event.class.getFields()) {
            if (!field.getName().equals("LIMIT")) {
                kinds.add(field.getName());
                assertTrue(numbers.add(field.getInt(null)), field + " repeats a number");
            }
        }
        Set<String> expected = new TreeSet<>(recorded);
        expected.addAll(CHECKPOINT_KINDS.keySet());
        assertEquals(expected, kinds);
    }

    /** The rest of what a ring holds is specified by {@code Checkpoint.tla}. */
    @Test
    void theKindsOfCheckpointsAreDefinedInTheirSpecification() throws IOException {
        String checkpoint = Files.readString(SPEC.resolve("Checkpoint.tla"));
        for (Map.Entry<String, String> kind : CHECKPOINT_KINDS.entrySet()) {
            assertFalse(events.containsValue(kind.getKey()), kind.getKey());
            assertTrue(checkpoint.contains("\n" + kind.getValue() + "("), kind.getValue());
        }
    }

    /** A definition's body, and those of the definitions that it uses. */
    private String withParts(String name, Set<String> seen) {
        if (!seen.add(name)) {
            return "";
        }
        StringBuilder all = new StringBuilder(body(name));
        Matcher application = APPLICATION.matcher(body(name));
        while (application.find()) {
            all.append(withParts(application.group(1), seen));
        }
        return all.toString();
    }

    @Test
    void componentsAreThoseOfTheDefinition() {
        Set<String> known = new HashSet<>();
        components.values().forEach(known::addAll);
        for (String action : actions()) {
            Matcher component = COMPONENT.matcher(withParts(action, new HashSet<>()));
            Set<String> used = new TreeSet<>();
            while (component.find()) {
                String name = MODULES.get(component.group(1)) + "." + component.group(2);
                if (known.contains(name)) {
                    used.add(name);
                }
            }
            assertEquals(used, components.get(action), action);
        }
    }
}
