package norma.speccheck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import norma.speccheck.evidence.EvidenceException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A manifest that is none is told in one line, with file and place. */
class ManifestInputTest {
    private static final String WHOLE =
            """
            {
              "graphs": [],
              "liveness": [],
              "broken": [{"name": "one", "spec": "S", "expected": "P"}],
              "properties": []
            }
            """;

    private static final String PATCH =
            """
            {"spec": "S", "description": "d", "module": "M", "config": "c", "patched": "f",
             "anchor": "a", "replacement": "b"}
            """;

    @TempDir Path directory;

    @BeforeEach
    void write() throws IOException {
        Files.writeString(directory.resolve(Manifest.FILE), WHOLE);
        Files.createDirectory(directory.resolve("broken"));
        Files.writeString(directory.resolve("broken/one.json"), PATCH);
    }

    private String refused() {
        EvidenceException wrong =
                assertThrows(EvidenceException.class, () -> Manifest.read(directory));
        String message = String.valueOf(wrong.getMessage());
        assertTrue(message.lines().count() == 1, message);
        return message;
    }

    @Test
    void aWholeOneIsRead() {
        assertEquals(1, Manifest.read(directory).broken().size());
    }

    @Test
    void aCutManifestNamesFileAndPlace() throws IOException {
        Files.writeString(directory.resolve(Manifest.FILE), WHOLE.substring(0, 40));
        assertTrue(refused().contains(Manifest.FILE + ":4:5: "), refused());
    }

    @Test
    void aCutPatchNamesFileAndPlace() throws IOException {
        Files.writeString(directory.resolve("broken/one.json"), PATCH.substring(0, 20));
        assertTrue(refused().contains("one.json:1:"), refused());
    }

    @Test
    void aMissingListIsNamed() throws IOException {
        Files.writeString(directory.resolve(Manifest.FILE), WHOLE.replace("liveness", "lively"));
        assertTrue(refused().contains("liveness"), refused());
    }

    @Test
    void aMissingTextIsNamedWithItsEntry() throws IOException {
        Files.writeString(directory.resolve(Manifest.FILE), WHOLE.replace("\"name\"", "\"nome\""));
        assertTrue(refused().contains("no text name in {\"nome\":\"one\""), refused());
        Files.writeString(directory.resolve(Manifest.FILE), WHOLE);
        Files.writeString(directory.resolve("broken/one.json"), PATCH.replace("anchor", "ankor"));
        assertTrue(refused().contains("no text anchor in"), refused());
    }

    @Test
    void aMissingPatchIsNamed() throws IOException {
        Files.delete(directory.resolve("broken/one.json"));
        assertTrue(refused().contains("one.json"), refused());
    }
}
