package norma.conformance.check;

import norma.abi.Event;
import norma.abi.Record;
import norma.abi.Snapshot;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot of one object, put together from the records that are its parts. Layout: {@link
 * Snapshot}.
 */
final class ObjectSnapshot {
    /** State of norma.kernel.thread.Thread, part of the trace format. */
    private static final int RUNNING = 2;

    private static final int LIST_BITS = 16;

    private long[] words = new long[4 * Snapshot.PART_WORDS];
    private int parts;
    private int next;
    private int kind;
    private int object;
    private long version;
    private int epoch;
    private int core = -1;
    private long first;

    /** The context of a core outside the kernel, made up from what else is known of it. */
    static ObjectSnapshot context(int core, int current, int mode) {
        ObjectSnapshot made = new ObjectSnapshot();
        made.kind = Event.MARK;
        made.object = Record.CONTEXT << 12 | core;
        made.parts = 1;
        made.next = 1;
        made.words[0] = Record.params(current, mode, 0, 0);
        return made;
    }

    /** Is {@code kind} one of those that snapshots are made of? */
    static boolean isPart(int kind) {
        return Event.isSnapshot(kind);
    }

    /** Is a first part there, and not the last? */
    boolean incomplete() {
        return next > 0 && next < parts;
    }

    /** Takes a record; what is wrong with it, or null. */
    @Nullable String add(EventView e) {
        int part = (int) (e.words[1] & 0xffff);
        int count = (int) (e.words[1] >>> 16 & 0xffff);
        if (next == parts) {
            next = 0;
        }
        if (next == 0) {
            parts = count;
            kind = e.kind();
            object = e.object(0);
            version = e.version(0);
            epoch = epoch(e);
            core = e.core();
            first = e.sequence();
            if (words.length < parts * Snapshot.PART_WORDS) {
                words = new long[parts * Snapshot.PART_WORDS];
            }
        }
        if (part != next || count != parts || count == 0) {
            return "part " + part + " of " + count + " where part " + next + " is expected";
        }
        if (e.kind() != kind
                || e.object(0) != object
                || e.version(0) != version
                || epoch(e) != epoch) {
            return "a part of another snapshot";
        }
        int at = part * Snapshot.PART_WORDS;
        words[at] = e.words[2];
        words[at + 1] = e.words[3];
        System.arraycopy(e.words, 5, words, at + 2, Snapshot.PART_WORDS - 2);
        next++;
        return null;
    }

    /** Of a thread: does it run on that core? */
    boolean runsOn(int core) {
        return field(0, 0, 8) == RUNNING && field(0, 32, 16) == core;
    }

    static int epoch(EventView e) {
        return (int) (e.words[1] >>> 32);
    }

    int kind() {
        return kind;
    }

    int object() {
        return object;
    }

    int type() {
        return object >>> 12;
    }

    int index() {
        return object & 0xfff;
    }

    long version() {
        return version;
    }

    int epoch() {
        return epoch;
    }

    /** For people: its records. */
    String place() {
        if (core < 0) {
            return "no record: its core had left the kernel, and the threads say what it runs";
        }
        String last = next > 1 ? ".." + (first + next - 1) : "";
        return "record " + first + last + " of core " + core;
    }

    int parts() {
        return parts;
    }

    /** A word of contents: 0..4 are words 2, 3, 5, 6, 7 of part 0. */
    long word(int i) {
        return words[i];
    }

    /** Bits of a word of contents. */
    int field(int word, int shift, int bits) {
        return (int) (words[word] >>> shift) & ((1 << bits) - 1);
    }

    /** Sixteen bits that name a thread, channel or tag; -1 for none. */
    int name(int word, int shift) {
        int value = field(word, shift, LIST_BITS);
        return value == Record.NONE ? -1 : value;
    }

    /** Copies {@code count} entries of the list that starts in part {@code first}. */
    int[] list(int first, int from, int count) {
        int[] list = new int[count];
        for (int i = 0; i < count; i++) {
            int at = first * Snapshot.PART_WORDS + (from + i) / Snapshot.WORD_ENTRIES;
            list[i] =
                    at < parts * Snapshot.PART_WORDS
                            ? field(at, LIST_BITS * ((from + i) % Snapshot.WORD_ENTRIES), LIST_BITS)
                            : -1;
        }
        return list;
    }
}
