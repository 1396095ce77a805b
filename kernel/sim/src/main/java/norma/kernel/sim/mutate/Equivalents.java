package norma.kernel.sim.mutate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Why mutants are none: resource {@code equivalents}, a line {@code NAME: ARGUMENT} each. */
final class Equivalents {
    private Equivalents() {}

    /** Arguments by name; {@code file} is the name for messages. */
    static Map<String, String> parse(String file, String text) throws KillTable.Malformed {
        Map<String, String> arguments = new LinkedHashMap<>();
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            int end = line.indexOf(": ");
            if (end <= 0 || line.substring(end + 2).isBlank()) {
                throw new KillTable.Malformed(
                        file + ":" + (i + 1) + ": expected NAME: ARGUMENT, not: " + line);
            }
            if (arguments.put(line.substring(0, end), line.substring(end + 2)) != null) {
                throw new KillTable.Malformed(
                        file + ":" + (i + 1) + ": a second line for " + line.substring(0, end));
            }
        }
        return arguments;
    }
}
