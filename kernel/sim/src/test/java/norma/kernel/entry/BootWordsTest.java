package norma.kernel.entry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import norma.abi.Limits;
import norma.abi.Shared;
import norma.conformance.scenario.ScriptException;
import norma.conformance.scenario.ScriptParser;
import norma.kernel.hal.World;
import norma.kernel.sim.Block;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Words of the boot block that no kernel can do with end it at once, and say which; also those
 * whose lower 32 bits alone would do. On images the same is {@code BootBlockTest}'s.
 */
class BootWordsTest {
    private static final String SCRIPT = "pages 2 frames 1\nprogram main\n  end\n";

    private final Machine machine = new Machine();

    /** Boots one core, and no more. */
    private static final class Machine implements World {
        private final Block block = new Block(1);
        private int loaded = -1;

        @Override
        public void relax() {
            throw new IllegalStateException("waits at boot");
        }

        @Override
        public int waitForInterrupt() {
            throw new IllegalStateException("waits at boot");
        }

        @Override
        public void startCore(int core) {
            throw new IllegalStateException("starts core " + core);
        }

        @Override
        public void sendIpi(int core) {
            throw new IllegalStateException("kicks core " + core);
        }

        @Override
        public long now() {
            return 0;
        }

        @Override
        public void arm(long deadline) {
            // The slice of the first thread is never over.
        }

        @Override
        public void put(int character) {
            // Nobody listens.
        }

        @Override
        public long load(long offset) {
            return block.load(offset);
        }

        @Override
        public long loadAcquire(long offset) {
            return block.load(offset);
        }

        @Override
        public void store(long offset, long value) {
            block.store(offset, value);
        }

        @Override
        public void storeRelease(long offset, long value) {
            block.store(offset, value);
        }

        @Override
        public void makeTables(int space) {
            // Nobody walks them.
        }

        @Override
        public void loadTables(int space) {
            loaded = space;
        }

        @Override
        public void powerOff(int status) {
            throw new IllegalStateException("off, status " + status);
        }
    }

    @BeforeEach
    void start() throws ScriptException {
        machine.block.boot(ScriptParser.parse(SCRIPT), 1_000, 0, false);
        World.CURRENT.set(machine);
    }

    @AfterEach
    void stop() {
        World.CURRENT.remove();
    }

    private Kernel boot(int offset, long value) {
        machine.block.store(offset, value);
        Kernel kernel = new Kernel();
        assertEquals(0, KernelEntry.boot(kernel).slot);
        assertEquals(Shared.RUNNING, machine.block.load(Shared.OFF_STATE));
        return kernel;
    }

    /** The first and the last that there may be. */
    @ParameterizedTest
    @CsvSource({
        Shared.OFF_PAGES + ",1",
        Shared.OFF_PAGES + "," + Limits.PAGES,
        Shared.OFF_FRAMES + ",1",
        Shared.OFF_FRAMES + "," + Limits.FRAMES,
        Shared.OFF_FIRST_PRIORITY + ",0",
        Shared.OFF_FIRST_PRIORITY + "," + (Limits.PRIORITIES - 1),
        Shared.OFF_FIRST_PROGRAM + "," + (Shared.PROGRAMS - 1),
    })
    void whatIsAllowed(int offset, long value) {
        Kernel kernel = boot(offset, value);
        assertEquals(machine.block.load(Shared.OFF_PAGES), kernel.spaces.at(0).pages());
        assertEquals(0, machine.loaded);
    }

    /** Without pages there are no frames either, whatever their word says. */
    @Test
    void nobodyAsksForPages() {
        machine.block.store(Shared.OFF_FRAMES, -1);
        assertEquals(0, boot(Shared.OFF_PAGES, 0).spaces.at(0).pages());
        assertEquals(-1, machine.loaded);
    }

    private static final long HIGH = 1L << 32;

    /** A word, and what is said of it. */
    @ParameterizedTest
    @CsvSource({
        Shared.OFF_PAGES + ",count of pages," + Limits.PAGES + ",1",
        Shared.OFF_FRAMES + ",count of frames," + Limits.FRAMES + ",1",
        Shared.OFF_CORES + ",core count," + Limits.CORES + ",1",
        Shared.OFF_FIRST_PRIORITY + ",priority," + (Limits.PRIORITIES - 1) + ",0",
        Shared.OFF_FIRST_PROGRAM + ",first program," + (Shared.PROGRAMS - 1) + ",0",
    })
    void whatIsNot(int offset, String name, long most, long least) throws ScriptException {
        long[] wrong = {-1, most + 1, HIGH, HIGH + 1, Long.MIN_VALUE};
        for (long value : wrong) {
            rejected(offset, name, value);
        }
        // No pages is no error, but no space.
        if (offset != Shared.OFF_PAGES) {
            rejected(offset, name, least - 1);
        }
    }

    private void rejected(int offset, String name, long value) throws ScriptException {
        start();
        machine.block.store(offset, value);
        AssertionError error =
                assertThrows(
                        AssertionError.class,
                        () -> KernelEntry.boot(new Kernel()),
                        () -> name + " " + value);
        String message = String.valueOf(error.getMessage());
        assertTrue(message.endsWith(name), () -> value + ": " + message);
        assertEquals(0, machine.block.load(Shared.OFF_STATE), "nothing has begun");
    }
}
