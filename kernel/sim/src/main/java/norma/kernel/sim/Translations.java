// Contract: the page tables of the simulated machine's address spaces, and what its cores may have
// kept of them, at worst: all that their tables said since they last flushed.
// Owner: the machine of a run or of an exploration, which gives it its words.
package norma.kernel.sim;

import norma.abi.Limits;
import norma.abi.Rights;
import norma.conformance.check.CoreRights;
import norma.kernel.hal.Tables;
import org.jspecify.annotations.Nullable;

/**
 * Page tables, translations that cores keep, and one word of contents a frame.
 *
 * <p>Words: of each core the tables that it has loaded, one more than their space; of each page of
 * each space its entry, rights and one more than the frame from bit 2; of each core, page (of the
 * space that is loaded) and right the frames of translations that only the core's cache may still
 * have, a bit each; of each frame its contents.
 */
public final class Translations {
    /** Where the words are. */
    public interface Words {
        /** A word. */
        long get(int at);

        /** Changes a word. */
        void set(int at, long value);
    }

    private static final int FRAME_SHIFT = 2;
    private static final int RIGHTS_MASK = 3;

    private final Words words;
    private final int base;
    private final int cores;
    private final int pages;
    private final int frames;

    /** Translations whose {@link #size} words begin at {@code base} and are 0. */
    public Translations(Words words, int base, int cores, int pages, int frames) {
        this.words = words;
        this.base = base;
        this.cores = cores;
        this.pages = pages;
        this.frames = frames;
    }

    /** Translations in words of their own. */
    static Translations alone(int cores, int pages, int frames) {
        long[] memory = new long[size(cores, pages, frames)];
        Words words =
                new Words() {
                    @Override
                    public long get(int at) {
                        return memory[at];
                    }

                    @Override
                    public void set(int at, long value) {
                        memory[at] = value;
                    }
                };
        return new Translations(words, 0, cores, pages, frames);
    }

    /** How many words there are. */
    public static int size(int cores, int pages, int frames) {
        return cores + Limits.SPACES * pages + cores * pages * Rights.LIMIT + frames;
    }

    private int loadedAt(int core) {
        return base + core;
    }

    private int entryAt(int space, int page) {
        return base + cores + space * pages + page;
    }

    private int keptAt(int core, int page, int rights) {
        return base + cores + Limits.SPACES * pages + (core * pages + page) * Rights.LIMIT + rights;
    }

    private int contentsAt(int frame) {
        return keptAt(cores, 0, 0) + frame;
    }

    /** The space whose tables a core has loaded, or {@link Tables#KERNEL}. */
    private int loaded(int core) {
        return (int) words.get(loadedAt(core)) - 1;
    }

    // --- the kernel's side ------------------------------------------------------------------

    /** The core uses the tables of a space, or the kernel's, and keeps nothing. */
    public void load(int core, int space) {
        words.set(loadedAt(core), space + 1);
        flush(core);
    }

    /** The core keeps nothing. */
    public void flush(int core) {
        for (int page = 0; page < pages; page++) {
            for (int rights = 0; rights < Rights.LIMIT; rights++) {
                words.set(keptAt(core, page, rights), 0);
            }
        }
    }

    /** What a table says of a page; cores that have it loaded may have kept what it said. */
    public void enter(int space, int page, long address, int rights) {
        long old = words.get(entryAt(space, page));
        int frame = frameAt(address);
        long entry = rights == Rights.NONE ? 0 : rights | (long) (frame + 1) << FRAME_SHIFT;
        words.set(entryAt(space, page), entry);
        boolean more = frameOf(old) == frame && Rights.allow(rights, (int) old & RIGHTS_MASK);
        if (old == 0 || more) {
            return; // What says less than the table does no harm.
        }
        for (int core = 0; core < cores; core++) {
            if (loaded(core) == space) {
                int at = keptAt(core, page, (int) old & RIGHTS_MASK);
                words.set(at, words.get(at) | 1L << frameOf(old));
            }
        }
    }

    private static int frameOf(long entry) {
        return (int) (entry >> FRAME_SHIFT) - 1;
    }

    /** Physical memory is frames from address 0 on. */
    private int frameAt(long address) {
        long frame = address / Tables.FRAME;
        if (address % Tables.FRAME != 0 || frame < 0 || frame >= frames) {
            throw new IllegalArgumentException("no frame is at " + address);
        }
        return (int) frame;
    }

    /** The frame at a physical address is all zeros. */
    public void clear(long address) {
        words.set(contentsAt(frameAt(address)), 0);
    }

    /** A frame has the contents of another. */
    public void copy(long from, long to) {
        words.set(contentsAt(frameAt(to)), words.get(contentsAt(frameAt(from))));
    }

    // --- user mode's side -------------------------------------------------------------------

    /** The frame that the core reaches by its tables, or -1: a fault. */
    public int byTable(int core, int page, int access) {
        int space = loaded(core);
        long entry = page < pages && space != Tables.KERNEL ? words.get(entryAt(space, page)) : 0;
        return Rights.allow((int) entry & RIGHTS_MASK, access) ? frameOf(entry) : -1;
    }

    /** A frame that the core may reach by what it has kept alone, or -1. */
    int byCache(int core, int page, int access) {
        for (int rights = Rights.READ; page < pages && rights < Rights.LIMIT; rights++) {
            long kept = words.get(keptAt(core, page, rights));
            if (kept != 0 && Rights.allow(rights, access)) {
                return Long.numberOfTrailingZeros(kept);
            }
        }
        return -1;
    }

    /** May the core have kept anything of a page beside what its tables say? */
    public boolean keeps(int core, int page) {
        long kept = 0;
        for (int rights = Rights.READ; page < pages && rights < Rights.LIMIT; rights++) {
            kept |= words.get(keptAt(core, page, rights));
        }
        return kept != 0;
    }

    /** What was stored in a frame last. */
    public long contents(int frame) {
        return words.get(contentsAt(frame));
    }

    /** Stores a word in a frame. */
    public void store(int frame, long value) {
        words.set(contentsAt(frame), value);
    }

    /** A translation that the core may use although the model says that it may not, or null. */
    public @Nullable String excess(int core, CoreRights model) {
        if (loaded(core) != model.loaded(core)) {
            return "core " + core + " runs on other tables than the model's";
        }
        for (int page = 0; page < pages; page++) {
            for (int rights = Rights.READ; rights < Rights.LIMIT; rights++) {
                long kept = words.get(keptAt(core, page, rights));
                for (int frame = 0; frame < frames && kept != 0; frame++) {
                    if ((kept >> frame & 1) != 0 && !model.mayUse(core, page, frame, rights)) {
                        return "core "
                                + core
                                + " may have kept page "
                                + page
                                + " in frame "
                                + frame
                                + ", rights "
                                + rights
                                + ", and has not flushed";
                    }
                }
            }
        }
        return null;
    }
}
