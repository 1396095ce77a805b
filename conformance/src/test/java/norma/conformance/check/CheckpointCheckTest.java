package norma.conformance.check;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import norma.abi.Event;
import norma.abi.Record;
import norma.abi.Snapshot;
import norma.model.kernel.KernelModel;
import norma.model.kernel.KernelState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Epochs of cores and objects: who may write which snapshot when, and what is left out. */
class CheckpointCheckTest {
    private static final int CORES = 2;
    private static final int CHANNEL = Record.CHANNEL << 12 | 1;
    private static final int IPI = Record.IPI_WORD << 12;

    private final KernelModel model =
            new KernelModel(Machines.constants(CORES, new Validator.Setup(1, 0, false, false)));
    private final KernelState state = model.initial();
    private final CheckpointCheck check = new CheckpointCheck(model, state, CORES);

    private static EventView part(int core, int kind, int object, int part, int of, int epoch) {
        EventView event = new EventView();
        event.words[0] = Record.head(kind, core, 1, 5);
        event.words[1] = Snapshot.place(part, of, epoch);
        event.words[4] = Record.object(object >>> 12, object & 0xfff);
        return event;
    }

    private static EventView snapshot(int core, int object, int epoch) {
        return part(core, Event.SNAPSHOT, object, 0, 1, epoch);
    }

    private static EventView event(int core, int object) {
        EventView event = new EventView();
        event.words[0] = Record.head(Event.TICK, core, 1, 0);
        event.words[4] = Record.object(object >>> 12, object & 0xfff);
        return event;
    }

    private String said(EventView event) {
        Finding finding = check.part(event, 3);
        return finding == null ? "" : finding.summary();
    }

    private void mark(int core, int epoch, int before) {
        EventView mark = part(core, Event.MARK, Record.CONTEXT << 12 | core, 0, 1, epoch);
        mark.words[6] = before;
        String said = said(mark); // Of its contents something may be said, not of its epoch.
        assertFalse(said.contains("is false"), said);
    }

    /** An object of which another core has written a part, but not all, stays as it is. */
    @Test
    void halfASnapshotHoldsItsObject() {
        CheckpointCheck first = new CheckpointCheck(model, model.initial(), CORES);
        first.part(part(1, Event.SNAPSHOT, CHANNEL, 0, 2, 1), 0);
        assertFalse(first.free(0, CHANNEL), "the first one of all");
        mark(1, 1, 0);
        assertTrue(check.free(0, CHANNEL));
        check.part(part(1, Event.SNAPSHOT, CHANNEL, 0, 2, 1), 0);
        assertFalse(check.free(0, CHANNEL));
        assertTrue(check.free(1, CHANNEL), "the core that writes it");
        assertTrue(check.free(0, CHANNEL + 1));
        check.part(part(1, Event.SNAPSHOT, CHANNEL, 1, 2, 1), 0);
        assertTrue(check.free(0, CHANNEL));
        check.part(part(0, Event.SNAPSHOT, CHANNEL, 0, 2, 1), 0);
        assertFalse(check.free(1, CHANNEL));
        check.restore(check.stamps());
        assertTrue(check.free(1, CHANNEL), "with no snapshot begun");
    }

    @Test
    void aSnapshotIsOfOneObject() {
        EventView two = snapshot(0, IPI, 1);
        two.words[0] = Record.head(Event.SNAPSHOT, 0, 2, 5);
        assertTrue(said(two).startsWith("a snapshot of 2 objects"), said(two));
    }

    @Test
    void aCoreMarksItsOwnContextAndGoesOn() {
        EventView other = part(0, Event.MARK, Record.CONTEXT << 12 | 1, 0, 1, 1);
        assertTrue(said(other).contains("OwnContext is false"));
        EventView same = part(0, Event.MARK, Record.CONTEXT << 12, 0, 1, 0);
        assertTrue(said(same).contains("EpochRises is false: 0 before, 0 marked"), said(same));
        EventView before = part(0, Event.MARK, Record.CONTEXT << 12, 0, 1, 2);
        before.words[6] = 1;
        assertTrue(said(before).contains("EpochRises is false: 0 before, 2 marked"));
        mark(0, 2, 0);
        EventView back = part(0, Event.MARK, Record.CONTEXT << 12, 0, 1, 1);
        back.words[6] = 2;
        assertTrue(said(back).contains("EpochRises is false: 2 before, 1 marked"));
        EventView plain = snapshot(0, Record.CONTEXT << 12, 2);
        assertTrue(said(plain).contains("ContextMarked is false"));
    }

    @Test
    void oneSnapshotAnEpoch() {
        assertTrue(said(snapshot(0, IPI, 1)).contains("OneSnapshot is false: core in epoch 0"));
        mark(0, 1, 0);
        assertEquals("", said(snapshot(0, IPI, 1)));
        assertEquals(1, check.compared() - 1, "the mark and the snapshot");
        String again = said(snapshot(0, IPI, 1));
        assertTrue(again.contains("OneSnapshot is false: core in epoch 1, object in 1"), again);
    }

    /** An event's objects are in its core's epoch, a snapshot's in the one before its own. */
    @Test
    void eventsWaitForSnapshots() {
        assertTrue(check.inTurn(event(0, IPI)));
        mark(0, 1, 0);
        assertFalse(check.inTurn(event(0, IPI)));
        String why = check.explain(event(0, IPI));
        assertNotNull(why);
        assertTrue(why.startsWith("SameEpoch is false: core 0 is in epoch 1, ipi0 in 0, at"), why);
        assertTrue(check.inTurn(event(1, IPI)));
        assertTrue(check.inTurn(snapshot(0, IPI, 1)));
        assertFalse(check.inTurn(snapshot(0, IPI, 2)));
        assertTrue(check.inTurn(snapshot(0, IPI, Snapshot.FINAL_EPOCH)));
        assertTrue(check.inTurn(part(0, Event.SNAPSHOT, IPI, 1, 2, 2)), "a further part");
        assertEquals("", said(snapshot(0, IPI, 1)));
        assertTrue(check.inTurn(event(0, IPI)));
        assertNull(check.explain(event(0, IPI)));
        for (int type = Record.MEMORY + 1; type <= 0xf; type++) {
            assertTrue(check.inTurn(event(0, type << 12)), "what this kernel does not have");
        }
        assertTrue(check.inTurn(event(0, Record.IPI_WORD << 12 | CORES)));
    }

    @Test
    void epochsAreKeptAndPutBack() {
        mark(1, 1, 0);
        assertEquals("", said(snapshot(1, IPI, 1)));
        int[] kept = check.stamps().clone();
        mark(1, 2, 1);
        mark(0, 2, 0);
        assertEquals("", said(snapshot(0, IPI, 2)));
        check.restore(kept);
        assertArrayEquals(kept, check.stamps());
        assertTrue(check.inTurn(event(1, IPI)));
        assertFalse(check.inTurn(event(0, IPI)));
    }

    @Test
    void nothingIsLeftOutOfACheckpoint() {
        assertNull(check.unsaved(), "there was none");
        mark(0, 1, 0);
        assertEquals("thread0 has no snapshot of epoch 1", check.unsaved());
        int[] stamps = check.stamps().clone();
        java.util.Arrays.fill(stamps, 1);
        stamps[stamps.length - 1] = 0;
        check.restore(stamps);
        assertNotNull(check.unsaved());
    }

    @Test
    void everyObjectHasALastSnapshot() {
        assertEquals("the run ended without a last snapshot of thread0", summary(check.ended(8)));
        EventView last = snapshot(0, IPI, Snapshot.FINAL_EPOCH);
        assertEquals("", said(last));
        assertTrue(said(last).contains("OneSnapshot is false: a second last one"));
    }

    private static String summary(@Nullable Finding finding) {
        return finding == null ? "" : finding.summary();
    }

    @Test
    void aCheckpointIsOfThisKernelsObjects() {
        ObjectSnapshot known = new ObjectSnapshot();
        known.add(snapshot(0, IPI, 1));
        ObjectSnapshot unknown = new ObjectSnapshot();
        unknown.add(snapshot(0, Record.IPI_WORD << 12 | CORES, 1));
        assertNull(check.unknown(new Suffix(1, List.of(known), List.of(), 0)));
        assertSame(unknown, check.unknown(new Suffix(1, List.of(known, unknown), List.of(), 0)));
        assertSame(state, check.state());
    }
}
