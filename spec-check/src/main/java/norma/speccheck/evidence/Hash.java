package norma.speccheck.evidence;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SortedMap;

/** SHA-256, of texts and of named parts. */
public final class Hash {
    private Hash() {}

    /** Of bytes, in hexadecimal. */
    public static String of(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Of a text. */
    public static String of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Of named parts, given by their hashes; names have no line ends. */
    public static String of(SortedMap<String, String> parts) {
        StringBuilder text = new StringBuilder();
        parts.forEach((name, hash) -> text.append(hash).append("  ").append(name).append('\n'));
        return of(text.toString());
    }
}
