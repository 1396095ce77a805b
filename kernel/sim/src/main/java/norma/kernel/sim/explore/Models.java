package norma.kernel.sim.explore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import norma.conformance.check.EventView;
import norma.conformance.check.Finding;
import norma.conformance.check.ModelStep;
import org.jspecify.annotations.Nullable;

/** The model's side of the state: a number a state, each step computed once. */
final class Models {
    private static final long HASH = 0x9E3779B97F4A7C15L;

    private final ModelStep model;
    private final EventView view = new EventView();
    private final List<byte[]> states = new ArrayList<>();
    private final Map<Packed, Integer> numbers = new HashMap<>();
    private final Map<Long, Step> steps = new HashMap<>();
    private final Map<Long, Integer> lists = new HashMap<>();
    private final List<Member> members = new ArrayList<>();
    private final List<Long> stateHashes = new ArrayList<>();
    private final List<Long> listHashes = new ArrayList<>(List.of(0L));

    /** A list without its last member, and that. */
    private record Member(int before, Node event) {}

    /**
     * A step that the model allows, and what it says to the thread that returns with it.
     *
     * @param next number of the next state
     * @param resumed the thread, or -1
     * @param answer what its call returns, or -1
     * @param word the message word
     */
    record Step(int next, int resumed, long answer, long word) {}

    /** A state as a key. */
    private static final class Packed {
        private final byte[] words;

        Packed(byte[] words) {
            this.words = words;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Packed that && Arrays.equals(words, that.words);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(words);
        }
    }

    Models(ModelStep model) {
        this.model = model;
        number();
    }

    private int number() {
        byte[] words = new byte[model.size()];
        model.pack(words, 0);
        return numbers.computeIfAbsent(
                new Packed(words),
                key -> {
                    states.add(words);
                    stateHashes.add(hash(words));
                    return states.size() - 1;
                });
    }

    /** States seen. */
    int states() {
        return states.size();
    }

    /** Different steps seen. */
    int steps() {
        return steps.size();
    }

    /** The step that a record is in a state, or null: {@link #wrong} says why it is none. */
    @Nullable Step step(int from, Node event) {
        long key = (long) from << 32 | event.event;
        Step known = steps.get(key);
        if (known != null) {
            return known;
        }
        if (wrong(from, event) != null) {
            return null;
        }
        Step step = new Step(number(), model.resumed(), model.answer(), model.answerWord());
        steps.put(key, step);
        return step;
    }

    /** What is wrong with a record in a state, or null. */
    @Nullable Finding wrong(int from, Node event) {
        load(from);
        return model.take(view(event), 0);
    }

    /** A record, until the next is asked for. */
    EventView view(Node event) {
        long[] words = words(event);
        System.arraycopy(words, 0, view.words, 0, words.length);
        return view;
    }

    /** Makes a state the model's. */
    void load(int number) {
        model.unpack(states.get(number), 0);
    }

    /** A duty left undone in a state, or null. */
    @Nullable Finding undischarged(int number, boolean ended) {
        load(number);
        return model.undischarged(ended);
    }

    /** The records of a list, and one more: the number of that list. 0 is the empty one. */
    int list(int before, Node event) {
        return lists.computeIfAbsent(
                (long) before << 32 | event.event,
                key -> {
                    members.add(new Member(before, event));
                    listHashes.add(hash(listHashes.get(before), words(event)));
                    return members.size();
                });
    }

    /** The records of a list, oldest first. */
    List<long[]> records(int list) {
        List<long[]> records = new ArrayList<>();
        int at = list;
        while (at != 0) {
            Member member = members.get(at - 1);
            records.add(words(member.event));
            at = member.before;
        }
        return records.reversed();
    }

    /** Where the snapshots of a list differ from a state. */
    List<String> differences(int number, int list) {
        load(number);
        return model.differences(records(list));
    }

    /** Hash of what a state is, whatever its number. */
    long stateHash(int number) {
        return stateHashes.get(number);
    }

    /** Hash of what a list contains. */
    long listHash(int list) {
        return listHashes.get(list);
    }

    private static long hash(byte[] words) {
        long hash = 1;
        for (byte word : words) {
            hash = (hash ^ word) * HASH;
        }
        return mix(hash);
    }

    /** Hash of a record after those of {@code before}. */
    static long hash(long before, long[] words) {
        long hash = before + 1;
        for (long word : words) {
            hash = mix(hash * HASH + word);
        }
        return hash;
    }

    /** Every bit of the result depends on every bit. */
    static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    static long[] words(Node event) {
        long[] words = event.words;
        if (words == null) {
            throw new Inconsistent("an event without a record");
        }
        return words;
    }

    /** For people: a record. */
    String describe(Node event) {
        return view(event).describe();
    }
}
