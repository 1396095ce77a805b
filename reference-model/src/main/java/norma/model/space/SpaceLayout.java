package norma.model.space;

import norma.model.Names;
import norma.model.Words;

/**
 * Sizes of a machine of {@code AddressSpace.tla}, and where its variables lie in a state's window.
 *
 * <p>Sets are a word an element; a core's stale translations are numbered by frame, page and
 * rights.
 */
public final class SpaceLayout {
    /** Rights that a translation in a table can have: read, write, execute. */
    static final int RIGHTS = 3;

    final int cores;
    final int threads;
    final int spaces;
    final int pages;
    final int frames;
    final int translations;

    final int life;
    final int space;
    final int root;
    final int area;
    final int frame;
    final int hard;
    final int refs;
    final int changer;
    final int job;
    final int phase;
    final int span;
    final int child;
    final int need;
    final int dying;
    final int turns;
    final int stale;
    final int size;

    /** The layout of a machine with the given constants. */
    public SpaceLayout(SpaceModel.Constants c) {
        cores = c.cores();
        threads = c.threads();
        spaces = c.spaces();
        pages = c.pages();
        frames = c.frames();
        translations = frames * pages * RIGHTS;
        Words words = new Words();
        life = words.take(spaces);
        space = words.take(threads);
        root = words.take(cores);
        area = words.take(spaces * pages);
        frame = words.take(spaces * pages);
        hard = words.take(spaces * pages);
        refs = words.take(frames);
        changer = words.take(spaces);
        job = words.take(spaces);
        phase = words.take(spaces);
        span = words.take(2 * spaces);
        child = words.take(spaces);
        need = words.take(spaces * cores);
        dying = words.take(spaces * frames);
        turns = words.take(spaces * (1 + threads));
        stale = words.take(cores * translations);
        size = words.count();
    }

    /** Number of words. */
    public int size() {
        return size;
    }

    /** Number of a translation with rights of at least {@link SpaceState#READ}. */
    int translation(int page, int frame, int rights) {
        return (frame * pages + page) * RIGHTS + rights - SpaceState.READ;
    }

    /** Says how spaces, pages, frames and what is made of them are named. */
    public void name(Names names) {
        names.prefixed("space", "s", spaces)
                .alias("into", "space")
                .integers("page", 1, pages)
                .alias("lo", "page")
                .alias("hi", "page")
                .prefixed("frame", "f", frames)
                .listed("protection", SpaceState.RIGHTS);
        String[] texts = new String[translations];
        for (int i = 0; i < translations; i++) {
            texts[i] =
                    "{frame:"
                            + names.name("frame", frameOf(i))
                            + ",page:"
                            + names.name("page", pageOf(i))
                            + ",rights:"
                            + SpaceState.RIGHTS[rightsOf(i)]
                            + "}";
        }
        names.listed("translation", texts);
    }

    int pageOf(int translation) {
        return translation / RIGHTS % pages;
    }

    int frameOf(int translation) {
        return translation / RIGHTS / pages;
    }

    int rightsOf(int translation) {
        return translation % RIGHTS + SpaceState.READ;
    }

    int turnsOf(int of) {
        return turns + of * (1 + threads);
    }
}
