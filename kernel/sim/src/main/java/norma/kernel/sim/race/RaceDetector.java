package norma.kernel.sim.race;

import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Vector clocks per core, and per location who accessed it when.
 *
 * <p>A location is a field of an object, an element of an array, or a word that the caller names by
 * an object of its own. Two accesses by different cores to one location, at least one of them a
 * write and at least one of them plain, must be ordered by happens-before; else {@link
 * RaceException}. Accesses in opaque and stronger modes do not race with each other.
 *
 * <p>Edges: a release write to an acquire read that sees it (or a later read-modify-write of the
 * same word); {@link #send} to {@link #receive}; {@link #start}. Opaque accesses give none, and an
 * opaque write ends the release that stood in its word. Since accesses happen one at a time, a read
 * sees the last write.
 */
public final class RaceDetector {
    private static final int ROWS = 4;
    private static final int PLAIN_WRITE = 0;
    private static final int PLAIN_READ = 1;
    private static final int ATOMIC_WRITE = 2;
    private static final int ATOMIC_READ = 3;

    private final int cores;
    private final List<Site> sites;
    private final Set<String> tolerated;
    private final int[][] clocks;

    /** Per core: the clock that came with the interrupts sent to it. */
    private final int[][] mail;

    private final IdentityHashMap<Object, Cell[]> objects = new IdentityHashMap<>(1024);
    private @Nullable Object lastObject;
    private Cell[] lastCells = new Cell[0];
    private int core;

    /** Last access of each kind by each core, with its place. */
    private static final class Cell {
        final int[] epoch;
        final int[] site;
        int @Nullable [] released;

        Cell(int cores) {
            epoch = new int[ROWS * cores];
            site = new int[ROWS * cores];
        }
    }

    /**
     * A detector for accesses at {@code sites}; targets in {@code tolerated} ({@code Class.field})
     * are not reported.
     */
    public RaceDetector(int cores, List<Site> sites, Set<String> tolerated) {
        this.cores = cores;
        this.sites = sites;
        this.tolerated = tolerated;
        clocks = new int[cores][cores];
        mail = new int[cores][cores];
        for (int i = 0; i < cores; i++) {
            clocks[i][i] = 1;
        }
    }

    /** Accesses from here on are those of {@code index}. */
    public void runs(int index) {
        core = index;
    }

    /** Core {@code target} begins; what this core did so far is before it. */
    public void start(int target) {
        join(clocks[target], clocks[core]);
        clocks[core][core]++;
    }

    /** An interrupt is raised at {@code target}. */
    public void send(int target) {
        join(mail[target], clocks[core]);
        clocks[core][core]++;
    }

    /** This core takes what has been sent to it. */
    public void receive() {
        join(clocks[core], mail[core]);
    }

    /** A plain read. */
    public void read(Object object, int field, int site) {
        Cell cell = cell(object, field);
        check(cell, PLAIN_WRITE, site, "read");
        check(cell, ATOMIC_WRITE, site, "read");
        note(cell, PLAIN_READ, site);
    }

    /** A plain write. */
    public void write(Object object, int field, int site) {
        Cell cell = cell(object, field);
        for (int row = 0; row < ROWS; row++) {
            check(cell, row, site, "write");
        }
        note(cell, PLAIN_WRITE, site);
    }

    /** An access in another mode than plain; see {@link Probe} for the bits. */
    public void atomic(Object object, int field, int mode, int site) {
        Cell cell = cell(object, field);
        int[] released = atomic(cell, mode, site, cell.released);
        if ((mode & Probe.WRITE) != 0) {
            cell.released = released;
        }
    }

    /**
     * The same on weak memory, where a read sees not always the last write: {@code seen} is what
     * came with what it sees, or null. Returns what comes with what it writes, if it writes.
     */
    public int @Nullable [] atomic(
            Object object, int field, int mode, int site, int @Nullable [] seen) {
        return atomic(cell(object, field), mode, site, seen);
    }

    private int @Nullable [] atomic(Cell cell, int mode, int site, int @Nullable [] seen) {
        check(cell, PLAIN_WRITE, site, "atomic access");
        if ((mode & Probe.ACQUIRE) != 0 && seen != null) {
            join(clocks[core], seen);
        }
        if ((mode & Probe.WRITE) == 0) {
            note(cell, ATOMIC_READ, site);
            return null;
        }
        check(cell, PLAIN_READ, site, "atomic write");
        note(cell, ATOMIC_WRITE, site);
        return released((mode & Probe.READ) != 0 ? seen : null, (mode & Probe.RELEASE) != 0);
    }

    /** The write of a compare-and-set that was reported as a read. */
    public void swapped(Object object, int field, int site) {
        Cell cell = cell(object, field);
        check(cell, PLAIN_READ, site, "atomic write");
        note(cell, ATOMIC_WRITE, site);
        cell.released = released(cell.released, true);
    }

    /** What comes with a write: what it {@code passes} on, and the writer's own if it releases. */
    private int @Nullable [] released(int @Nullable [] passes, boolean releases) {
        if (!releases) {
            return passes;
        }
        int[] now = clocks[core].clone();
        if (passes != null) {
            join(now, passes);
        }
        clocks[core][core]++;
        return now;
    }

    private void note(Cell cell, int row, int site) {
        int at = row * cores + core;
        cell.epoch[at] = clocks[core][core];
        cell.site[at] = site;
    }

    private void check(Cell cell, int row, int site, String what) {
        int[] mine = clocks[core];
        for (int other = 0; other < cores; other++) {
            int at = row * cores + other;
            if (other != core && cell.epoch[at] > mine[other]) {
                race(row, other, cell.site[at], site, what);
            }
        }
    }

    private void race(int row, int other, int earlier, int site, String what) {
        Site now = sites.get(site);
        if (tolerated.contains(now.target())) {
            return;
        }
        String before =
                switch (row) {
                    case PLAIN_WRITE -> "plain write";
                    case PLAIN_READ -> "plain read";
                    case ATOMIC_WRITE -> "atomic write";
                    default -> "atomic read";
                };
        throw new RaceException(
                now.target()
                        + ": "
                        + what
                        + " at "
                        + now.place()
                        + " on core "
                        + core
                        + " is not ordered after the "
                        + before
                        + " at "
                        + sites.get(earlier).place()
                        + " on core "
                        + other);
    }

    @SuppressWarnings("ReferenceEquality") // A location is an object, whatever it equals.
    private Cell cell(Object object, int field) {
        Cell[] cells = lastCells;
        if (object != lastObject) {
            Cell[] found = objects.get(object);
            cells = found == null ? new Cell[0] : found;
            lastObject = object;
            lastCells = cells;
        }
        if (field >= cells.length) {
            cells = Arrays.copyOf(cells, Math.max(field + 1, cells.length * 2));
            objects.put(object, cells);
            lastCells = cells;
        }
        Cell cell = cells[field];
        if (cell == null) {
            cell = new Cell(cores);
            cells[field] = cell;
        }
        return cell;
    }

    private static void join(int[] into, int[] from) {
        for (int i = 0; i < into.length; i++) {
            if (from[i] > into[i]) {
                into[i] = from[i];
            }
        }
    }
}
