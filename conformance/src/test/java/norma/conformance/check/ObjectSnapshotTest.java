package norma.conformance.check;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import norma.abi.Event;
import norma.abi.Record;
import norma.abi.Snapshot;
import org.junit.jupiter.api.Test;

/** A snapshot is put together from its parts, and from no others. */
class ObjectSnapshotTest {
    private static final int PARTS = 6;

    private final ObjectSnapshot snapshot = new ObjectSnapshot();

    private static EventView part(int part, int parts) {
        EventView event = new EventView();
        event.words[0] = Record.head(Event.SNAPSHOT, 1, 1, 70 + part);
        event.words[1] = Snapshot.place(part, parts, 9);
        event.words[4] = Record.object(Record.CHANNEL, 3);
        for (int word : new int[] {2, 3, 5, 6, 7}) {
            event.words[word] = 100L * part + word;
        }
        return event;
    }

    @Test
    void asManyPartsAsItSays() {
        for (int part = 0; part < PARTS; part++) {
            assertNull(snapshot.add(part(part, PARTS)));
            assertEquals(part < PARTS - 1, snapshot.incomplete());
            for (int word = 0; word < Snapshot.PART_WORDS; word++) {
                int from = word < 2 ? word + 2 : word + 3;
                long expected = 100L * part + from;
                assertEquals(expected, snapshot.word(part * Snapshot.PART_WORDS + word));
            }
        }
        assertEquals("record 70..75 of core 1", snapshot.place());
        assertEquals(3, snapshot.index());
    }

    @Test
    void aPartThatIsNotTheFirstBeginsNothing() {
        assertEquals("part 1 of 2 where part 0 is expected", snapshot.add(part(1, 2)));
        assertFalse(snapshot.incomplete());
    }

    @Test
    void oneOfOneRecord() {
        assertNull(snapshot.add(part(0, 1)));
        assertFalse(snapshot.incomplete());
        assertEquals("record 70 of core 1", snapshot.place());
        assertNull(snapshot.add(part(0, 2)), "the next one");
        assertTrue(snapshot.incomplete());
    }

    /** Behind the last part nothing is listed. */
    @Test
    void listsEndWithTheLastPart() {
        snapshot.add(part(0, 2));
        EventView last = part(1, 2);
        for (int word : new int[] {2, 3, 5, 6, 7}) {
            last.words[word] = 0x0004_0003_0002_0001L + word * 0x0010_0010_0010_0010L;
        }
        snapshot.add(last);
        assertArrayEquals(
                new int[] {0x73, 0x74, -1, -1}, snapshot.list(1, Snapshot.PART_ENTRIES - 2, 4));
    }

    @Test
    void whoRunsWhere() {
        for (int state = 0; state < 6; state++) {
            for (int home = 0; home < 3; home++) {
                ObjectSnapshot thread = new ObjectSnapshot();
                EventView event = part(0, 1);
                event.words[2] = state | (long) home << 32;
                assertNull(thread.add(event));
                assertEquals(state == 2 && home == 1, thread.runsOn(1));
            }
        }
    }
}
