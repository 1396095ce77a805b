package norma.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import norma.abi.Event;
import norma.abi.Record;
import norma.conformance.check.EventNames;
import norma.conformance.check.Finding;
import norma.conformance.check.Reason;
import norma.conformance.saved.Ending;
import norma.conformance.saved.SavedTrace;
import norma.fuzz.TraceMutant.Field;
import norma.fuzz.TraceMutant.Place;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Mutants of traces of the real kernel, by operator: each is rejected, and the finding names an
 * event. Records are drawn for every kind, result code and type of object that a trace has.
 *
 * <p>What is accepted is no mutant: the program counter of a fault, which only the compiler knows,
 * and two neighbours of one core that commute, when their numbers are exchanged too: a kernel could
 * have done it in that order, which is shown by the state at the end.
 */
class TraceMutantsTest {
    private static final long SEED = Long.getLong("norma.seed", 11);

    /** Tried of each operator that takes any record. */
    private static final int DRAWN = Sampler.share(150);

    /** What is altered. */
    private static final Map<String, Subject> SUBJECTS = new LinkedHashMap<>();

    private static SavedTrace trace;
    private static List<List<long[]>> original;
    private static Map<String, List<Place>> places;

    /** A trace, its records, and the places of those of each shape. */
    private record Subject(
            SavedTrace trace, List<List<long[]>> original, Map<String, List<Place>> places) {
        static Subject of(String run) throws Exception {
            SavedTrace trace = Sampler.trace(run);
            List<List<long[]>> original = AlteredTrace.records(trace);
            Map<String, List<Place>> places = new LinkedHashMap<>();
            for (int core = 0; core < original.size(); core++) {
                for (int at = 0; at < original.get(core).size(); at++) {
                    Place place = new Place(core, at);
                    places.computeIfAbsent(shape(place.of(original)), s -> new ArrayList<>())
                            .add(place);
                }
            }
            return new Subject(trace, original, places);
        }
    }

    @BeforeAll
    static void record() throws Exception {
        for (String run : Sampler.RUNS) {
            SUBJECTS.put(run, Subject.of(run));
        }
    }

    static List<String> runs() {
        return Sampler.RUNS;
    }

    private static void use(String run) {
        Subject subject = SUBJECTS.get(run);
        trace = subject.trace;
        original = subject.original;
        places = subject.places;
    }

    private static int kind(long[] words) {
        return (int) words[0] & 0xff;
    }

    private static boolean isSnapshot(long[] words) {
        return Event.isSnapshot(kind(words));
    }

    /** Records of one shape mean the same by the same words. */
    private static String shape(long[] words) {
        long object = words[4] >>> Record.VERSION_BITS + 12;
        String name = EventNames.action(kind(words));
        return isSnapshot(words)
                ? name + " of type " + object + " part " + (words[1] & 0xffff)
                : name + " code " + (words[3] & 0xff);
    }

    private static void reject(TraceMutant mutant, Place place, List<String> accepted) {
        Finding finding = new AlteredTrace(trace, original, mutant).validate(trace.ending());
        if (finding == null) {
            accepted.add(
                    mutant.name()
                            + ": record "
                            + place.at()
                            + " of core "
                            + place.core()
                            + ", "
                            + shape(place.of(original)));
        } else {
            assertFalse(finding.summary().isBlank());
            assertTrue(finding.event() >= 0, finding::summary);
        }
    }

    private static Place draw(Random random) {
        int core = random.nextInt(original.size());
        return new Place(core, random.nextInt(original.get(core).size() - 1));
    }

    @ParameterizedTest
    @MethodSource("runs")
    void theTraceItselfConforms(String run) {
        use(run);
        TraceMutant none = new TraceMutant("none", records -> {});
        assertNull(new AlteredTrace(trace, original, none).validate(trace.ending()));
    }

    /** Each kind, and each type of object that has snapshots, is in one of the traces. */
    @Test
    void everythingIsAltered() {
        Set<String> shapes = new HashSet<>();
        SUBJECTS.values().forEach(subject -> shapes.addAll(subject.places.keySet()));
        for (int kind = 1; kind < Event.LIMIT; kind++) {
            String name = EventNames.action(kind);
            assertTrue(shapes.stream().anyMatch(s -> s.startsWith(name + " ")), name);
        }
        for (int type = Record.THREAD; type <= Record.MEMORY; type++) {
            boolean saved = type != Record.LOCK_NEXT && type != Record.LOCK_OWNER;
            String name = (type == Record.CONTEXT ? "Mark" : "Snapshot") + " of type " + type + " ";
            assertEquals(saved, shapes.stream().anyMatch(s -> s.startsWith(name)), name);
        }
    }

    @Test
    void fieldsAreAllBitsOfARecord() {
        long[] covered = new long[Record.BYTES / 8];
        for (Field field : TraceMutant.FIELDS) {
            long[] mask = field.with(new long[covered.length], -1);
            for (int i = 0; i < mask.length; i++) {
                assertEquals(0, covered[i] & mask[i], field::name);
                covered[i] |= mask[i];
            }
        }
        for (long word : covered) {
            assertEquals(-1, word);
        }
    }

    /** Each field of a record of each shape. */
    @ParameterizedTest
    @MethodSource("runs")
    void everyEditedFieldIsRejected(String run) {
        use(run);
        Random random = new Random(SEED);
        List<String> accepted = new ArrayList<>();
        places.forEach((shape, those) -> {
            Place place = those.get(random.nextInt(Sampler.share(those.size())));
            long[] words = place.of(original);
            for (Field field : TraceMutant.FIELDS) {
                if (kind(words) == Event.FAULT && field.name().equals("w")) {
                    continue; // The program counter: see the class comment.
                }
                List<TraceMutant> edits = TraceMutant.edits(words, place, field, random);
                Collections.shuffle(edits, random);
                edits.subList(0, Sampler.share(edits.size()))
                        .forEach(edit -> reject(edit, place, accepted));
            }
        });
        assertEquals(List.of(), accepted);
    }

    /** A record of each shape, and as many as are drawn of any. */
    private static List<Place> some(Random random) {
        List<Place> some = new ArrayList<>();
        places.values()
                .forEach(those -> some.add(those.get(random.nextInt(Sampler.share(those.size())))));
        for (int i = 0; i < DRAWN; i++) {
            some.add(draw(random));
        }
        return some;
    }

    @ParameterizedTest
    @MethodSource("runs")
    void everyDroppedRecordIsMissed(String run) {
        use(run);
        Random random = new Random(SEED);
        List<String> accepted = new ArrayList<>();
        for (Place place : some(random)) {
            reject(TraceMutant.drop(place, false), place, accepted);
            reject(TraceMutant.drop(place, true), place, accepted);
        }
        assertEquals(List.of(), accepted);
    }

    @ParameterizedTest
    @MethodSource("runs")
    void everyRecordThatIsThereTwiceIsRejected(String run) {
        use(run);
        Random random = new Random(SEED);
        List<String> accepted = new ArrayList<>();
        for (Place place : some(random)) {
            reject(TraceMutant.duplicate(place, false), place, accepted);
            reject(TraceMutant.duplicate(place, true), place, accepted);
        }
        assertEquals(List.of(), accepted);
    }

    @ParameterizedTest
    @MethodSource("runs")
    void neighboursThatAreSwappedAreRejectedOrCommute(String run) {
        use(run);
        Random random = new Random(SEED);
        AlteredTrace whole =
                new AlteredTrace(trace, original, TraceMutant.swap(new Place(0, 0), false));
        assertEquals(Reason.VERSION_GAP, whole.validate(trace.ending()).reason());
        List<String> accepted = new ArrayList<>();
        int commute = 0;
        for (int i = 0; i < DRAWN; i++) {
            Place place = draw(random);
            reject(TraceMutant.swap(place, false), place, accepted);
            TraceMutant swap = TraceMutant.swap(place, true);
            AlteredTrace altered = new AlteredTrace(trace, original, swap);
            if (altered.validate(trace.ending()) == null) {
                commute++;
                accepted.addAll(commutes(place, altered));
            }
        }
        System.out.println("neighbours that commute: " + commute + " of " + DRAWN);
        assertEquals(List.of(), accepted);
        assertTrue(commute < DRAWN / 2, commute + " of " + DRAWN);
    }

    /** Why two neighbours do not commute, although their exchange was accepted. */
    private static List<String> commutes(Place place, AlteredTrace altered) {
        AlteredTrace whole =
                new AlteredTrace(trace, original, new TraceMutant("none", records -> {}));
        whole.validate(trace.ending());
        long[] first = place.of(original);
        long[] second = original.get(place.core()).get(place.at() + 1);
        List<String> why = new ArrayList<>();
        if (!whole.state().equals(altered.state())) {
            why.add("another state at the end: " + shape(first) + ", " + shape(second));
        }
        for (int i = 4; i < 4 + touched(first); i++) {
            for (int k = 4; k < 4 + touched(second); k++) {
                if (first[i] >>> Record.VERSION_BITS == second[k] >>> Record.VERSION_BITS) {
                    why.add("both touch one object: " + shape(first) + ", " + shape(second));
                }
            }
        }
        return why;
    }

    private static int touched(long[] words) {
        return (int) (words[0] >>> 16) & 0xffff;
    }

    @ParameterizedTest
    @MethodSource("runs")
    void recordsOfAnotherCoreAreRejected(String run) {
        use(run);
        Random random = new Random(SEED);
        List<String> accepted = new ArrayList<>();
        for (Place place : some(random)) {
            int other = 1 - place.core();
            int at = random.nextInt(original.get(other).size());
            reject(TraceMutant.move(place, new Place(other, at)), place, accepted);
        }
        Place first = new Place(0, 0);
        reject(TraceMutant.exchange(0, 1), first, accepted);
        assertEquals(List.of(), accepted);
    }

    /** A ring that ends too early; also of a machine that was left when nothing happened. */
    @ParameterizedTest
    @MethodSource("runs")
    void truncatedRingsAreRejected(String run) {
        use(run);
        Random random = new Random(SEED);
        List<String> accepted = new ArrayList<>();
        for (int i = 0; i < DRAWN; i++) {
            Place place = draw(random);
            reject(TraceMutant.truncate(place), place, accepted);
            List<long[]> rest = original.get(place.core());
            if (rest.subList(place.at(), rest.size()).stream()
                    .allMatch(words -> isSnapshot(words) || kind(words) == Event.LOCK_LEAVE)) {
                // The last snapshots, which only a run that has ended must have; before them a lock
                // that nobody waits for may be held.
                continue;
            }
            TraceMutant mutant = TraceMutant.truncate(place);
            if (new AlteredTrace(trace, original, mutant).validate(Ending.QUIET) == null) {
                accepted.add("quiet, though core " + place.core() + " ends at " + place.at());
            }
        }
        assertEquals(List.of(), accepted);
    }
}
