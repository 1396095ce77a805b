package norma.model;

import java.util.List;

/**
 * The state of a model: a window of one array of words.
 *
 * <p>Contract: the words between {@code base} and {@code base + size} determine the state, and two
 * equal states have equal words (vacated slots are zeroed). Subclasses give the words meaning and
 * keep their mutators package-private, so only a model's transition function changes a state. The
 * states of a composed machine's components are windows of the same array, so copying, comparing
 * and hashing the composition is one pass over that array.
 */
public abstract class State {
    /** The specification's {@code None}, as an index. */
    public static final int NONE = -1;

    private static final long HASH_MULTIPLIER = 0x9E3779B97F4A7C15L;
    private static final int BYTE_BIAS = 128;
    private static final int BYTE_RANGE_BITS = 8;

    private final long[] words;
    private final int base;
    private final int size;

    /** A window of {@code size} words of {@code words}, starting at {@code base}. */
    protected State(long[] words, int base, int size) {
        if (base < 0 || size < 0 || base + size > words.length) {
            throw new IllegalArgumentException("window outside its array");
        }
        this.words = words;
        this.base = base;
        this.size = size;
    }

    /** A state equal to this one that shares nothing with it. */
    public abstract State copy();

    /** The specification's variables, sorted. */
    public abstract List<String> variables();

    /** Writes the value of one variable; returns false if this state has no such variable. */
    public abstract boolean write(String variable, CanonicalText out);

    /** Appends the canonical text of the state, the same as for the model checker's state. */
    public final void canonical(StringBuilder out, Names names) {
        CanonicalText text = new CanonicalText(out, names);
        for (String variable : variables()) {
            out.append(variable).append('=');
            if (!write(variable, text)) {
                throw new IllegalStateException("no variable " + variable);
            }
            out.append(' ');
        }
    }

    /** Makes this state equal to {@code other}, which has the same shape. */
    public final void copyFrom(State other) {
        System.arraycopy(other.words, other.base, words, base, size);
    }

    /** Number of words. */
    public final int size() {
        return size;
    }

    /** Writes each word as one byte; a model that is explored keeps its values that small. */
    public final void pack(byte[] target, int at) {
        long outside = 0;
        for (int i = 0; i < size; i++) {
            long word = words[base + i];
            outside |= (word + BYTE_BIAS) >>> BYTE_RANGE_BITS;
            target[at + i] = (byte) word;
        }
        if (outside != 0) {
            throw new IllegalStateException("a value does not fit a byte");
        }
    }

    /** The inverse of {@link #pack}. */
    public final void unpack(byte[] source, int at) {
        for (int i = 0; i < size; i++) {
            words[base + i] = source[at + i];
        }
    }

    @Override
    public final boolean equals(Object other) {
        if (!(other instanceof State that) || that.size != size) {
            return false;
        }
        for (int i = 0; i < size; i++) {
            if (words[base + i] != that.words[that.base + i]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public final int hashCode() {
        long hash = size;
        for (int i = 0; i < size; i++) {
            hash = (hash ^ words[base + i]) * HASH_MULTIPLIER;
            hash ^= hash >>> 32;
        }
        return (int) hash;
    }

    /** The word at an offset of the window, as an index. */
    protected final int get(int offset) {
        return (int) words[base + offset];
    }

    /** The word at an offset of the window. */
    protected final long word(int offset) {
        return words[base + offset];
    }

    /** Sets the word at an offset of the window. */
    protected final void set(int offset, long value) {
        words[base + offset] = value;
    }

    /** Sets a run of words to one value. */
    protected final void fill(int offset, int count, long value) {
        java.util.Arrays.fill(words, base + offset, base + offset + count, value);
    }

    /** Moves {@code count} words, which may overlap. */
    protected final void move(int from, int to, int count) {
        System.arraycopy(words, base + from, words, base + to, count);
    }

    /** Length of a list: a word with its length, then its elements. */
    public final int listLength(int list) {
        return get(list);
    }

    /** An element of a list. */
    public final int listElement(int list, int place) {
        return get(list + 1 + place);
    }

    /** For people: the elements of a list. */
    public final String listText(int list) {
        StringBuilder text = new StringBuilder("[");
        for (int i = 0; i < listLength(list); i++) {
            text.append(i == 0 ? "" : ", ").append(listElement(list, i));
        }
        return text.append(']').toString();
    }

    /** Makes a list what was observed. */
    protected final void replaceList(int list, int[] elements, int count) {
        int before = listLength(list);
        for (int i = 0; i < Math.max(before, count); i++) {
            set(list + 1 + i, i < count ? elements[i] : 0);
        }
        set(list, count);
    }

    /** Offset of this window in the array behind it. */
    protected final int base() {
        return base;
    }

    /** A copy of the whole array behind this window, for {@link #copy()}. */
    protected final long[] cloneWords() {
        return words.clone();
    }

    /** The array behind this window, to lay out the windows of components. */
    protected final long[] words() {
        return words;
    }
}
