package norma.conformance.machine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Drains a stream for ever and keeps its last bytes, so that a talkative guest neither blocks on a
 * full pipe nor fills this process's memory.
 *
 * <p>Guarded by {@code this}: all fields.
 */
final class TailBuffer {
    private final byte[] ring;
    private long total;

    TailBuffer(int capacity) {
        ring = new byte[capacity];
    }

    /** Starts the draining thread; it ends with the stream. */
    Thread drain(InputStream stream, String name) {
        return Thread.ofPlatform().daemon().name(name).start(() -> pump(stream));
    }

    private void pump(InputStream stream) {
        byte[] chunk = new byte[4096];
        try (stream) {
            for (int n = stream.read(chunk); n >= 0; n = stream.read(chunk)) {
                append(chunk, n);
            }
        } catch (IOException e) {
            // The process is gone and its pipe with it: the tail is complete.
            return;
        }
    }

    synchronized void append(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            ring[(int) (total++ % ring.length)] = bytes[i];
        }
    }

    /** Bytes seen so far, kept or not. */
    synchronized long total() {
        return total;
    }

    /** What is kept, oldest first. */
    synchronized String text() {
        int kept = (int) Math.min(total, ring.length);
        byte[] out = new byte[kept];
        for (int i = 0; i < kept; i++) {
            out[i] = ring[(int) ((total - kept + i) % ring.length)];
        }
        return new String(out, StandardCharsets.UTF_8);
    }
}
