package norma.model.lock;

import norma.model.Words;

/** Sizes of a lock table, and where its variables lie in a state's window. */
public final class LockTableLayout {
    final int cores;
    final int locks;
    final int modulus;

    final int next;
    final int owner;
    final int ticket;
    final int held;
    final int drawn; // derived: number of tickets that a core has
    final int size;

    /** The layout for the given numbers of slots; tickets count modulo {@code modulus}. */
    public LockTableLayout(int cores, int locks, int modulus) {
        this.cores = cores;
        this.locks = locks;
        this.modulus = modulus;
        Words words = new Words();
        next = words.take(locks);
        owner = words.take(locks);
        ticket = words.take(cores * locks);
        held = words.take(cores * locks);
        drawn = words.take(cores);
        size = words.count();
    }

    /** Number of words of a state's window. */
    public int size() {
        return size;
    }
}
