package norma.conformance.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is printed to be run again means the same to a shell. */
class ShellWordTest {
    @Test
    void aShellReadsTheSameWord() throws Exception {
        assertEquals("/tmp/a-b_1.way", ShellWord.of(Path.of("/tmp/a-b_1.way")));
        for (String word :
                List.of("plain", "my file", "it's", "$HOME", "a;b", "*", "", "\"q\"", "-x\\n")) {
            Process shell =
                    new ProcessBuilder("sh", "-c", "printf '<%s>' " + ShellWord.of(word)).start();
            assertEquals(
                    "<" + word + ">",
                    new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
