package norma.conformance.scenario;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The built-in scripts, as resources with {@code @NAME@} placeholders. */
public final class Scripts {
    private Scripts() {}

    /** A built-in scenario's script with its placeholders filled in. */
    public static Script builtIn(String name, Map<String, ?> values) {
        return filled("/norma/scenario/" + name + ".script", values);
    }

    /** The script of a resource with its placeholders filled in. */
    public static Script filled(String resource, Map<String, ?> values) {
        String text = text(resource);
        for (Map.Entry<String, ?> value : values.entrySet()) {
            text = text.replace("@" + value.getKey() + "@", String.valueOf(value.getValue()));
        }
        try {
            return ScriptParser.parse(text);
        } catch (ScriptException e) {
            throw new IllegalStateException(
                    "built-in script " + resource + ": " + e.getMessage(), e);
        }
    }

    private static String text(String resource) {
        try (InputStream in = Scripts.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalArgumentException("no built-in script " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
