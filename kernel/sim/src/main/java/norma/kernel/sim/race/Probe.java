package norma.kernel.sim.race;

import org.jspecify.annotations.Nullable;

/**
 * What instrumented classes report, each call just before the access itself.
 *
 * <p>Contract: nothing runs between the end of such a call and its access, so a probe may treat
 * both as one step. Instrumented code calls the static methods; the carrier thread's probe, if it
 * has one, gets them. A kernel that is being built on the host has none.
 */
public interface Probe {
    /** Bits of the mode of an access through a VarHandle. */
    int READ = 1;

    /** The access writes. */
    int WRITE = 2;

    /** Acquire or volatile read. */
    int ACQUIRE = 4;

    /** Release or volatile write. */
    int RELEASE = 8;

    /** A volatile access, and every read-modify-write: in the one order of all of them. */
    int VOLATILE = 16;

    /** A plain read of a field: {@code field} is its number in the class of the object. */
    void plainRead(Object object, int field, int site);

    /** A plain write of a field. */
    void plainWrite(Object object, int field, int site);

    /** An access through a VarHandle in a mode other than plain. */
    void atomicAccess(Object object, int field, int mode, int site);

    /** The compare-and-set just reported as a read has succeeded. */
    void swappedWord(Object object, int field, int site);

    /** The atomic write reported last has been made: the one call that comes after its access. */
    default void wroteWord() {}

    /**
     * A word is about to be used through its VarHandle, and holds {@code value}. This call and the
     * three below come from classes that are instrumented for weak memory only.
     */
    default void holdsWord(long value, Object object, int field) {}

    /** A read that is not plain has found {@code value}; returns what it is to find instead. */
    default long sawWord(long value, Object object, int field, int mode, int site) {
        return value;
    }

    /** A write has left {@code value}; returns what the word is to hold instead. */
    default long leftWord(long value, Object object, int field, int mode, int site) {
        return value;
    }

    /**
     * A read-modify-write has left {@code value}; it may be a compare-and-set that has failed
     * ({@code mode} then has no {@link #WRITE}).
     */
    default void updatedWord(long value, Object object, int field, int mode, int site) {}

    /** A loop is about to begin again, perhaps without any access. */
    void turn();

    /** The carrier thread's probe. */
    ThreadLocal<@Nullable Probe> CURRENT = new ThreadLocal<>();

    /** See {@link #plainRead}. */
    static void read(@Nullable Object object, int field, int site) {
        Probe probe = CURRENT.get();
        if (probe != null && object != null) {
            probe.plainRead(object, field, site);
        }
    }

    /** See {@link #plainWrite}. */
    static void write(@Nullable Object object, int field, int site) {
        Probe probe = CURRENT.get();
        if (probe != null && object != null) {
            probe.plainWrite(object, field, site);
        }
    }

    /** See {@link #atomicAccess}. */
    static void atomic(@Nullable Object object, int field, int mode, int site) {
        Probe probe = CURRENT.get();
        if (probe != null && object != null) {
            probe.atomicAccess(object, field, mode, site);
        }
    }

    /** See {@link #wroteWord}. */
    static void wrote() {
        Probe probe = CURRENT.get();
        if (probe != null) {
            probe.wroteWord();
        }
    }

    /** See {@link #holdsWord}. */
    static void holds(long value, @Nullable Object object, int field) {
        Probe probe = CURRENT.get();
        if (probe != null && object != null) {
            probe.holdsWord(value, object, field);
        }
    }

    /** See {@link #sawWord}. */
    static long saw(long value, Object object, int field, int mode, int site) {
        Probe probe = CURRENT.get();
        return probe == null ? value : probe.sawWord(value, object, field, mode, site);
    }

    /** See {@link #leftWord}. */
    static long left(long value, Object object, int field, int mode, int site) {
        Probe probe = CURRENT.get();
        return probe == null ? value : probe.leftWord(value, object, field, mode, site);
    }

    /** See {@link #updatedWord}. */
    static void updated(boolean success, long value, Object object, int field, int mode, int site) {
        Probe probe = CURRENT.get();
        if (probe != null) {
            probe.updatedWord(value, object, field, success ? mode : mode & ~WRITE, site);
        }
    }

    /** See {@link #turn}. */
    static void turned() {
        Probe probe = CURRENT.get();
        if (probe != null) {
            probe.turn();
        }
    }

    /** The outcome of a compare-and-set. */
    static void swapped(boolean success, Object object, int field, int site) {
        Probe probe = CURRENT.get();
        if (success && probe != null) {
            probe.swappedWord(object, field, site);
        }
    }
}
