// Contract: differential corpus: generics, bridges, inner classes, casts. Prints the same on the
// JVM and on every target.
// Owner: arch/aot.
package norma.aot.corpus;

/** Generics and nested classes. */
final class Generics {
    interface Source<T> {
        T take(int i);
    }

    static final class Words implements Source<String> {
        private final String[] words = {"alpha", "beta"};

        @Override
        public String take(int i) {
            return words[i & 1];
        }
    }

    static final class Numbers implements Source<Numbers.Cell> {
        static final class Cell implements Comparable<Cell> {
            int value;

            @Override
            public int compareTo(Cell other) {
                return Integer.compare(value, other.value);
            }
        }

        private final Cell[] cells = {new Cell(), new Cell()};

        @Override
        public Cell take(int i) {
            return cells[i % 2];
        }
    }

    final class Inner {
        private final int own;

        Inner(int own) {
            this.own = own;
        }

        int sum() {
            return own + base;
        }
    }

    static final class Stack<T> {
        private final Object[] items = new Object[4];
        private int size;

        void push(T item) {
            items[size++] = item;
        }

        @SuppressWarnings("unchecked")
        T pop() {
            T item = (T) items[--size];
            items[size] = null;
            return item;
        }
    }

    private final int base;
    private final Inner inner;
    private static final Generics OUTER = new Generics(40);
    private static final Source<String> WORDS = new Words();
    private static final Source<?>[] SOURCES = {WORDS, new Numbers()};
    private static final Numbers NUMBERS = new Numbers();
    private static final Stack<String> STACK = new Stack<>();
    private static final Source<String> ANONYMOUS =
            new Source<>() {
                @Override
                public String take(int i) {
                    return i == 0 ? "zero" : "more";
                }
            };

    private Generics(int base) {
        this.base = base;
        this.inner = new Inner(2);
    }

    private static <T extends Comparable<T>> T larger(T a, T b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    private static int all(Source<String> s) {
        return s.take(0).length() * 10 + s.take(1).length();
    }

    static void run() {
        Out.line("words", all(WORDS));
        Out.line("anonymous", all(ANONYMOUS));
        Out.line("inner", OUTER.inner.sum());
        Numbers.Cell a = NUMBERS.take(0);
        Numbers.Cell b = NUMBERS.take(1);
        a.value = 5;
        b.value = 9;
        Out.line("larger", larger(a, b).value);
        STACK.push("one");
        STACK.push("three");
        Out.line("pop", STACK.pop().length() * 10L + STACK.pop().length());
        for (Source<?> s : SOURCES) {
            Object o = s.take(1);
            Out.line("string", o instanceof String text ? text.length() : -1);
        }
    }
}
