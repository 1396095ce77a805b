package norma.conformance.machine;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/**
 * Guest-physical memory as the guest sees it: little-endian, at physical addresses, shared live.
 *
 * <p>Plain accesses are for memory that the other side does not touch at the time; whatever is
 * handed over (ring heads and tails, mailboxes) goes through the acquire and release methods.
 */
public final class GuestMemory {
    private static final ValueLayout.OfLong LONG =
            ValueLayout.JAVA_LONG.withOrder(java.nio.ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT =
            ValueLayout.JAVA_INT.withOrder(java.nio.ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG_HANDLE = LONG.varHandle();
    private static final VarHandle INT_HANDLE = INT.varHandle();

    private final MemorySegment ram;
    private final long base;

    GuestMemory(MemorySegment ram, long base) {
        this.ram = ram;
        this.base = base;
    }

    /** RAM, its first part if there is much; offset 0 is the physical address {@link #base}. */
    public MemorySegment ram() {
        return ram;
    }

    /** The physical address of RAM's first byte. */
    public long base() {
        return base;
    }

    /** Bytes of RAM that are seen here. */
    public long size() {
        return ram.byteSize();
    }

    /** The physical range as a segment of its own; out of RAM throws. */
    public MemorySegment slice(long physical, long bytes) {
        return ram.asSlice(physical - base, bytes);
    }

    /** Reads an aligned long. */
    public long getLong(long physical) {
        return ram.get(LONG, physical - base);
    }

    /** Writes an aligned long. */
    public void putLong(long physical, long value) {
        ram.set(LONG, physical - base, value);
    }

    /** Reads an aligned int. */
    public int getInt(long physical) {
        return ram.get(INT, physical - base);
    }

    /** Writes an aligned int. */
    public void putInt(long physical, int value) {
        ram.set(INT, physical - base, value);
    }

    /** Reads a byte. */
    public byte getByte(long physical) {
        return ram.get(ValueLayout.JAVA_BYTE, physical - base);
    }

    /** Writes a byte. */
    public void putByte(long physical, byte value) {
        ram.set(ValueLayout.JAVA_BYTE, physical - base, value);
    }

    /** Reads a long; what the guest wrote before releasing it is visible after. */
    public long getLongAcquire(long physical) {
        return (long) LONG_HANDLE.getAcquire(ram, physical - base);
    }

    /** Writes a long after all that was written here before. */
    public void putLongRelease(long physical, long value) {
        LONG_HANDLE.setRelease(ram, physical - base, value);
    }

    /** Reads an int; what the guest wrote before releasing it is visible after. */
    public int getIntAcquire(long physical) {
        return (int) INT_HANDLE.getAcquire(ram, physical - base);
    }

    /** Writes an int after all that was written here before. */
    public void putIntRelease(long physical, int value) {
        INT_HANDLE.setRelease(ram, physical - base, value);
    }

    /** Copies bytes out. */
    public byte[] read(long physical, int bytes) {
        return slice(physical, bytes).toArray(ValueLayout.JAVA_BYTE);
    }

    /** Copies bytes in. */
    public void write(long physical, byte[] bytes) {
        MemorySegment.copy(bytes, 0, ram, ValueLayout.JAVA_BYTE, physical - base, bytes.length);
    }

    /** Fills a range with zero bytes. */
    public void clear(long physical, long bytes) {
        slice(physical, bytes).fill((byte) 0);
    }
}
