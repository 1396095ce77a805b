package norma.kernel.sim.explore;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A place in the life of one kernel entry: all that the core has read since it entered, and what it
 * does next. Nodes of one entry form a tree; an edge is what the access found, so the tree is the
 * kernel's code as far as it has been seen.
 */
final class Node {
    /** What a core does at a node. */
    enum Kind {
        /** An access to a cell. */
        ACCESS,
        /** A spin hint. */
        RELAX,
        /** Waits for an interrupt; edges are causes. */
        WAIT,
        /** Starts core {@code cell}. */
        START,
        /** A record of the flight recorder is complete. */
        EVENT,
        /** Back to user mode: thread {@code cell}. */
        LEAVE,
        /** The machine is switched off; {@code cell} is 0 if that is fine. */
        OFF,
        /** The code threw; {@link #failure} says what. */
        BROKEN
    }

    /** How an access uses its cell: bits. */
    static final int READS = 1;

    static final int WRITES = 2;

    /** An atomic access: other cores may run before it. */
    static final int POINT = 4;

    /** A plain access that other cores may run before: the first after an atomic write. */
    static final int AFTER_WRITE = 8;

    final int id;
    final Kind kind;
    final int cell;
    final int flags;
    final int site;

    /** The edge that leads here, or null at the root of an entry. */
    final @Nullable Edge from;

    final Entry entry;
    private @Nullable Edge edges;

    /** Of a write of a word of the machine: to what. */
    long argument;

    /** Of an event: the record's words. */
    long @Nullable [] words;

    /** Of an event: its number among the different ones. */
    int event;

    @Nullable String failure;

    /** A run of the code that waits here, or null. */
    @Nullable Trial waiting;

    /** Of a spin hint: where the loop begins that has changed nothing. */
    @Nullable Node loop;

    /** What an access found, and what comes then. */
    static final class Edge {
        final Node node;
        final long key;

        /** Does the access write, and what? */
        boolean writes;

        long after;
        @Nullable Node next;
        private @Nullable Edge sibling;

        Edge(Node node, long key) {
            this.node = node;
            this.key = key;
        }
    }

    Node(int id, Kind kind, int cell, int flags, int site, @Nullable Edge from, Entry entry) {
        this.id = id;
        this.kind = kind;
        this.cell = cell;
        this.flags = flags;
        this.site = site;
        this.from = from;
        this.entry = entry;
    }

    /** Kind of an event's record. */
    int eventKind() {
        return words == null ? 0 : (int) (words[0] & 0xff);
    }

    boolean reads() {
        return (flags & READS) != 0;
    }

    boolean writes() {
        return (flags & WRITES) != 0;
    }

    /** Is the access atomic? */
    boolean point() {
        return (flags & POINT) != 0;
    }

    /** May other cores run before this? */
    boolean stops() {
        return (flags & (POINT | AFTER_WRITE)) != 0;
    }

    @Nullable Edge edge(long key) {
        Edge edge = edges;
        while (edge != null && edge.key != key) {
            edge = edge.sibling;
        }
        return edge;
    }

    Edge add(long key) {
        Edge edge = new Edge(this, key);
        edge.sibling = edges;
        edges = edge;
        return edge;
    }

    /** From the entry's root to here. */
    List<Node> path() {
        List<Node> path = new ArrayList<>();
        Node at = this;
        while (at != null) {
            path.add(at);
            Edge edge = at.from;
            at = edge == null ? null : edge.node;
        }
        return path.reversed();
    }

    /**
     * Of a spin hint: where a loop begins that has changed nothing since: the earliest schedule
     * point after the last node that did something.
     */
    @Nullable Node head() {
        Node head = null;
        Edge edge = from;
        while (edge != null
                && edge.node.kind == Kind.ACCESS
                && !edge.writes
                && !edge.node.writes()) {
            head = edge.node.point() ? edge.node : head;
            edge = edge.node.from;
        }
        return head;
    }
}
