package norma.conformance.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import norma.abi.Limits;
import norma.abi.Shared;
import org.junit.jupiter.api.Test;

/** Where the parts of the shared block lie, and how large rings must be. */
class LayoutTest {
    @Test
    void partsFollowEachOtherOnPages() {
        SharedLayout layout = new SharedLayout(2, 1024, 128, 10);
        long ring = Shared.RING_RECORDS + 1024L * 64;
        assertEquals(4096, layout.scripts());
        long programs = (long) Shared.PROGRAMS * Shared.PROGRAM_BYTES;
        assertEquals(4096 + programs, layout.witness(0));
        long log = Shared.WITNESS_ENTRIES + 128L * Shared.WITNESS_BYTES;
        assertEquals(layout.witness(0) + log, layout.witness(1));
        long logs = Limits.THREADS * log;
        assertEquals(layout.witness(0) + (logs + 4095) / 4096 * 4096, layout.tourAt());
        // User mode reaches what is before the rings, and they begin a page.
        assertEquals(layout.tourAt() + 4096, layout.ring(0));
        assertEquals(layout.ring(0) + ring, layout.ring(1));
        assertEquals(layout.ring(0) + 2 * ring, layout.bytes());
        assertEquals(
                layout.bytes() + 4096,
                new SharedLayout(2, 1024, 128, 10 + 4096 / Shared.OP_BYTES).bytes());
        int full = (4096 - Shared.TOUR_LEGS) / Shared.OP_BYTES - 1;
        assertEquals(layout.bytes(), new SharedLayout(2, 1024, 128, full).bytes());
        assertEquals(layout.bytes() + 4096, new SharedLayout(2, 1024, 128, full + 1).bytes());
        assertEquals(new SharedLayout(2, 1024, 128, 0), new SharedLayout(2, 1024, 128));
    }

    @Test
    void partsThatDoNotFillAPageAreRoundedUp() {
        SharedLayout layout = new SharedLayout(1, 1, 1);
        assertEquals(0, layout.tourAt() % 4096);
        assertEquals(0, layout.ring(0) % 4096);
        assertEquals(layout.ring(0) + 8192, layout.bytes());
    }

    @Test
    void sizesArePowersOfTwo() {
        assertThrows(IllegalArgumentException.class, () -> new SharedLayout(1, 1000, 128));
        assertThrows(IllegalArgumentException.class, () -> new SharedLayout(1, 1024, 100));
    }

    @Test
    void powers() {
        assertEquals(1, Recording.powerOfTwo(0));
        assertEquals(1, Recording.powerOfTwo(1));
        assertEquals(2, Recording.powerOfTwo(2));
        assertEquals(4, Recording.powerOfTwo(3));
        assertEquals(1024, Recording.powerOfTwo(1024));
        assertEquals(2048, Recording.powerOfTwo(1025));
        assertEquals(1024, Recording.least(1));
        assertEquals(1024, Recording.least(2));
        assertEquals(2048, Recording.least(4));
    }

    @Test
    void recordingsSayWhatTheyNeed() {
        assertEquals(
                "rings of 64 records are too small for the checkpoints of 1 core: 1024 are needed",
                Recording.tooSmall(64, 1));
        assertEquals(
                "rings of 4096 records are too small for the checkpoints of 4 cores: 8192 are"
                        + " needed",
                Recording.tooSmall(4096, 4));
        Recording later = new Recording(Recording.Mode.LATER, 0, 0);
        assertTrue(Recording.LIVE.live());
        assertFalse(later.live());
        assertEquals(4096, later.overwritten());
        assertEquals(512, new Recording(Recording.Mode.OVERWRITE, 512, 0).overwritten());
        assertEquals("later", Recording.Mode.LATER.label());
    }

    @Test
    void logsThatNobodyHasKept() {
        assertEquals(0, WitnessSource.NONE.halves(0));
        assertEquals(0, WitnessSource.NONE.first(0));
        long[] entry = new long[WitnessSource.WORDS];
        WitnessSource.NONE.entry(0, 0, entry);
        assertEquals(-WitnessSource.WORDS, Arrays.stream(entry).sum());
    }
}
