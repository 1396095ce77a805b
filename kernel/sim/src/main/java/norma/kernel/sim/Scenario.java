package norma.kernel.sim;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import norma.conformance.scenario.Script;
import norma.conformance.scenario.ScriptException;
import norma.conformance.scenario.ScriptParser;

/**
 * A small workload, made so that a few hundred events meet in many ways.
 *
 * @param name its name, and that of its resource
 * @param script what the threads do
 * @param endsWaiting it ends with threads that wait for each other for ever: their states are then
 *     compared with the duties of the model
 */
public record Scenario(String name, Script script, boolean endsWaiting) {
    /** A line of the script that says that it ends with threads that wait. */
    private static final String ENDS_WAITING = "# ends: waiting";

    /** All scenarios, in the order in which they are run. */
    private static final List<String> NAMES =
            List.of(
                    "contended",
                    "call-death",
                    "reply-cancel",
                    "reply-timeout",
                    "receivers",
                    "steal-wake",
                    "park-ipi",
                    "inherit-chain",
                    "inherit-stuck",
                    "inherit-ready",
                    "tags",
                    "grants",
                    "restart",
                    "storm",
                    "sleep-storm",
                    "checkpoints",
                    "slot-zero",
                    "switch-on",
                    "processes",
                    "switch-asleep",
                    "refusals",
                    "crowd",
                    "refusals-kept",
                    "deaths-kept",
                    "both-lists",
                    "inherit-churn",
                    "kicks",
                    "pages",
                    "shootdown",
                    "page-checkpoints");

    /** Names of all scenarios. */
    public static List<String> names() {
        return NAMES;
    }

    /** A scenario by its name. */
    public static Optional<Scenario> find(String name) {
        return NAMES.contains(name) ? Optional.of(parse(name, text(name))) : Optional.empty();
    }

    /** All scenarios. */
    public static List<Scenario> all() {
        return NAMES.stream().map(name -> parse(name, text(name))).toList();
    }

    private static Scenario parse(String name, String text) {
        try {
            return new Scenario(
                    name, ScriptParser.parse(text), text.lines().anyMatch(ENDS_WAITING::equals));
        } catch (ScriptException e) {
            throw new IllegalStateException("scenario " + name + ": " + e.getMessage(), e);
        }
    }

    private static String text(String name) {
        String resource = "/norma/sim/" + name + ".script";
        try (InputStream in = Scenario.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
