package norma.conformance.job;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Texts that people give: scripts, schedules, ways, tables.
 *
 * <p>Contract: a file that is none is a {@link UsageException} of one line that names the file and,
 * if it is no text, the byte. Only regular files are read, and no more of them than any of these
 * texts has: nothing waits for a pipe that nobody writes, or reads a device for ever.
 */
public final class TextFile {
    /** Bytes of the largest text. */
    static final int MOST = 64 << 20;

    private TextFile() {}

    /** The text of a file. */
    public static String read(Path file) throws IOException, UsageException {
        if (!Files.exists(file)) {
            throw wrong(file, "no such file");
        }
        if (!Files.isRegularFile(file)) {
            throw wrong(file, Files.isDirectory(file) ? "a folder, not a file" : "not a file");
        }
        if (!Files.isReadable(file)) {
            throw wrong(file, "no permission to read it");
        }
        if (Files.size(file) > MOST) {
            throw wrong(file, "more than the " + MOST + " bytes that a text may have");
        }
        return decoded(file, Files.readAllBytes(file));
    }

    private static String decoded(Path file, byte[] bytes) throws UsageException {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result =
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .decode(in, out, true);
        if (result.isError()) {
            throw wrong(file, "not a text: no UTF-8 at byte " + in.position());
        }
        return out.flip().toString();
    }

    private static UsageException wrong(Path file, String what) {
        return UsageException.inFile(file + ": " + what);
    }
}
