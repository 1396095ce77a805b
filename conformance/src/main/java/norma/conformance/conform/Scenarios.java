package norma.conformance.conform;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import norma.conformance.job.UsageException;
import norma.conformance.scenario.ScriptException;
import norma.conformance.scenario.ScriptParser;

/** The built-in scenarios: resources beside the main workload's script. */
public final class Scenarios {
    /** All names, in the order in which they run: the simplest first. */
    public static final List<String> NAMES =
            List.of(
                    "rendezvous",
                    "two-receivers",
                    "tagwait",
                    "deferred-replies",
                    "timeout",
                    "cancel",
                    "death",
                    "restart",
                    "priority",
                    "inherit",
                    "chain",
                    "steal",
                    "idle-wake",
                    "sleep",
                    "refuse",
                    "locks",
                    "crowd",
                    "deadline",
                    "fault",
                    "isolation",
                    "pages",
                    "shootdown",
                    "no-memory",
                    "page-checkpoints",
                    "processes",
                    "programs",
                    "churn",
                    "checkpoints",
                    "overwrite",
                    "switch-on");

    private Scenarios() {}

    /** The scenarios of these names; all if there are none. */
    public static List<Scenario> select(List<String> names) throws UsageException {
        for (String name : names) {
            if (!NAMES.contains(name)) {
                throw new UsageException(
                        "unknown scenario '"
                                + name
                                + "' (one of: "
                                + String.join(", ", NAMES)
                                + ")");
            }
        }
        return NAMES.stream()
                .filter(n -> names.isEmpty() || names.contains(n))
                .map(Scenarios::named)
                .toList();
    }

    /** A built-in scenario. */
    public static Scenario named(String name) {
        String text = text(name);
        try {
            return new Scenario(name, ScriptParser.parse(text), Requirements.parse(text));
        } catch (ScriptException | IllegalArgumentException e) {
            throw new IllegalStateException("built-in script " + name + ": " + e.getMessage(), e);
        }
    }

    private static String text(String name) {
        String resource = "/norma/scenario/" + name + ".script";
        try (InputStream in = Scenarios.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
