package norma.model.explore;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import norma.model.State;

/**
 * A set of states, numbered in the order of their first insertion.
 *
 * <p>States are packed one byte a word into one growing array; an open-addressing table of numbers
 * with a stored hash finds them. Invariant: at most half of the slots are used.
 */
final class StateTable {
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int INITIAL_SLOTS = 1 << 12;
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    private final int width; // bytes a state, rounded up to whole longs
    private byte[] arena;
    private int[] hashes;
    private int[] slots; // number + 1, or 0
    private int count;
    private boolean added;

    StateTable(int words) {
        width = (words + Long.BYTES - 1) & -Long.BYTES;
        slots = new int[INITIAL_SLOTS];
        hashes = new int[INITIAL_SLOTS / 2];
        arena = new byte[Math.multiplyExact(INITIAL_SLOTS / 2 + 1, width)];
    }

    int count() {
        return count;
    }

    /** Whether the last {@link #add} inserted a state that was not there before. */
    boolean added() {
        return added;
    }

    void load(int number, State into) {
        into.unpack(arena, number * width);
    }

    /** Number of the state, inserted if it is new. */
    int add(State state) {
        int candidate = count * width; // the free tail of the arena serves as scratch space
        state.pack(arena, candidate);
        int hash = hash(candidate);
        int mask = slots.length - 1;
        int slot = hash & mask;
        while (slots[slot] != 0) {
            int number = slots[slot] - 1;
            if (hashes[number] == hash && same(number * width, candidate)) {
                added = false;
                return number;
            }
            slot = slot + 1 & mask;
        }
        slots[slot] = count + 1;
        hashes[count] = hash;
        added = true;
        int number = count++;
        if (count == hashes.length) {
            grow();
        }
        return number;
    }

    /** The stored hash of a state. */
    int hashOf(int number) {
        return hashes[number];
    }

    private int hash(int at) {
        long hash = width;
        for (int i = 0; i < width; i += Long.BYTES) {
            hash = (hash ^ (long) LONGS.get(arena, at + i)) * MULTIPLIER;
            hash ^= hash >>> 32;
        }
        return (int) hash;
    }

    private boolean same(int a, int b) {
        for (int i = 0; i < width; i += Long.BYTES) {
            if ((long) LONGS.get(arena, a + i) != (long) LONGS.get(arena, b + i)) {
                return false;
            }
        }
        return true;
    }

    private void grow() {
        int capacity = hashes.length * 2;
        hashes = Arrays.copyOf(hashes, capacity);
        arena = Arrays.copyOf(arena, Math.multiplyExact(capacity + 1, width));
        slots = new int[capacity * 2];
        int mask = slots.length - 1;
        for (int number = 0; number < count; number++) {
            int slot = hashes[number] & mask;
            while (slots[slot] != 0) {
                slot = slot + 1 & mask;
            }
            slots[slot] = number + 1;
        }
    }
}
