package norma.conformance.saved;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import norma.conformance.check.Memory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A trace says which address spaces its machine had; one that does not is of one without. */
class TraceHeaderTest {
    private static final TraceHeader PLAIN =
            new TraceHeader("riscv64", 2, "mttcg", 7, 4, true, false);

    private static TraceHeader with(Memory memory) {
        return new TraceHeader("riscv64", 2, "mttcg", 7, 4, true, false, memory);
    }

    @Test
    void headersOfOldAreStillRead() {
        String text =
                """
                format=norma-trace-3
                arch=riscv64
                cpus=2
                accel=mttcg
                seed=7
                priority=4
                locks=true
                suffix=false
                """;
        assertEquals(text, PLAIN.text());
        assertEquals(PLAIN, TraceHeader.parse(text));
        assertEquals(Memory.NONE, PLAIN.setup().memory());
    }

    @Test
    void pagesAndFramesAreKept() {
        TraceHeader header = with(new Memory(8, 6));
        assertEquals(PLAIN.text() + "pages=8\nframes=6\n", header.text());
        assertEquals(header, TraceHeader.parse(header.text()));
        assertEquals(new Memory(8, 6), header.setup().memory());
        assertEquals(new Memory(8, 6), header.witnessed().memory());
        assertFalse(PLAIN.equals(header));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pages=0\nframes=0\n",
                "pages=33\nframes=6\n",
                "pages=8\n",
                "frames=6\n",
                "pages=8\nframes=25\n",
                "pages=8\nframes=-1\n",
                "frames=6\npages=8\n"
            })
    void whatNobodyWritesIsRefused(String lines) {
        assertThrows(IllegalArgumentException.class, () -> TraceHeader.parse(PLAIN.text() + lines));
    }
}
