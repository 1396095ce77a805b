package norma.conformance.check;

import norma.abi.Limits;
import norma.abi.Rights;
import norma.abi.Snapshot;
import norma.model.kernel.KernelState;
import norma.model.space.SpaceModel;
import norma.model.space.SpaceObserver;

/** The part of the {@link Abstraction} that is about address spaces and memory. */
final class SpaceAbstraction {
    private static final int NONE = -1;
    private static final int RIGHTS_BITS = 2;

    /** Jobs and phases of a space, part of the trace format: the model's numbers. */
    private static final int NO_JOB = 0;

    private static final int LEAVE = 5;
    private static final int FREEING = 3;
    private static final int LIVE = 2;

    private final Abstraction all;
    private final Memory memory;
    private final int cores;
    private final int threads;
    private final SpaceObserver observer;

    /** Writes to {@code state} and notes where {@code all} does. */
    SpaceAbstraction(Abstraction all, KernelState state, int cores, int threads, Memory memory) {
        this.all = all;
        this.memory = memory;
        this.cores = cores;
        this.threads = threads;
        observer =
                new SpaceObserver(
                        state.spaces(),
                        new SpaceModel.Constants(
                                cores,
                                threads,
                                memory.spaces(),
                                memory.pages(),
                                memory.frames(),
                                0),
                        all.seen());
    }

    /** Entries of the list that a space's snapshot ends in; -1: it cannot have so many. */
    int listed(ObjectSnapshot s) {
        int waiting = s.field(3, 0, 16);
        int pages = s.field(3, 16, 16);
        return waiting > Limits.THREADS || pages != memory.pages() ? NONE : waiting + pages;
    }

    /** What the flags of a thread's snapshot say of its space. */
    void member(ObjectSnapshot s, int thread, int flags) {
        int named = (flags >>> Snapshot.SPACE_SHIFT) - 1;
        observer.member(thread, named < 0 ? NONE : all.index(s, named, memory.spaces()));
    }

    /** A space; its table is in the list behind the threads that wait. */
    void space(ObjectSnapshot s, int of) {
        int job = bounded(s, s.field(0, 16, 8), LEAVE);
        int phase = bounded(s, s.field(0, 24, 8), FREEING);
        int changer = all.index(s, s.name(0, 0), threads);
        int first = all.index(s, s.field(0, 32, 16), memory.pages());
        int last = s.name(0, 48) == NONE ? NONE : all.index(s, s.name(0, 48), memory.pages());
        observer.job(of, changer, job, phase, Math.max(0, first), last);
        long loaded = s.word(1) & 0xffff_ffffL;
        long asked = s.word(1) >>> 32;
        all.zero(s, loaded >>> cores | asked >>> cores);
        observer.cores(of, loaded, asked);
        all.zero(s, s.word(2) >>> memory.frames());
        observer.dying(of, s.word(2));
        int waiting = s.field(3, 0, 16);
        all.zero(s, s.word(3) >>> 56);
        observer.life(
                of,
                bounded(s, s.field(3, 32, 8), LIVE),
                all.index(s, s.name(3, 40), memory.spaces()));
        all.zero(s, 4, Snapshot.PART_WORDS);
        all.listed(s, 1, waiting + memory.pages());
        observer.turns(of, all.threads(s, 1, 0, waiting), waiting);
        int[] pages = s.list(1, waiting, memory.pages());
        for (int page = 0; page < pages.length; page++) {
            page(s, of, page, pages[page]);
        }
    }

    private void page(ObjectSnapshot s, int of, int page, int entry) {
        int area = entry & (Rights.LIMIT - 1);
        int hard = entry >>> RIGHTS_BITS & (Rights.LIMIT - 1);
        int frame = (entry >>> 2 * RIGHTS_BITS) - 1;
        observer.page(
                of, page, area, frame < 0 ? NONE : all.index(s, frame, memory.frames()), hard);
    }

    private int bounded(ObjectSnapshot s, int value, int most) {
        all.zero(s, value > most ? value : 0);
        return value > most ? NO_JOB : value;
    }

    /** The frames, by how many have each. */
    void memory(ObjectSnapshot s) {
        for (int at = 0; at < Snapshot.PART_WORDS * Snapshot.WORD_FRAMES; at++) {
            int place = at % Snapshot.WORD_FRAMES * Snapshot.REFERENCE_BITS;
            int count = s.field(at / Snapshot.WORD_FRAMES, place, Snapshot.REFERENCE_BITS);
            if (at < memory.frames()) {
                observer.refs(at, count);
            } else {
                all.zero(s, count);
            }
        }
    }
}
