// Contract: differential corpus: state made by static initialisers. Prints the same on the JVM and
// on every target.
// Owner: arch/aot.
package norma.aot.corpus;

/** Static state and object graphs. */
final class Statics {
    static class Node {
        Node next;
        Node previous;
        final int value;
        protected int tag = 1;

        Node(int value) {
            this.value = value;
        }

        int baseTag() {
            return tag;
        }
    }

    static final class Special extends Node {
        protected int tag = 2;
        private final long wide;
        private byte tail = 3;

        Special(int value, long wide) {
            super(value);
            this.wide = wide;
        }

        long sum() {
            return tag * 1000L + super.tag * 100L + wide + tail;
        }
    }

    static final class Limits {
        static final int ENTRIES = Integer.parseInt("64");
        static final boolean WIDE = ENTRIES > 32;
        static final long MASK = (1L << ENTRIES - 1) - 1;

        private Limits() {}
    }

    private static final Node RING = ring();
    private static final Special SPECIAL = new Special(8, 1L << 33);
    private static Node cursor = RING;
    private static int calls;
    private static Node never;

    private Statics() {}

    private static Node ring() {
        Node first = new Node(0);
        Node last = first;
        for (int i = 1; i < 5; i++) {
            Node node = i == 3 ? new Special(i, 30) : new Node(i);
            last.next = node;
            node.previous = last;
            last = node;
        }
        last.next = first;
        first.previous = last;
        return first;
    }

    private static int count() {
        calls++;
        return calls;
    }

    static void run() {
        for (int i = 0; i < 7; i++) {
            Out.line("node", cursor.value * 10L + cursor.baseTag());
            if (cursor instanceof Special s) {
                Out.line("special", s.sum());
            }
            cursor = i < 5 ? cursor.next : cursor.previous;
        }
        SPECIAL.tail += 5;
        SPECIAL.tag *= 7;
        Out.line("special", SPECIAL.sum());
        Out.line("limits", Limits.ENTRIES);
        Out.line("mask", Limits.MASK);
        if (Limits.WIDE) {
            Out.line("wide", 1);
        }
        Out.line("calls", count() + count() * 10L);
        Out.line("never", never == null);
        assert calls == 2 : "the assertion holds";
    }
}
