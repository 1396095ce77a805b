package norma.speccheck.tlc;

import java.util.Arrays;

/**
 * Numbers states by their 64-bit fingerprint, as the model checker itself tells states apart.
 *
 * <p>Invariant: at most half of the slots are used; number 0 is stored as 1.
 */
final class FingerprintTable {
    private static final int INITIAL_SLOTS = 1 << 12;

    private long[] keys = new long[INITIAL_SLOTS];
    private int[] numbers = new int[INITIAL_SLOTS];
    private long[] inOrder = new long[INITIAL_SLOTS / 2];
    private int count;
    private boolean added;

    int count() {
        return count;
    }

    boolean added() {
        return added;
    }

    long fingerprint(int number) {
        return inOrder[number];
    }

    int add(long fingerprint) {
        int slot = slot(fingerprint);
        added = numbers[slot] == 0;
        if (!added) {
            return numbers[slot] - 1;
        }
        keys[slot] = fingerprint;
        numbers[slot] = count + 1;
        inOrder[count] = fingerprint;
        int number = count++;
        if (count == inOrder.length) {
            grow();
        }
        return number;
    }

    private int slot(long fingerprint) {
        int mask = keys.length - 1;
        int slot = (int) (fingerprint ^ fingerprint >>> 32) & mask;
        while (numbers[slot] != 0 && keys[slot] != fingerprint) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private void grow() {
        inOrder = Arrays.copyOf(inOrder, 2 * inOrder.length);
        keys = new long[2 * keys.length];
        numbers = new int[keys.length];
        for (int number = 0; number < count; number++) {
            int slot = slot(inOrder[number]);
            keys[slot] = inOrder[number];
            numbers[slot] = number + 1;
        }
    }
}
