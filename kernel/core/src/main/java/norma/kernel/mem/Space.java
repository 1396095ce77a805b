// Contract: an address space: what its pages are for, its table, the job that changes it, and who
// waits for it.
// Spec: AddressSpace.tla life area frame hard changer job phase span child need dying turns; root
// as `loaded`, the number of Members as `members`.
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
import org.checkerframework.checker.nullness.qual.Nullable;

/** One address space. */
@NoAlloc
public final class Space extends Tracked {
    // Jobs (spec: job).
    static final int NO_JOB = 0;
    static final int UNMAP = 1;
    static final int PROTECT = 2;
    static final int COPY = 3;
    static final int FORK = 4;
    static final int LEAVE = 5;

    // Phases of a job (spec: phase).
    static final int NO_PHASE = 0;
    static final int WORK = 1;
    static final int WAIT = 2;
    static final int FREE = 3;

    // Lives (spec: life).
    static final int FREE_SPACE = 0;
    static final int MAKING = 1;
    static final int LIVE = 2;

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

    /** Is the space in use, or in the making: a copy that is not whole? */
    @Modelled
    @GuardedBy("Space.lock")
    int life;

    /** Threads that live in it (spec: the number of Members). */
    @GuardedBy("Space.lock")
    int members;

    /** Slot of a copy's first thread, which waits until the copy is whole. */
    @GuardedBy("Space.lock")
    int firstborn = Record.NONE;

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

    /** The copy that the job makes, or null. */
    @Modelled
    @GuardedBy("Space.lock")
    @Nullable Space child;

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

    /** Gives the space its pages, at boot. */
    public void open(long count) {
        assert count >= 1 && count <= Limits.PAGES : "the boot block's count of pages";
        pages = (int) count;
        Tables.make(index);
    }

    /** The first thread lives here, at boot, and core 0 has the tables loaded. */
    @SuppressWarnings("guard") // Boot: this core alone.
    public void begin() {
        life = LIVE;
        members = 1;
        loaded = 1;
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

    // --- who lives here ---------------------------------------------------------------------

    /** The space begins as a copy of another, with a first thread; only emitting actions may. */
    @Holding({"Space.lock", "Thread.lock"})
    @SuppressWarnings("index") // Pages of both.
    void make(Space original, Thread thread) {
        life = MAKING;
        firstborn = thread.index;
        join(thread);
        for (int page = 0; page < pages; page++) {
            entries[page] = Snapshot.page(original.area(page), Rights.NONE, NOTHING);
        }
    }

    /** A thread is one of those who live here; only emitting actions may. */
    @Holding({"Space.lock", "Thread.lock"})
    public void join(Thread thread) {
        members++;
        thread.space = index;
    }

    /** A thread lives nowhere any more; only emitting actions may. */
    @Holding({"Space.lock", "Thread.lock"})
    public void quit(Thread thread) {
        assert thread.space == index && members > 0 : "its own space";
        members--;
        thread.space = Record.NONE;
    }

    /** Is the only thread that lives here to take everything out before it goes (spec: Leave)? */
    @Holding("Space.lock")
    public boolean leaveDue() {
        boolean used = false;
        for (int page = 0; page < pages; page++) {
            used |= area(page) != Rights.NONE;
        }
        return used && members == 1;
    }

    /** Does anybody live here? Only then may a core load the tables. */
    @Holding("Space.lock")
    boolean livedIn() {
        return life == LIVE && members > 0;
    }

    /** Is nobody left, on no core (spec: FreeDue)? */
    @Holding("Space.lock")
    boolean freeDue() {
        return life == LIVE && members == 0 && loaded == 0;
    }

    /** Is the copy whole, but its first thread not begun (spec: BearDue)? */
    @Holding("Space.lock")
    boolean bearDue() {
        return life == MAKING;
    }

    // --- the job ----------------------------------------------------------------------------

    /** Is a job under way? */
    @Holding("Space.lock")
    boolean busy() {
        return changer != Record.NONE;
    }

    /** A thread's job begins, if any page of a range is work for it; does it? */
    @Holding("Space.lock")
    boolean beginIfWork(Thread thread, int kind, int from, int to) {
        begin(thread, kind, from, to);
        if (workLeft() == NOTHING) {
            end(thread);
            return false;
        }
        return true;
    }

    /** A thread's job begins; only emitting actions may. */
    @Holding("Space.lock")
    void begin(Thread thread, int kind, int from, int to) {
        changer = thread.index;
        job = kind;
        phase = WORK;
        first = from;
        last = to;
        thread.working = true;
    }

    /** It has ended; only emitting actions may. */
    @Holding("Space.lock")
    void end(Thread thread) {
        changer = Record.NONE;
        job = NO_JOB;
        phase = NO_PHASE;
        child = null;
        noSpan();
        thread.working = false;
    }

    /** The job has no page left to work on; only emitting actions may. */
    @Holding("Space.lock")
    void noSpan() {
        first = 0;
        last = NOTHING;
    }

    /** The first page that the job has not done yet, or {@link #NOTHING}. */
    @Holding("Space.lock")
    int workLeft() {
        for (int page = first; page <= last; page++) {
            if (frame(page) != NOTHING && isWork(page)) {
                return page;
            }
        }
        return NOTHING;
    }

    /** Is a page that has a frame work for the job? */
    @Holding("Space.lock")
    private boolean isWork(int page) {
        Space copy = child;
        return switch (job) {
            case UNMAP, LEAVE -> true;
            case PROTECT -> !Rights.allow(area(page), hard(page));
            case FORK -> copy != null && copy.frame(page) == NOTHING;
            default -> false;
        };
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
                waiting | (long) pages << 16 | (long) life << 32 | (long) childIndex() << 40,
                0);
        turns.list(to);
        for (int page = 0; page < pages; page++) {
            to.list(entry(page));
        }
        to.end();
    }

    @Holding("Space.lock")
    private int childIndex() {
        Space copy = child;
        return copy == null ? Record.NONE : copy.index;
    }

    @Holding("Space.lock")
    @SuppressWarnings("index") // Below the count of pages.
    private int entry(int page) {
        return entries[page];
    }
}
