package norma.kernel.sim.explore;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.UnmappableCharacterException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Files that are texts. */
final class Texts {
    private Texts() {}

    /** The text of a file; {@link InputException} if there is none. */
    static String read(Path file) throws IOException {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new InputException(file + ": no such file", e);
        } catch (MalformedInputException | UnmappableCharacterException e) {
            throw new InputException(file + ": not a text", e);
        }
    }
}
