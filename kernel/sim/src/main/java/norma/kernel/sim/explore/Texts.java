package norma.kernel.sim.explore;

import java.io.IOException;
import java.nio.file.Path;
import norma.conformance.job.TextFile;
import norma.conformance.job.UsageException;

/** Files that are texts. */
final class Texts {
    private static final int SHOWN = 60;

    private Texts() {}

    /** The text of a file; {@link InputException} if there is none. */
    static String read(Path file) throws IOException {
        try {
            return TextFile.read(file);
        } catch (UsageException e) {
            throw new InputException(String.valueOf(e.getMessage()), e);
        }
    }

    /** A line as it is told: not more than fits. */
    static String shown(String line) {
        if (line.isBlank()) {
            return "an empty line";
        }
        return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "...";
    }
}
