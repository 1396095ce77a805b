package norma.conformance.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import norma.abi.Event;
import norma.abi.Limits;
import norma.abi.Record;
import norma.abi.Snapshot;
import norma.model.Observation;
import norma.model.kernel.KernelModel;
import norma.model.kernel.KernelState;
import norma.model.sched.SchedState;
import org.junit.jupiter.api.Test;

/** Which snapshots are of an object of this machine, and what behind their lists is unused. */
class AbstractionTest {
    private static final int CORES = 2;
    private static final int PAGES = 4;
    private static final int FRAMES = 3;
    private static final Memory MEMORY = new Memory(PAGES, FRAMES);

    private final KernelModel model =
            new KernelModel(
                    Machines.constants(CORES, new Validator.Setup(1, 0, false, false, MEMORY)));
    private final Observation seen = new Observation();
    private final KernelState state = model.initial();
    private final Abstraction abstraction = new Abstraction(model, state, CORES, seen);

    /** A snapshot whose part {@code at} begins with those words. */
    private static ObjectSnapshot made(int type, int index, int parts, int at, long... words) {
        ObjectSnapshot snapshot = new ObjectSnapshot();
        for (int part = 0; part < parts; part++) {
            EventView event = new EventView();
            int kind = type == Record.CONTEXT ? Event.MARK : Event.SNAPSHOT;
            event.words[0] = Record.head(kind, 0, 1, part);
            event.words[1] = Snapshot.place(part, parts, 1);
            event.words[4] = Record.object(type, index);
            for (int i = 0; i < words.length && part == at; i++) {
                event.words[i < 2 ? i + 2 : i + 3] = words[i];
            }
            assertNull(snapshot.add(event));
        }
        return snapshot;
    }

    private boolean known(int type, int index, int parts, long... words) {
        return abstraction.known(made(type, index, parts, 0, words));
    }

    private static long[] space(long waiting, int pages) {
        return new long[] {0, 0, 0, waiting | (long) pages << 16};
    }

    @Test
    void objectsThatThereAre() {
        for (int type = Record.THREAD; type <= Record.MEMORY; type++) {
            boolean listed = type == Record.CHANNEL || type == Record.SPACE;
            long[] words = type == Record.SPACE ? space(0, PAGES) : new long[1];
            int parts = listed ? 2 : 1;
            int count = Machines.count(type, CORES, MEMORY);
            assertEquals(count > 0, known(type, Math.max(0, count - 1), parts, words));
            assertFalse(known(type, count, parts, words), "type " + type);
            assertFalse(known(type, 0, parts + 1, words), "type " + type);
        }
        assertFalse(known(Record.SPACE, 0, 2, space(0, PAGES + 1)));
    }

    /** No list is longer than there are threads. */
    @Test
    void lists() {
        int parts = Snapshot.listParts(Limits.THREADS);
        assertEquals(parts, Snapshot.listParts(Limits.THREADS + PAGES));
        for (int more = 0; more < 2; more++) {
            long all = Limits.THREADS + (long) more;
            boolean right = more == 0;
            assertEquals(right, known(Record.CORE, 0, 1 + parts, all << 16));
            assertEquals(right, known(Record.CONTEXT, 0, 1 + parts, all << 32));
            assertEquals(right, known(Record.CHANNEL, 0, 2 + parts, all - 20 << 16 | 20L << 32));
            assertEquals(right, known(Record.SPACE, 0, 1 + parts, space(all, PAGES)));
        }
    }

    /** Whoever serves another channel, in whichever incarnation, serves none of this one. */
    @Test
    void serversOfAChannel() {
        int channel = 1;
        model.observer(state, seen).ipc().serves(0, channel + 1, channel);
        seen.begin();
        abstraction.derived(made(Record.CHANNEL, channel, 2, 0));
        assertEquals(List.of(), seen.differences());
        model.observer(state, seen).ipc().serves(0, channel, channel);
        seen.begin();
        abstraction.derived(made(Record.CHANNEL, channel, 2, 0));
        assertEquals(1, seen.count(), "one server");
    }

    /** Behind the threads that a core has woken its list is empty. */
    @Test
    void whatIsBehindAList() {
        long[] first = {(long) SchedState.KERNEL << 16 | 1L << 32};
        ObjectSnapshot mark = made(Record.CONTEXT, 0, 2, 0, first);
        abstraction.apply(mark, true);
        seen.begin();
        abstraction.apply(mark, true);
        assertEquals(List.of(), seen.differences());
        EventView part = new EventView();
        part.words[0] = Record.head(Event.MARK, 0, 1, 0);
        part.words[1] = Snapshot.place(0, 2, 1);
        part.words[2] = first[0];
        part.words[4] = Record.object(Record.CONTEXT, 0);
        ObjectSnapshot more = new ObjectSnapshot();
        more.add(part);
        part.words[1] = Snapshot.place(1, 2, 1);
        part.words[2] = 5L << 48;
        more.add(part);
        abstraction.apply(more, true);
        assertEquals(
                List.of("unused bits of context0[0]: the model 0, seen 5"), seen.differences());
    }
}
