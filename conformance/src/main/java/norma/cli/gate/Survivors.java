package norma.cli.gate;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Mutants that the tests did not notice, as PIT's report says, against a module's list of those
 * that are argued.
 *
 * <p>A line of the list names class, method and operator, says how many such mutants there are if
 * more than one, and why no test has to notice them: {@code State.grow Math x2: equal; ...}. Source
 * lines are not named, so edits elsewhere in a class change nothing.
 *
 * @param mutants all that were tried
 * @param argued survivors that the list has
 * @param unargued one line for each survivor that it does not have
 */
record Survivors(long mutants, long argued, List<String> unargued) {
    private static final Pattern ARGUED =
            Pattern.compile("([\\w$<>]+\\.[\\w$<>]+ \\w+)(?: x(\\d+))?: \\S.*");

    /** What was noticed, by a test or by its consequences. */
    private static final Set<String> NOTICED =
            Set.of("KILLED", "TIMED_OUT", "MEMORY_ERROR", "NON_VIABLE");

    /** Compares a report with a list. */
    static Survivors of(Path report, Path list) throws IOException {
        Map<String, Integer> room = argued(Files.readAllLines(list));
        List<String> unargued = new ArrayList<>();
        long[] counts = new long[2];
        for (Map<String, String> mutant : mutants(report)) {
            counts[0]++;
            if (NOTICED.contains(mutant.getOrDefault("status", ""))) {
                continue;
            }
            String key = key(mutant);
            if (room.merge(key, -1, Integer::sum) >= 0) {
                counts[1]++;
            } else {
                unargued.add(
                        key
                                + ", line "
                                + mutant.get("lineNumber")
                                + ": "
                                + mutant.get("description")
                                + ", "
                                + mutant.get("status"));
            }
        }
        return new Survivors(counts[0], counts[1], List.copyOf(unargued));
    }

    /** How many mutants each line argues; throws if a line is neither an argument nor a comment. */
    static Map<String, Integer> argued(List<String> lines) throws IOException {
        Map<String, Integer> argued = new HashMap<>();
        for (String line : lines) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            Matcher matcher = ARGUED.matcher(line);
            if (!matcher.matches()) {
                throw new IOException("no argument of a mutant: " + line);
            }
            String count = matcher.group(2);
            int more = count == null ? 1 : Integer.parseInt(count);
            argued.merge(matcher.group(1), more, Integer::sum);
        }
        return argued;
    }

    private static String key(Map<String, String> mutant) {
        String type = mutant.getOrDefault("mutatedClass", "");
        String operator = mutant.getOrDefault("mutator", "");
        return type.substring(type.lastIndexOf('.') + 1)
                + "."
                + mutant.get("mutatedMethod")
                + " "
                + operator.substring(operator.lastIndexOf('.') + 1)
                        .replaceAll("(ReturnVals|Call)?Mutator(_.*)?$", "");
    }

    /** The elements of each mutation, and its status. */
    private static List<Map<String, String>> mutants(Path report) throws IOException {
        XMLInputFactory factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        List<Map<String, String>> all = new ArrayList<>();
        try (InputStream in = Files.newInputStream(report)) {
            XMLStreamReader xml = factory.createXMLStreamReader(in);
            Map<String, String> now = new TreeMap<>();
            while (xml.hasNext()) {
                if (xml.next() != XMLStreamReader.START_ELEMENT) {
                    continue;
                }
                String name = xml.getLocalName();
                if (name.equals("mutation")) {
                    now = new TreeMap<>();
                    now.put("status", String.valueOf(xml.getAttributeValue(null, "status")));
                    all.add(now);
                } else if (WANTED.contains(name)) {
                    now.put(name, xml.getElementText());
                }
            }
        } catch (XMLStreamException e) {
            throw new IOException(report + ": " + e.getMessage(), e);
        }
        return all;
    }

    private static final Set<String> WANTED =
            Set.of("mutatedClass", "mutatedMethod", "mutator", "lineNumber", "description");
}
