package norma.kernel.sim.race;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Atomic words of a machine whose cores do not agree on what is in memory: messages and views.
 *
 * <p>Each word keeps the messages that were written to it, in the order in which all cores see them
 * change. A core's view says of each word which message it has seen at least; it reads that one or
 * any later one, as {@link Choice} says, and never an earlier one again. A release write carries
 * the writer's view, and an acquire read that sees it takes that view over; an opaque write carries
 * nothing, and an opaque read takes nothing. A read-modify-write sees the newest message, and
 * passes on what that one carried beside its own (the release sequence). A write comes anywhere
 * behind what its core has seen, but never between a read-modify-write and what that has read.
 * Volatile accesses are, besides, in one order, that in which they happen here: a volatile read
 * sees the last volatile write of its word or something later, and a volatile write comes behind
 * it.
 *
 * <p>This is the release/acquire fragment with relaxed accesses of RC11 (Lahav, Vafeiadis, Kang,
 * Hur, Dreyer, "Repairing sequential consistency in C/C++11", PLDI 2017) as the operational
 * semantics of Kang, Hur, Lahav, Vafeiadis, Dreyer, "A promising semantics for relaxed-memory
 * concurrency", POPL 2017, has it, without promises: no write happens before what comes earlier in
 * its program, so load buffering is not shown. Modes are those of {@link
 * java.lang.invoke.VarHandle}, which the compiler makes C's: opaque is relaxed, volatile is
 * sequentially consistent. As in RC11 a volatile access orders no other word's opaque accesses
 * beyond release and acquire. Stronger than RC11: a read-modify-write reads the newest message, and
 * so does a compare-and-set that fails; the order of volatile accesses is that of the run.
 *
 * <p>In finite time every write is seen: a message is gone for good {@link #patience} steps after a
 * newer one, and when {@link #KEPT} newer ones are there.
 */
public final class WeakMemory {
    /** Messages of a word that can still be read. */
    public static final int KEPT = 6;

    /** Between the places of two messages of a word that are written one after the other. */
    private static final long GAP = 1L << 40;

    private final Choice choice;
    private final long patience;
    private final IdentityHashMap<Object, Word[]> objects = new IdentityHashMap<>(256);
    private final long[][] views;

    /** Per word, place of the last volatile write. */
    private long[] agreed = new long[0];

    private int words;
    private int core;
    private long now;

    /** What a core finds of what it may find. */
    public interface Choice {
        /** Which of {@code count} (two or more) is taken: 0 is the newest, then backwards. */
        int of(int count);
    }

    /** A value that was written to a word. */
    private static final class Message {
        final long place;
        final long value;

        /** Behind {@link #place} stands a read-modify-write that has read this. */
        boolean updated;

        /** When a newer message came. */
        long superseded = Long.MAX_VALUE;

        /** What the reader sees besides, if it acquires. */
        long @Nullable [] view;

        /** The same for the detector of races. */
        int @Nullable [] clock;

        Message(long place, long value) {
            this.place = place;
            this.value = value;
        }
    }

    private static final class Word {
        final int number;
        final List<Message> messages = new ArrayList<>();

        Word(int number) {
            this.number = number;
        }

        Message newest() {
            return messages.getLast();
        }
    }

    /** What a read has found. */
    public static final class Found {
        private final Message message;

        private Found(Message message) {
            this.message = message;
        }

        /** The value. */
        public long value() {
            return message.value;
        }

        /** What it hands to the detector of races. */
        public int @Nullable [] clock() {
            return message.clock;
        }
    }

    /** Words for so many cores; writes are seen by all after {@code patience} steps. */
    public WeakMemory(int cores, long patience, Choice choice) {
        this.choice = choice;
        this.patience = patience;
        views = new long[cores][];
        Arrays.fill(views, new long[0]);
    }

    /** Accesses from here on are those of {@code index}, at step {@code step}. */
    public void runs(int index, long step) {
        core = index;
        now = step;
    }

    /** Core {@code target} begins, and sees what this one does. */
    public void start(int target) {
        views[target] = joined(views[target], views[core]);
    }

    /** A word is about to be used in some mode, and holds {@code value}. */
    public void holds(Object object, int field, long value) {
        Word word = word(object, field);
        if (word.messages.isEmpty()) {
            word.messages.add(new Message(0, value)); // As the host, or a constructor, left it.
        } else if (word.newest().value != value) {
            throw new IllegalStateException("a word was written past its handle");
        }
    }

    /** An opaque or stronger read; {@code mode}: bits of {@link Probe}. */
    public Found read(Object object, int field, int mode) {
        Word word = word(object, field);
        long least = seen(word);
        if ((mode & Probe.VOLATILE) != 0) {
            least = Math.max(least, at(agreed, word.number));
        }
        List<Message> messages = word.messages;
        int count = 1;
        while (count < messages.size() && readable(messages, messages.size() - 1 - count, least)) {
            count++;
        }
        int back = count == 1 ? 0 : choice.of(count);
        Message message = messages.get(messages.size() - 1 - back);
        take(word, message, (mode & Probe.ACQUIRE) != 0);
        return new Found(message);
    }

    private boolean readable(List<Message> messages, int index, long least) {
        Message message = messages.get(index);
        return message.place >= least && message.superseded > now - patience;
    }

    /** What a read-modify-write reads, and a compare-and-set that fails: the newest message. */
    public Found readNewest(Object object, int field, int mode) {
        Word word = word(object, field);
        Message message = word.newest();
        take(word, message, (mode & Probe.ACQUIRE) != 0);
        return new Found(message);
    }

    /** Must a read of this core, in any mode, find the newest message? */
    public boolean sees(Object object, int field) {
        Word word = word(object, field);
        return seen(word) >= word.newest().place;
    }

    private void take(Word word, Message message, boolean acquires) {
        see(word, message.place);
        long[] view = message.view;
        if (acquires && view != null) {
            views[core] = joined(views[core], view);
        }
    }

    /**
     * A write in any mode; {@code clock}: what an acquire read is to hand to the detector of races.
     * Returns what the word holds now, which is another core's value if this comes before it.
     */
    public long write(Object object, int field, int mode, long value, int @Nullable [] clock) {
        Word word = word(object, field);
        List<Message> messages = word.messages;
        long least = seen(word);
        boolean agrees = (mode & Probe.VOLATILE) != 0;
        if (agrees) {
            least = Math.max(least, at(agreed, word.number));
        }
        int count = 1;
        int size = messages.size();
        // Before the newest, if the core has not seen it, and so on, wherever there is room.
        while (count < size
                && messages.get(size - count).place > least
                && messages.get(size - count).superseded > now - patience
                && !messages.get(size - count - 1).updated
                && messages.get(size - count).place - messages.get(size - count - 1).place > 1) {
            count++;
        }
        int back = count == 1 ? 0 : choice.of(count);
        Message before = messages.get(size - 1 - back);
        long place =
                back == 0
                        ? before.place + GAP
                        : (before.place + messages.get(size - back).place) >>> 1;
        Message message = new Message(place, value);
        message.superseded = back == 0 ? Long.MAX_VALUE : now;
        before.superseded = Math.min(before.superseded, now);
        messages.add(size - back, message);
        written(word, message, mode, agrees);
        message.clock = clock;
        return word.newest().value;
    }

    /** The write of a read-modify-write that has read the newest message. */
    public void update(Object object, int field, int mode, long value, int @Nullable [] clock) {
        Word word = word(object, field);
        Message before = word.newest();
        Message message = new Message(before.place + GAP, value);
        before.updated = true;
        before.superseded = now;
        word.messages.add(message);
        written(word, message, mode, (mode & Probe.VOLATILE) != 0);
        long[] passed = before.view;
        long[] own = message.view;
        message.view = passed == null ? own : own == null ? passed : joined(own, passed);
        message.clock = clock;
    }

    private void written(Word word, Message message, int mode, boolean agrees) {
        see(word, message.place);
        if (agrees) {
            agreed = raised(agreed, word.number, message.place);
        }
        if ((mode & Probe.RELEASE) != 0) {
            message.view = views[core].clone();
        }
        if (word.messages.size() > KEPT) {
            word.messages.removeFirst();
        }
    }

    private long seen(Word word) {
        return at(views[core], word.number);
    }

    private void see(Word word, long place) {
        views[core] = raised(views[core], word.number, place);
    }

    private static long at(long[] view, int word) {
        return word < view.length ? view[word] : 0;
    }

    private static long[] raised(long[] view, int word, long place) {
        long[] result = word < view.length ? view : Arrays.copyOf(view, word + 16);
        result[word] = Math.max(result[word], place);
        return result;
    }

    private static long[] joined(long[] one, long[] other) {
        long[] result = Arrays.copyOf(one, Math.max(one.length, other.length));
        for (int i = 0; i < other.length; i++) {
            result[i] = Math.max(result[i], other[i]);
        }
        return result;
    }

    private Word word(Object object, int field) {
        Word[] known = objects.computeIfAbsent(object, o -> new Word[field + 1]);
        if (field >= known.length) {
            known = Arrays.copyOf(known, field + 1);
            objects.put(object, known);
        }
        Word word = known[field];
        if (word == null) {
            word = new Word(words++);
            known[field] = word;
        }
        return word;
    }
}
