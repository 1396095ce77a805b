package norma.conformance.check;

import norma.abi.Code;
import norma.abi.Event;
import norma.abi.Limits;
import norma.abi.Record;
import norma.abi.Snapshot;
import norma.abi.SystemCall;
import norma.model.Observation;
import norma.model.ipc.IpcState;
import norma.model.ipc.ResultCode;
import norma.model.kernel.KernelModel;
import norma.model.kernel.KernelObserver;
import norma.model.kernel.KernelState;
import norma.model.sched.SchedState;

/**
 * The abstraction function: what the snapshot of a kernel object says of the model's state. A pure
 * function of the snapshot; free lists, tag tables, counts of donations and lists of servers are
 * part of it.
 */
final class Abstraction {
    private static final int NONE = -1;

    /** Phases of norma.kernel.thread.Thread.ipc, part of the trace format. */
    private static final int CALLING = 1;

    private static final int RECEIVING = 2;
    private static final int DONE = 3;

    /** Uses of a tag (norma.kernel.ipc.Channel). */
    private static final int FREE = 0;

    private static final int RECEIVED = 2;
    private static final int ORPHAN = 3;

    private final KernelState state;
    private final int cores;
    private final int threads;
    private final Observation seen;
    private final KernelObserver observer;
    private final SpaceAbstraction spaces;
    private final Memory memory;

    /** Writes to {@code state} what snapshots say, and to {@code seen} where it was otherwise. */
    Abstraction(KernelModel model, KernelState state, int cores, Observation seen) {
        this(model, state, cores, model.names().size("thread"), seen);
    }

    /** The same, of a machine of which only the first {@code threads} slots are used. */
    Abstraction(KernelModel model, KernelState state, int cores, int threads, Observation seen) {
        this.state = state;
        this.cores = cores;
        this.threads = threads;
        this.seen = seen;
        observer = model.observer(state, seen);
        memory = Memory.of(model);
        spaces = new SpaceAbstraction(this, state, cores, model.names().size("thread"), memory);
    }

    Observation seen() {
        return seen;
    }

    /** Is the snapshot one of an object that exists, in as many parts as it needs? */
    boolean known(ObjectSnapshot s) {
        int limit = Machines.count(s.type(), cores, memory);
        int listed =
                switch (s.type()) {
                    case Record.CHANNEL -> s.field(0, 16, 16) + s.field(0, 32, 16);
                    case Record.SPACE -> spaces.listed(s);
                    case Record.CORE -> s.field(0, 16, 16);
                    case Record.CONTEXT -> s.field(0, 32, 16);
                    default -> 0;
                };
        int fixed = s.type() == Record.CHANNEL ? 2 : 1;
        int most = s.type() == Record.SPACE ? Limits.THREADS + Limits.PAGES : Limits.THREADS;
        return s.index() < limit
                && listed >= 0
                && listed <= most
                && s.parts() == fixed + Snapshot.listParts(listed);
    }

    /**
     * Puts a complete, {@link #known} snapshot into the state. Threads go before channels. {@code
     * unknown}: the state is not yet that of the machine.
     */
    void apply(ObjectSnapshot s, boolean unknown) {
        switch (s.type()) {
            case Record.THREAD -> thread(s, s.index());
            case Record.CHANNEL -> channel(s, s.index());
            case Record.CORE -> core(s, s.index());
            case Record.IPI_WORD -> ipi(s, s.index());
            case Record.CONTEXT -> context(s, s.index(), unknown);
            case Record.SPACE -> spaces.space(s, s.index());
            case Record.MEMORY -> spaces.memory(s);
            default -> throw new IllegalArgumentException("no snapshot of type " + s.type());
        }
    }

    /** A truth value that has so many bits. */
    private boolean truth(ObjectSnapshot s, int word, int shift, int bits) {
        int value = s.field(word, shift, bits);
        zero(s, value >>> 1);
        return value == 1;
    }

    /** Words of contents, from {@code first} on, that nothing uses. */
    void zero(ObjectSnapshot s, int first, int end) {
        for (int i = first; i < end; i++) {
            zero(s, s.word(i));
        }
    }

    /** An index below {@code limit}, or none: anything else is noted, and none. */
    int index(ObjectSnapshot s, int value, int limit) {
        if (value >= limit) {
            zero(s, value);
            return NONE;
        }
        return value;
    }

    /** The threads of a list, from its place {@code from} on. */
    int[] threads(ObjectSnapshot s, int part, int from, int count) {
        int[] list = s.list(part, from, count);
        for (int i = 0; i < count; i++) {
            list[i] = Math.max(0, index(s, list[i], threads));
        }
        return list;
    }

    /** A list of {@code count} threads from part {@code first} on; the rest of its parts is 0. */
    void listed(ObjectSnapshot s, int first, int count) {
        int words = (s.parts() - first) * Snapshot.PART_WORDS;
        int[] rest = s.list(first, count, words * Snapshot.WORD_ENTRIES - count);
        for (int entry : rest) {
            zero(s, entry);
        }
    }

    /** A word, or part of one, that nothing uses. */
    void zero(ObjectSnapshot s, long rest) {
        if (rest != 0) {
            seen.note("unused bits of " + EventView.objectName(s.object()), 0, "0", "" + rest);
        }
    }

    private void ipi(ObjectSnapshot s, int c) {
        zero(s, s.word(0) >>> 1);
        zero(s, 1, Snapshot.PART_WORDS);
        observer.sched().ipi(c, s.word(0) == 1);
    }

    private void thread(ObjectSnapshot s, int t) {
        int phase = s.field(0, 8, 8);
        zero(s, phase > DONE ? phase : 0);
        boolean calling = phase == CALLING;
        int flags = s.field(0, 48, 8);
        observer.sched()
                .thread(
                        t,
                        s.field(0, 0, 8),
                        s.field(1, 0, 16),
                        s.field(0, 16, 8),
                        s.field(0, 24, 8),
                        Math.max(0, index(s, s.field(0, 32, 16), cores)));
        observer.asleep(t, (flags & Snapshot.ASLEEP) != 0);
        spaces.member(s, t, flags);
        observer.ipc()
                .phase(
                        t,
                        calling,
                        switch (phase) {
                            case CALLING -> IpcState.TAG_WAIT;
                            case RECEIVING -> IpcState.RECEIVING;
                            case DONE -> IpcState.DONE;
                            default -> IpcState.IDLE;
                        });
        observer.ipc()
                .call(
                        t,
                        index(s, s.name(1, 16), Limits.CHANNELS),
                        calling ? s.word(2) : 0,
                        (byte) s.field(0, 56, 8),
                        (flags & Snapshot.TIMED) != 0);
        zero(s, calling ? 0 : s.word(2));
        int serves = index(s, s.name(1, 32), Limits.CHANNELS);
        zero(s, serves == NONE && s.name(1, 48) != NONE ? s.field(1, 48, 16) + 1L : 0);
        observer.ipc().serves(t, serves, serves == NONE ? NONE : s.field(1, 48, 16));
        if (phase == DONE) {
            long result = s.word(3);
            int code = SystemCall.code(result);
            boolean message = code == Code.MSG;
            observer.ipc()
                    .result(
                            t,
                            Codes.result(code),
                            message ? SystemCall.tag(result) : 0,
                            message ? SystemCall.caller(result) : 0,
                            s.word(4));
        } else {
            observer.ipc().result(t, ResultCode.NONE, 0, 0, 0);
            zero(s, s.word(3) | s.word(4));
        }
    }

    private void channel(ObjectSnapshot s, int h) {
        int queued = Math.min(s.field(0, 8, 8), Limits.TAGS);
        int waiters = s.field(0, 16, 16);
        int receivers = s.field(0, 32, 16);
        observer.ipc().server(h, truth(s, 0, 0, 8), s.field(0, 48, 16));
        zero(s, queued == Limits.TAGS ? 0 : s.word(1) >>> 8 * queued);
        zero(s, 8, 2 * Snapshot.PART_WORDS);
        listed(s, 2, waiters + receivers);
        int[] queue = new int[queued];
        for (int i = 0; i < queued; i++) {
            queue[i] = s.field(1, 8 * i, 8);
        }
        for (int tag = 0; tag < Limits.TAGS; tag++) {
            int use = s.field(2, 8 * tag, 8);
            int owner = index(s, s.name(3 + tag / 4, 16 * (tag % 4)), threads);
            zero(s, use > ORPHAN ? use : 0);
            boolean held = use != FREE && use != ORPHAN;
            if (held != (owner != NONE)) {
                seen.note("own[" + h + "]", tag, "owner and use agree", use + "/" + owner);
            }
            int who = use == ORPHAN ? IpcState.ORPHAN : held ? owner : NONE;
            observer.ipc().tag(h, tag, who, use == RECEIVED || use == ORPHAN);
        }
        observer.ipc().queue(h, queue, queued);
        observer.ipc().waiters(h, threads(s, 2, 0, waiters), waiters);
        observer.ipc().receivers(h, threads(s, 2, waiters, receivers), receivers);
    }

    /**
     * What an object keeps besides the model's variables, to be quick: free tags, counts, maxima,
     * who serves a channel. Compared when all that it follows from is in the state.
     */
    void derived(ObjectSnapshot s) {
        if (s.type() == Record.CHANNEL) {
            channelDerived(s, s.index());
        } else if (s.type() == Record.CORE) {
            coreDerived(s, s.index());
        }
    }

    private void channelDerived(ObjectSnapshot s, int h) {
        IpcState ipc = state.ipc();
        long donations = 0;
        long servers = 0;
        for (int t = 0; t < threads; t++) {
            if (ipc.calling(t) && ipc.chan(t) == h) {
                donations += 1L << 8 * ipc.don(t);
            }
            if (ipc.srv(t) == h) {
                servers |= 1L << t;
            }
        }
        long used = 0;
        for (int tag = 0; tag < Limits.TAGS; tag++) {
            used |= ipc.own(h, tag) == NONE ? 0 : 1L << tag;
        }
        seen.differs("donations", h, donations, s.word(5));
        seen.differs("servers", h, servers, s.word(6));
        seen.differs("tags in use", h, used, s.word(7) & 0xff);
        seen.differs("boost", h, ipc.boost(h), s.word(7) >>> 8);
    }

    /** A run queue's priorities that are not empty, and the most urgent of them or -1. */
    private void coreDerived(ObjectSnapshot s, int c) {
        SchedState sched = state.sched();
        long occupied = 0;
        for (int i = 0; i < sched.readyCount(c); i++) {
            occupied |= 1L << sched.eff(sched.ready(c, i));
        }
        long urgent = Long.SIZE - 1L - Long.numberOfLeadingZeros(occupied);
        seen.differs("occupied", c, occupied, s.field(1, 0, 31));
        seen.differs("urgent", c, urgent, s.word(1) >> 32);
    }

    private void core(ObjectSnapshot s, int c) {
        int ready = s.field(0, 16, 16);
        observer.sched()
                .core(c, truth(s, 0, 0, 8), s.field(0, 8, 8), threads(s, 1, 0, ready), ready);
        zero(s, s.field(0, 48, 16));
        zero(s, s.word(1) >>> 31 & 1);
        zero(s, 2, Snapshot.PART_WORDS);
        listed(s, 1, ready);
        seen.differs("readyHint", c, ready, s.field(0, 32, 16));
    }

    private void context(ObjectSnapshot s, int c, boolean unknown) {
        int woken = s.field(0, 32, 16);
        int mode = s.field(0, 16, 16);
        boolean mark = s.kind() == Event.MARK;
        zero(s, s.field(0, 48, 16));
        zero(s, mark ? 4 : 3, Snapshot.PART_WORDS);
        listed(s, 1, woken);
        if (mode != Snapshot.KERNEL) {
            zero(s, s.word(1) | s.word(2)); // It has left the kernel: it owes nobody anything.
        }
        zero(s, s.word(1) >>> cores);
        observer.sched()
                .context(
                        c,
                        mode,
                        index(s, s.name(0, 0), threads),
                        threads(s, 1, 0, woken),
                        woken,
                        s.word(1),
                        unknown);
    }
}
