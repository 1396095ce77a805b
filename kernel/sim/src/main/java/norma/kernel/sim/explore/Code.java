package norma.kernel.sim.explore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jdk.internal.vm.Continuation;
import norma.kernel.sim.port.GuestKernel;
import norma.kernel.sim.race.Probe;
import org.jspecify.annotations.Nullable;

/**
 * What cores do inside the kernel, learned by running the kernel's code.
 *
 * <p>{@link #step} takes a core from one schedule point to the next. What it does there has either
 * been seen before with the same values, and is looked up in the tree of {@link Node}s, or the code
 * itself is run: from its entry, with the values read so far put before it again, and from then on
 * with those in {@link Memory}. Both ways change the same memory and report the same events.
 *
 * <p>Two places are one if the live contents of their frames are equal ({@link Frames}), however
 * the core came there; without {@code merging} they are one only if the core has read the same
 * since it entered the kernel.
 *
 * <p>Invariant: what the code does next is a function of its entry and of the values that it has
 * read; that holds because nothing else reaches it. A second run that does otherwise is an error.
 */
final class Code implements Probe {
    /** Accesses without a schedule point that no kernel needs. */
    private static final int LIMIT = 200_000;

    private enum Mode {
        IDLE,
        DIRECT,
        REPLAY,
        EXTEND
    }

    private final GuestKernel kernel;
    private final Cells cells;
    private final Memory memory;
    private final Layout layout;
    private final Effects effects;
    private final Footprint footprint;
    private final Frames frames;
    private final Map<List<Long>, Node> places = new HashMap<>();
    private final Map<Entry, Node> roots = new HashMap<>();
    private final List<@Nullable Node> nodes = new ArrayList<>();
    private final Map<List<Long>, Integer> events = new HashMap<>();
    private long[] record = new long[0];
    private final Waiting waiting = new Waiting();

    private Mode mode = Mode.IDLE;
    private Entry entry = new Entry(0, Entry.BOOT, 0);
    private Node.@Nullable Edge hook;
    private @Nullable Node pending;
    private int direct = -1;
    private @Nullable Node reached;
    private List<Node> path = List.of();
    private int at;
    private long wanted;

    /** What the node that is performed first finds. */
    private long goal;

    private int accesses;

    /** What a word of the machine is set to: in no frame of the kernel's any more. */
    private long argument;

    /** The last that the code did was an atomic write; then the frames behind it. */
    private boolean written;

    private @Nullable List<Long> afterWrite;
    private long trials;
    private final boolean merging;

    Code(
            GuestKernel kernel,
            Cells cells,
            Memory memory,
            Layout layout,
            Effects effects,
            Footprint footprint,
            Frames frames,
            boolean merging) {
        this.kernel = kernel;
        this.cells = cells;
        this.memory = memory;
        this.layout = layout;
        this.effects = effects;
        this.footprint = footprint;
        this.frames = frames;
        this.merging = merging;
        nodes.add(null);
    }

    /** The node of that number. */
    Node node(long number) {
        Node node = nodes.get((int) number);
        if (node == null) {
            throw new Inconsistent("a core in the kernel is nowhere");
        }
        return node;
    }

    /** Times that the kernel's code was started from an entry. */
    long trials() {
        return trials;
    }

    /** A core enters the kernel: runs to its first schedule point. */
    Node enter(Entry how) {
        return step(begin(how), 0);
    }

    /** The place before the first access of an entry's code. */
    Node begin(Entry how) {
        Node root = roots.get(how);
        if (root == null) {
            root = add(Node.Kind.START, -1, Node.POINT, 0, null, how);
            roots.put(how, root);
        }
        return root;
    }

    /** A core does what it is at, finding {@code key} there, and goes on to the next point. */
    Node step(Node from, long key) {
        Node node = from;
        long found = key;
        for (; ; ) {
            Node.Edge edge = node.edge(found);
            if (edge == null || edge.next == null) {
                return extend(node, found);
            }
            apply(node, edge);
            node = edge.next;
            found = 0;
            if (node.kind == Node.Kind.EVENT) {
                effects.event(node);
            } else if (stops(node)) {
                return node;
            } else if (node.reads()) {
                found = memory.get(node.cell);
            }
        }
    }

    private void apply(Node node, Node.Edge edge) {
        if (node.kind == Node.Kind.ACCESS) {
            footprint.note(node, edge);
            if (edge.writes) {
                effects.set(node.cell, edge.after);
            }
        } else if (node.kind == Node.Kind.START && node.cell >= 0) {
            effects.start(node.cell);
        }
    }

    private static boolean stops(Node node) {
        return node.kind == Node.Kind.ACCESS ? node.stops() : node.kind != Node.Kind.EVENT;
    }

    /** Runs code of the kernel at once, on the memory as it is. */
    void atOnce(Runnable code) {
        mode = Mode.DIRECT;
        code.run();
        flush();
        mode = Mode.IDLE;
    }

    // --- running the code -------------------------------------------------------------------

    private Node extend(Node node, long key) {
        goal = key;
        wanted = key;
        accesses = 0;
        reached = null;
        written = false;
        entry = node.entry;
        Trial trial = node.waiting;
        node.waiting = null;
        if (trial == null) {
            trials++;
            path = node.path();
            at = 0;
            mode = path.size() == 1 ? Mode.EXTEND : Mode.REPLAY;
            Entry how = node.entry;
            trial = new Trial(how, () -> run(how));
            hook = null;
            if (mode == Mode.EXTEND) {
                perform(node);
            }
        } else {
            mode = Mode.EXTEND;
        }
        trial.body.run();
        mode = Mode.IDLE;
        Node end = reached;
        if (end == null) {
            throw new Inconsistent("a run of the code came nowhere");
        }
        if (!trial.body.isDone()) {
            waiting.keep(end, trial);
        }
        return end;
    }

    private void run(Entry how) {
        try {
            int slot = how.run(kernel);
            flush();
            arrive(Node.Kind.LEAVE, slot, 0, 0);
        } catch (Inconsistent wrong) {
            throw wrong;
        } catch (RuntimeException | Error broken) {
            pending = null;
            accesses = 0;
            Node node = arrive(Node.Kind.BROKEN, 0, 0, 0);
            node.failure = Trial.describe(broken);
        }
    }

    /** The kernel's fault, as a panic is: it would be there for ever. */
    private void count() {
        accesses++;
        if (accesses > LIMIT) {
            throw new IllegalStateException("a loop without a schedule point");
        }
    }

    /** The code is at a place; performs what is to be done there, perhaps after others have run. */
    private Node arrive(Node.Kind kind, int cell, int flags, int site) {
        count();
        if (mode == Mode.REPLAY) {
            return again(kind, cell);
        }
        Node.Edge edge = hook;
        if (edge == null) {
            throw new Inconsistent("no place in the tree");
        }
        Node node = edge.next;
        if (node == null) {
            node = place(kind, cell, flags, site, edge);
            edge.next = node;
        } else if (node.kind != kind || node.cell != cell) {
            throw new Inconsistent("the code did something else the second time");
        }
        written = false;
        if (kind == Node.Kind.LEAVE || kind == Node.Kind.BROKEN) {
            reached = node;
            return node;
        }
        if (stops(node)) {
            reached = node;
            Continuation.yield(Trial.SCOPE);
            if (mode != Mode.EXTEND) {
                throw new Inconsistent("a run that waited was taken for another");
            }
        }
        perform(node);
        return node;
    }

    /** A place that is new on this way; perhaps one that is known, from another. */
    private Node place(Node.Kind kind, int cell, int how, int site, Node.Edge edge) {
        List<Long> key = null;
        int flags = how;
        if (written && kind == Node.Kind.ACCESS && (how & Node.POINT) == 0) {
            flags |= Node.AFTER_WRITE;
            key = afterWrite;
        } else if ((flags & Node.POINT) != 0 && merging) {
            key = frames.capture();
        }
        if (key == null) {
            return add(kind, cell, flags, site, edge, entry);
        }
        key.add((long) entry.core());
        key.add((long) kind.ordinal());
        key.add((long) cell);
        key.add((long) flags);
        key.add((flags & Node.WRITES) != 0 && cell >= layout.time ? argument : 0);
        Node known = places.get(key);
        if (known == null) {
            known = add(kind, cell, flags, site, edge, entry);
            places.put(key, known);
        }
        return known;
    }

    /** The same place as the first time. */
    private Node again(Node.Kind kind, int cell) {
        at++;
        Node node = path.get(at);
        if (node.kind != kind || node.cell != cell) {
            throw new Inconsistent("the code did something else the second time");
        }
        if (at == path.size() - 1) {
            mode = Mode.EXTEND;
            wanted = goal;
            perform(node);
            return node;
        }
        Node.Edge edge = path.get(at + 1).from;
        if (edge == null) {
            throw new Inconsistent("a path with a gap");
        }
        wanted = edge.key;
        if (node.kind == Node.Kind.ACCESS && node.reads() && node.cell < layout.time) {
            cells.write(node.cell, edge.key);
        }
        return node;
    }

    /** Does what is to be done at a node, for the first time with what it finds. */
    private void perform(Node node) {
        long key = node.reads() ? memory.get(node.cell) : node.kind == Node.Kind.WAIT ? wanted : 0;
        Node.Edge edge = node.edge(key);
        if (edge == null) {
            edge = node.add(key);
        }
        hook = edge;
        wanted = key;
        if (node.kind == Node.Kind.EVENT) {
            effects.event(node);
        } else if (node.kind == Node.Kind.START && node.cell >= 0) {
            effects.start(node.cell);
        } else if (node.kind == Node.Kind.ACCESS && node.cell < layout.time) {
            if (node.reads()) {
                cells.write(node.cell, key);
            }
            if (node.writes()) {
                pending = node;
            } else {
                footprint.note(node, edge);
            }
        } else if (node.kind == Node.Kind.ACCESS && !node.writes()) {
            footprint.note(node, edge);
        }
    }

    private Node add(
            Node.Kind kind, int cell, int flags, int site, Node.@Nullable Edge from, Entry how) {
        Node node = new Node(nodes.size(), kind, cell, flags, site, from, how);
        nodes.add(node);
        if (kind == Node.Kind.RELAX) {
            node.loop = node.head();
        } else if (cell == layout.tables) {
            node.argument = argument;
        } else if (kind == Node.Kind.EVENT) {
            node.words = record;
            List<Long> text = Arrays.stream(record).boxed().toList();
            node.event = events.computeIfAbsent(text, words -> events.size());
        }
        return node;
    }

    /** What the code has just written goes to memory. */
    private void flush() {
        Node node = pending;
        if (node != null) {
            pending = null;
            Node.Edge edge = hook;
            if (edge == null) {
                throw new Inconsistent("a write without a place");
            }
            edge.writes = true;
            edge.after = cells.read(node.cell);
            footprint.note(node, edge);
            memory.set(node.cell, edge.after);
        }
        if (direct >= 0) {
            memory.set(direct, cells.read(direct));
            direct = -1;
        }
    }

    // --- what instrumented code reports -----------------------------------------------------

    @Override
    public void turn() {
        if (mode != Mode.IDLE) {
            count();
        }
    }

    @Override
    public void plainRead(Object object, int field, int site) {
        if (mode == Mode.IDLE) {
            return;
        }
        flush();
        int cell = cells.cell(object, field);
        if (mode == Mode.DIRECT) {
            cells.write(cell, memory.get(cell));
        } else {
            arrive(Node.Kind.ACCESS, cell, Node.READS, site);
        }
    }

    @Override
    public void plainWrite(Object object, int field, int site) {
        if (mode == Mode.IDLE) {
            return;
        }
        flush();
        int cell = cells.cell(object, field);
        if (mode == Mode.DIRECT) {
            direct = cell;
        } else {
            arrive(Node.Kind.ACCESS, cell, Node.WRITES, site);
        }
    }

    @Override
    public void atomicAccess(Object object, int field, int access, int site) {
        if (mode == Mode.IDLE) {
            return;
        }
        flush();
        int cell = cells.cell(object, field);
        if (mode == Mode.DIRECT) {
            cells.write(cell, memory.get(cell));
            direct = (access & Probe.WRITE) != 0 ? cell : -1;
            return;
        }
        int flags = (access & Probe.READ) != 0 ? Node.READS : 0;
        flags |= (access & Probe.WRITE) != 0 ? Node.WRITES : 0;
        arrive(Node.Kind.ACCESS, cell, flags | Node.POINT, site);
    }

    /**
     * Between a write that others may wait for and what comes next they may run: without that, what
     * a core does behind the release of a lock would be done as if under it. If the next is a plain
     * access, its frame has operands; but it is where these frames lead whatever happens meanwhile.
     */
    @Override
    public void wroteWord() {
        if (mode == Mode.EXTEND) {
            flush();
            written();
        }
    }

    private void written() {
        written = true;
        afterWrite = merging ? frames.capture() : null;
    }

    @Override
    public void swappedWord(Object object, int field, int site) {
        Node.Edge edge = hook;
        if (mode == Mode.EXTEND && edge != null) {
            pending = edge.node;
        } else if (mode == Mode.DIRECT) {
            direct = cells.cell(object, field);
        }
    }

    // --- what the machine under the code reports --------------------------------------------

    /** Core that runs the code. */
    int core() {
        return entry.core();
    }

    /** The code is at a place of the machine's; returns what it finds there. */
    long comes(Node.Kind kind, int cell, int flags) {
        flush();
        arrive(kind, cell, flags, 0);
        return wanted;
    }

    /** The code sets a word of the machine. */
    void sets(int cell, long value) {
        flush();
        argument = value;
        arrive(Node.Kind.ACCESS, cell, Node.WRITES | Node.POINT, 0);
        Node.Edge edge = hook;
        if (mode == Mode.EXTEND && edge != null) {
            edge.writes = true;
            edge.after = value;
            footprint.note(edge.node, edge);
            effects.set(cell, value);
            written();
        }
    }

    /** The trap that the core entered the kernel with. */
    Entry entry() {
        return entry;
    }

    /** A record is complete. */
    void records(long[] words) {
        flush();
        record = words;
        arrive(Node.Kind.EVENT, entry.core(), 0, 0);
    }
}
