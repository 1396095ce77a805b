// Contract: an address space: what its pages are for, its table, the job that changes it, who
// waits.
// Spec: AddressSpace.tla area frame hard changer job phase span need dying turns; root as `loaded`.
// Lock: `lock` guards everything.
// Invariants (spec): an entry allows no more than its area, but while a job is about to tighten it;
// a frame that is to be freed is in no entry; who waits, waits for a job.
package norma.kernel.mem;

import norma.abi.Event;
import norma.abi.Limits;
import norma.abi.Record;
import norma.abi.Rights;
import norma.abi.Snapshot;
import norma.kernel.hal.Tables;
import norma.kernel.lang.Recorder;
import norma.kernel.lang.TicketLock;
import norma.kernel.lang.Tracked;
import norma.kernel.thread.Thread;
import norma.kernel.thread.ThreadList;
import norma.quals.GuardedBy;
import norma.quals.Holding;
import norma.quals.Modelled;
import norma.quals.NoAlloc;

/** One address space. */
@NoAlloc
public final class Space extends Tracked {
    // Jobs (spec: job).
    static final int NO_JOB = 0;
    static final int UNMAP = 1;
    static final int PROTECT = 2;

    // Phases of a job (spec: phase).
    static final int NO_PHASE = 0;
    static final int WORK = 1;
    static final int WAIT = 2;
    static final int FREE = 3;

    /** No page, no frame. */
    static final int NOTHING = -1;

    private static final int HARD_SHIFT = 2;
    private static final int FRAME_SHIFT = 4;
    private static final int RIGHTS_MASK = 3;

    /** Number of the space. */
    public final int index;

    /** Guards the space. */
    public final TicketLock lock;

    /** Pages that it has; fixed at boot. */
    private int pages;

    /** A page's area, the rights in its table, one more than its frame (Snapshot.page). */
    @Modelled
    @GuardedBy("Space.lock")
    @SuppressWarnings({"index", "value"}) // The checkers do not see the value of an ABI constant.
    private final int[] entries = new int[Limits.PAGES];

    /** Thread whose job is under way, or NONE. */
    @Modelled
    @GuardedBy("Space.lock")
    int changer = Record.NONE;

    @Modelled
    @GuardedBy("Space.lock")
    int job;

    @Modelled
    @GuardedBy("Space.lock")
    int phase;

    /** First page that the job works on. */
    @Modelled
    @GuardedBy("Space.lock")
    int first;

    /** The last, or {@link #NOTHING}. */
    @Modelled
    @GuardedBy("Space.lock")
    int last = NOTHING;

    /** Cores that have the tables loaded, a bit each. */
    @Modelled
    @GuardedBy("Space.lock")
    int loaded;

    /** Those that have been asked to flush and have not yet. */
    @Modelled
    @GuardedBy("Space.lock")
    int asked;

    /** Frames that the job has taken out of the table, a bit each. */
    @Modelled
    @GuardedBy("Space.lock")
    long dying;

    /** Threads that wait for the job's end. */
    @GuardedBy("Space.lock")
    final ThreadList turns = new ThreadList();

    /** A space without pages. */
    public Space(int index) {
        super(Record.object(Record.SPACE, index));
        this.index = index;
        this.lock = new TicketLock(TicketLock.SPACE_ORDER, index);
    }

    /** Gives the space its pages, at boot, and core 0 its tables. */
    @SuppressWarnings("guard") // Boot: this core alone.
    public void open(long count) {
        assert count >= 1 && count <= Limits.PAGES : "the boot block's count of pages";
        pages = (int) count;
        loaded = 1;
        Tables.make(index);
        Tables.load(index);
    }

    /** Pages that it has. */
    public int pages() {
        return pages;
    }

    // --- pages ------------------------------------------------------------------------------

    /** What the process may do with a page. */
    @Holding("Space.lock")
    @SuppressWarnings("index") // Callers pass pages of the space.
    int area(int page) {
        return entries[page] & RIGHTS_MASK;
    }

    /** What the table allows. */
    @Holding("Space.lock")
    @SuppressWarnings("index") // As above.
    int hard(int page) {
        return entries[page] >> HARD_SHIFT & RIGHTS_MASK;
    }

    /** The page's frame, or {@link #NOTHING}. */
    @Holding("Space.lock")
    @SuppressWarnings("index") // As above.
    int frame(int page) {
        return (entries[page] >> FRAME_SHIFT) - 1;
    }

    /** Writes what the process may do with pages; only emitting actions may. */
    @Holding("Space.lock")
    @SuppressWarnings("index") // As above.
    void setArea(int from, int to, int protection) {
        for (int page = from; page <= to; page++) {
            entries[page] = entries[page] & ~RIGHTS_MASK | protection;
        }
    }

    /**
     * Writes what the table says of a page, first the table and then what the kernel keeps of it;
     * only emitting actions may.
     */
    @Holding("Space.lock")
    @SuppressWarnings("index") // As above.
    void enter(Frames memory, int page, int frame, int rights) {
        Tables.enter(index, page, frame == NOTHING ? 0 : memory.address(frame), rights);
        entries[page] = Snapshot.page(area(page), rights, frame);
    }

    /** Has no page of a range an area? */
    @Holding("Space.lock")
    boolean fits(int from, int to) {
        for (int page = from; page <= to; page++) {
            if (area(page) != Rights.NONE) {
                return false;
            }
        }
        return true;
    }

    /** Has every page of a range an area? */
    @Holding("Space.lock")
    boolean covers(int from, int to) {
        for (int page = from; page <= to; page++) {
            if (area(page) == Rights.NONE) {
                return false;
            }
        }
        return true;
    }

    // --- the job ----------------------------------------------------------------------------

    /** Is a job under way? */
    @Holding("Space.lock")
    boolean busy() {
        return changer != Record.NONE;
    }

    /** A thread's job begins, if any page of a range is work for it; does it? */
    @Holding("Space.lock")
    boolean begin(Thread thread, int kind, int from, int to) {
        job = kind;
        first = from;
        last = to;
        if (workLeft() == NOTHING) {
            job = NO_JOB;
            first = 0;
            last = NOTHING;
            return false;
        }
        changer = thread.index;
        phase = WORK;
        thread.working = true;
        return true;
    }

    /** The first page that the job has not done yet, or {@link #NOTHING}. */
    @Holding("Space.lock")
    int workLeft() {
        for (int page = first; page <= last; page++) {
            boolean filled = frame(page) != NOTHING;
            if (filled && (job == UNMAP || !Rights.allow(area(page), hard(page)))) {
                return page;
            }
        }
        return NOTHING;
    }

    /** Have all cores flushed that were asked (spec: ReleaseDue)? */
    @Holding("Space.lock")
    boolean releaseDue() {
        return phase == WAIT && asked == 0;
    }

    @Override
    @Holding("Space.lock")
    public void snapshot(Recorder to) {
        int waiting = turns.count();
        to.begin(Event.SNAPSHOT, touched(), 1 + Snapshot.listParts(waiting + pages));
        to.part(
                changer
                        | job << 16
                        | (long) phase << 24
                        | (long) first << 32
                        | (last & 0xffffL) << 48,
                loaded | (long) asked << 32,
                dying,
                waiting | (long) pages << 16,
                0);
        turns.list(to);
        for (int page = 0; page < pages; page++) {
            to.list(entry(page));
        }
        to.end();
    }

    @Holding("Space.lock")
    @SuppressWarnings("index") // Below the count of pages.
    private int entry(int page) {
        return entries[page];
    }
}
