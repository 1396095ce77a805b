package norma.conformance.scenario;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The built-in scripts, as resources with {@code @NAME@} placeholders. */
public final class Scripts {
    private Scripts() {}

    /** A built-in script with its placeholders filled in. */
    public static Script builtIn(String name, Map<String, ?> values) {
        String text = text(name);
        for (Map.Entry<String, ?> value : values.entrySet()) {
            text = text.replace("@" + value.getKey() + "@", String.valueOf(value.getValue()));
        }
        try {
            return ScriptParser.parse(text);
        } catch (ScriptException e) {
            throw new IllegalStateException("built-in script " + name + ": " + e.getMessage(), e);
        }
    }

    private static String text(String name) {
        String resource = "/norma/scenario/" + name + ".script";
        try (InputStream in = Scripts.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalArgumentException("no built-in script " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
