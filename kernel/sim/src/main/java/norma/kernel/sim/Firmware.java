package norma.kernel.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import norma.kernel.hal.World;

/**
 * A machine that has only what firmware leaves in memory, for the decoders that run before the
 * kernel boots: some bytes at an address, zeroes behind them up to where the description itself
 * says that it ends. Every other read is a failure. Whatever ends the machine throws {@link Ended}.
 */
public final class Firmware implements World {
    /** The machine was switched off. */
    public static final class Ended extends RuntimeException {
        private static final long serialVersionUID = 1;

        Ended(String console) {
            super(console);
        }
    }

    /**
     * A range of RAM that the kernel has mapped.
     *
     * @param from its first address
     * @param to the first address after it
     */
    public record Mapped(long from, long to) {}

    private final long base;
    private final byte[] bytes;
    private final long end;
    private final long reach;
    private final StringBuilder console = new StringBuilder();
    private final List<Mapped> mapped = new ArrayList<>();
    private final List<Mapped> programs = new ArrayList<>();
    private final long[] words = new long[64];

    /**
     * A machine.
     *
     * @param base where the bytes are
     * @param bytes what firmware has left
     * @param end the first address that is no zero behind them, but must not be read
     * @param reach the first address that the boot tables do not have
     */
    public Firmware(long base, byte[] bytes, long end, long reach) {
        this.base = base;
        this.bytes = bytes.clone();
        this.end = end;
        this.reach = reach;
    }

    /** Runs something on this machine. */
    public <T> T run(Supplier<T> body) {
        CURRENT.set(this);
        try {
            return body.get();
        } finally {
            CURRENT.remove();
        }
    }

    /** What was written to the console. */
    public String console() {
        return console.toString();
    }

    /** RAM that was mapped, in that order. */
    public List<Mapped> mapped() {
        return List.copyOf(mapped);
    }

    /** Archives of programs that user mode was given. */
    public List<Mapped> programs() {
        return List.copyOf(programs);
    }

    @Override
    public long physicalReach() {
        return reach;
    }

    @Override
    public int physicalByte(long at) {
        if (at < base || at >= Math.max(end, base + bytes.length)) {
            throw new IllegalStateException("read at " + Long.toHexString(at));
        }
        return at - base < bytes.length ? bytes[(int) (at - base)] & 0xff : 0;
    }

    @Override
    public void mapRam(long from, long to) {
        mapped.add(new Mapped(from, to));
    }

    @Override
    public void mapPrograms(long from, long bytes) {
        programs.add(new Mapped(from, from + bytes));
    }

    @Override
    public void put(int character) {
        console.append((char) character);
    }

    @Override
    public long load(long offset) {
        return words[(int) offset / Long.BYTES];
    }

    @Override
    public void store(long offset, long value) {
        words[(int) offset / Long.BYTES] = value;
    }

    @Override
    public long loadAcquire(long offset) {
        return load(offset);
    }

    @Override
    public void storeRelease(long offset, long value) {
        store(offset, value);
    }

    @Override
    public void powerOff(int status) {
        throw new Ended(console());
    }

    @Override
    public void relax() {
        throw new IllegalStateException("no core waits at boot");
    }

    @Override
    public int waitForInterrupt() {
        throw new IllegalStateException("no core waits at boot");
    }

    @Override
    public void startCore(int core) {
        throw new IllegalStateException("no core is started before the kernel boots");
    }

    @Override
    public void sendIpi(int core) {
        throw new IllegalStateException("no core is started before the kernel boots");
    }

    @Override
    public long now() {
        throw new IllegalStateException("no clock before the kernel boots");
    }

    @Override
    public void arm(long deadline) {
        throw new IllegalStateException("no clock before the kernel boots");
    }
}
