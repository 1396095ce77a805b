package norma.conformance.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import norma.abi.Event;
import norma.conformance.job.Images;
import org.junit.jupiter.api.Test;

/** The names shown to people are those of the comments where the event kinds are declared. */
class FieldNamesTest {
    private static final Pattern CONSTANT =
            Pattern.compile(
                    "/\\*\\*((?:(?!\\*/).)*)\\*/\\s*public static final int \\w+ = (\\d+);",
                    Pattern.DOTALL);

    private static final int FACTS = 3;
    private static final int PARAMETERS = 4;

    /** The comment of each kind, on one line. */
    private static Map<Integer, String> comments() throws IOException {
        Path source = Images.root().resolve("kernel/abi/src/main/java/norma/abi/Event.java");
        Map<Integer, String> comments = new TreeMap<>();
        Matcher constants = CONSTANT.matcher(Files.readString(source));
        while (constants.find()) {
            comments.put(
                    Integer.parseInt(constants.group(2)),
                    constants.group(1).replaceAll("\\s+\\*? *", " ").strip());
        }
        return comments;
    }

    /** What a comment says after {@code key:}, up to the next clause. */
    private static String clause(String comment, String key) {
        Matcher found = Pattern.compile("(?:^|[;,] )" + key + ": ([^;.]*)").matcher(comment);
        return found.find() ? found.group(1) : "";
    }

    private static List<String> said(String comment) {
        List<String> names = new ArrayList<>();
        String[] parameters = clause(comment, "p").split(", ");
        for (int i = 0; i < PARAMETERS; i++) {
            boolean named = i < parameters.length && !parameters[i].isEmpty();
            names.add(named ? parameters[i] : "p" + i);
        }
        String word = clause(comment, "w");
        names.add(word.isEmpty() ? "word" : word);
        for (String fact : List.of("a", "b", "c")) {
            String name = clause(comment, fact).replaceAll(", [bc]: .*", "");
            names.add(name.isEmpty() ? "fact " + fact : name);
        }
        return names;
    }

    private static List<String> shown(int kind) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < PARAMETERS; i++) {
            names.add(FieldNames.parameter(kind, i));
        }
        names.add(FieldNames.word(kind));
        for (int i = 0; i < FACTS; i++) {
            names.add(FieldNames.fact(kind, i));
        }
        return names;
    }

    @Test
    void everyFieldHasTheNameOfItsDeclaration() throws Exception {
        Map<Integer, String> comments = comments();
        for (int kind = 1; kind < Event.LIMIT; kind++) {
            String comment = Event.isSnapshot(kind) ? "" : comments.getOrDefault(kind, "");
            assertEquals(said(comment), shown(kind), EventView.name(kind) + ": " + comment);
        }
    }

    @Test
    void theDeclarationsWereRead() throws Exception {
        assertEquals(Event.LIMIT, comments().size());
        assertEquals(
                List.of(
                        "thread",
                        "channel",
                        "timed",
                        "donated priority",
                        "payload",
                        "tag",
                        "receiver",
                        "queue or waiter length"),
                said(comments().get(Event.CALL)));
    }
}
