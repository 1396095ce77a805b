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
 */
public record Scenario(String name, Script script) {
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
                    "tags",
                    "restart",
                    "storm",
                    "sleep-storm");

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
            return new Scenario(name, ScriptParser.parse(text));
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
