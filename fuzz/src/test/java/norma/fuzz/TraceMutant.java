package norma.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import norma.abi.Record;

/**
 * Changes of a trace's records, by operator: made on a copy of the lists, never in a record.
 *
 * @param name operator and values, for messages
 * @param change makes it, in lists of records, one list a core
 */
record TraceMutant(String name, Change change) {
    private static final int CORE_SHIFT = 8;
    private static final int SEQUENCE_SHIFT = 32;
    private static final long CORE = 0xffL << CORE_SHIFT;
    private static final long SEQUENCE = -1L << SEQUENCE_SHIFT;

    /** Changes lists of records. */
    @FunctionalInterface
    interface Change {
        void make(List<List<long[]>> records);
    }

    /** Where a record is. */
    record Place(int core, int at) {
        long[] of(List<List<long[]>> records) {
            return records.get(core).get(at);
        }
    }

    /**
     * A part of a record.
     *
     * @param name as the layout has it
     * @param word its word
     * @param shift its lowest bit
     * @param bits its width
     */
    record Field(String name, int word, int shift, int bits) {
        private long mask() {
            return bits == Long.SIZE ? -1 : (1L << bits) - 1;
        }

        long of(long[] words) {
            return words[word] >>> shift & mask();
        }

        /** The record with another value of this field. */
        long[] with(long[] words, long value) {
            long[] copy = words.clone();
            copy[word] = words[word] & ~(mask() << shift) | (value & mask()) << shift;
            return copy;
        }
    }

    /** Every bit of a record is in exactly one of these. */
    static final List<Field> FIELDS = fields();

    private static List<Field> fields() {
        List<Field> fields = new ArrayList<>();
        fields.add(new Field("kind", 0, 0, 8));
        fields.add(new Field("core", 0, CORE_SHIFT, 8));
        fields.add(new Field("touched", 0, 16, 16));
        fields.add(new Field("sequence", 0, SEQUENCE_SHIFT, 32));
        for (int i = 0; i < 4; i++) {
            fields.add(new Field("p" + i, 1, 16 * i, 16));
        }
        fields.add(new Field("w", 2, 0, Long.SIZE));
        fields.add(new Field("code", 3, 0, 8));
        fields.add(new Field("zero", 3, 8, 8));
        fields.add(new Field("a", 3, 16, 16));
        fields.add(new Field("b", 3, 32, 16));
        fields.add(new Field("c", 3, 48, 16));
        for (int i = 0; i < Record.TOUCHED; i++) {
            fields.add(new Field("version" + i, 4 + i, 0, Record.VERSION_BITS));
            fields.add(new Field("object" + i, 4 + i, Record.VERSION_BITS, 16));
        }
        return List.copyOf(fields);
    }

    /**
     * Of a field: one more, one less, another bit, nothing and everything, as far as these are new.
     */
    static List<TraceMutant> edits(long[] words, Place place, Field field, Random random) {
        List<TraceMutant> all = new ArrayList<>();
        long old = field.of(words);
        List<Long> tried = new ArrayList<>(List.of(old));
        long bit = old ^ 1L << random.nextInt(field.bits);
        for (long next : new long[] {old + 1, old - 1, bit, 0, -1}) {
            long[] edited = field.with(words, next);
            long value = field.of(edited);
            if (!tried.contains(value)) {
                tried.add(value);
                String name = field.name + " " + old + " -> " + value;
                all.add(
                        new TraceMutant(
                                name, records -> records.get(place.core).set(place.at, edited)));
            }
        }
        return all;
    }

    /** A record is gone; those behind it keep their numbers, or close up. */
    static TraceMutant drop(Place place, boolean closing) {
        return new TraceMutant(
                closing ? "drop, closed up" : "drop",
                records -> {
                    records.get(place.core).remove(place.at);
                    renumber(records.get(place.core), place.at, closing ? -1 : 0);
                });
    }

    /** A record is there twice; those behind it keep their numbers, or make room. */
    static TraceMutant duplicate(Place place, boolean room) {
        return new TraceMutant(
                room ? "duplicate, numbered" : "duplicate",
                records -> {
                    List<long[]> list = records.get(place.core);
                    list.add(place.at + 1, place.of(records));
                    renumber(list, place.at + 1, room ? 1 : 0);
                });
    }

    /** A record and the next change places; their numbers go with them, or stay. */
    static TraceMutant swap(Place place, boolean numbered) {
        return new TraceMutant(
                numbered ? "swap, numbered" : "swap",
                records -> {
                    List<long[]> list = records.get(place.core);
                    long[] first = list.get(place.at);
                    long[] second = list.get(place.at + 1);
                    list.set(place.at, numbered ? moved(second, -1) : second);
                    list.set(place.at + 1, numbered ? moved(first, 1) : first);
                });
    }

    /** A record becomes another core's, at that place of its ring. */
    static TraceMutant move(Place from, Place to) {
        return new TraceMutant(
                "move to core " + to.core,
                records -> {
                    long[] words = from.of(records).clone();
                    records.get(from.core).remove(from.at);
                    renumber(records.get(from.core), from.at, -1);
                    words[0] =
                            words[0] & ~(CORE | SEQUENCE)
                                    | (long) to.core << CORE_SHIFT
                                    | (long) to.at << SEQUENCE_SHIFT;
                    records.get(to.core).add(to.at, words);
                    renumber(records.get(to.core), to.at + 1, 1);
                });
    }

    /** Two cores' rings change places, and the records say so. */
    static TraceMutant exchange(int core, int other) {
        return new TraceMutant(
                "exchange cores",
                records -> {
                    List<long[]> first = relabelled(records.get(core), other);
                    records.set(core, relabelled(records.get(other), core));
                    records.set(other, first);
                });
    }

    /** A ring ends there. */
    static TraceMutant truncate(Place place) {
        return new TraceMutant(
                "truncate",
                records -> {
                    List<long[]> list = records.get(place.core);
                    list.subList(place.at, list.size()).clear();
                });
    }

    private static List<long[]> relabelled(List<long[]> list, int core) {
        List<long[]> all = new ArrayList<>();
        for (long[] words : list) {
            long[] copy = words.clone();
            copy[0] = copy[0] & ~CORE | (long) core << CORE_SHIFT;
            all.add(copy);
        }
        return all;
    }

    private static void renumber(List<long[]> list, int from, int by) {
        for (int i = from; by != 0 && i < list.size(); i++) {
            list.set(i, moved(list.get(i), by));
        }
    }

    private static long[] moved(long[] words, int by) {
        long[] copy = words.clone();
        copy[0] += (long) by << SEQUENCE_SHIFT;
        return copy;
    }
}
