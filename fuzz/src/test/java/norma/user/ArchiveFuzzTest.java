package norma.user;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import norma.kernel.sim.ArchiveWorld;

/** Whatever an archive is: an answer, nothing read beside it, and what is found lies in it. */
class ArchiveFuzzTest {
    /** "hello" */
    private static final long NAME = 0x6f6c6c6568L;

    @FuzzTest(maxDuration = "60s")
    void archive(byte[] input) {
        ArchiveWorld world = new ArchiveWorld(input, input.length);
        long found = world.run(() -> Archive.find(NAME, 0));
        if (found < 0) {
            assertTrue(found == Archive.NOT_FOUND || found == Archive.MALFORMED, "code " + found);
            return;
        }
        long from = world.run(() -> Archive.content(found));
        long size = world.run(() -> Archive.size(found));
        assertTrue(from > found && size >= 0 && from <= input.length - size, from + " " + size);
    }
}
