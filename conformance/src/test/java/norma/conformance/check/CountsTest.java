package norma.conformance.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import norma.abi.Code;
import norma.abi.Event;
import norma.abi.Record;
import org.junit.jupiter.api.Test;

/** What a run exercised. */
class CountsTest {
    private final Counts counts = new Counts();

    private void add(int kind, int core, int thread, int code, int answered) {
        EventView event = new EventView();
        event.words[0] = Record.head(kind, core, 0, 0);
        event.words[1] = Record.params(thread, 0, 0, 0);
        event.words[3] = Record.result(code, answered, 0, 0);
        counts.add(event);
    }

    @Test
    void callsAndTheirAnswers() {
        add(Event.CALL, 1, 7, Code.TAGWAIT, 0);
        add(Event.CALL, 0, 8, Code.QUEUED, 0);
        add(Event.GRANT, 0, 0, Code.SERVED, 0);
        add(Event.GRANT, 0, 0, Code.SERVED, 0);
        add(Event.GRANT, 0, 0, Code.QUEUED, 0);
        add(Event.REPLY, 0, 3, Code.OK, 7);
        add(Event.REPLY, 0, 3, Code.OK, 8);
        add(Event.REPLY, 0, 3, Code.OK, Record.NONE);
        add(Event.REPLY, 1, 3, Code.BADTAG, 8);
        assertEquals(9, counts.events());
        assertEquals(2, counts.of(Event.CALL));
        assertEquals(4, counts.of(Event.REPLY));
        assertEquals(1, counts.tagWaits());
        assertEquals(2, counts.servedGrants());
        assertEquals(3, counts.servedCalls());
        assertEquals(1, counts.crossCoreCalls());
        assertTrue(counts.text().contains("ServedCalls=3 CrossCoreCalls=1 TagWaits=1"));
        assertTrue(counts.text().contains("CrossCorePercent=33"), counts.text());
    }

    /** Nine to a line; those of address spaces only if there was one. */
    @Test
    void lines() {
        add(Event.CALL, 0, 1, Code.QUEUED, 0);
        String[] lines = counts.text().split("\n", -1);
        for (int i = 0; i < lines.length - 2; i++) {
            assertEquals(10, lines[i].split(" ", -1).length, lines[i]);
        }
        assertFalse(counts.text().contains("Map="));
        assertFalse(counts.text().contains("LockTake="));
        add(Event.LIMIT - 1, 0, 1, 0, 0);
        assertTrue(counts.text().contains(" Map=0 "), counts.text());
        add(Event.LOCK_TAKE, 0, 0, 0, 0);
        counts.addSnapshot(Event.SNAPSHOT);
        assertTrue(counts.text().endsWith(" Mark=0 Snapshot=1 LockTake=1"), counts.text());
    }
}
