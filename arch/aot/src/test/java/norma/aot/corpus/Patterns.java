// Contract: differential corpus: sealed types, records and pattern switches. Prints the same on the
// JVM and on every target.
// Owner: arch/aot.
package norma.aot.corpus;

/** Patterns. */
final class Patterns {
    sealed interface Shape permits Circle, Square, Pair, Nothing {}

    record Circle(int radius) implements Shape {}

    record Square(long side, boolean filled) implements Shape {}

    record Pair(Shape left, Shape right) implements Shape {}

    enum Nothing implements Shape {
        NOTHING
    }

    record Box<T>(T value, int weight) {}

    private static final Shape[] SHAPES = {
        new Circle(3),
        new Square(4, true),
        new Square(5, false),
        new Pair(new Circle(1), new Square(2, true)),
        new Pair(Nothing.NOTHING, new Circle(9)),
        Nothing.NOTHING,
    };
    private static final Object[] ANYTHING = {"text", new Box<>("in", 4), new int[] {8}, SHAPES[0]};
    private static final Box<Shape> BOXED = new Box<>(new Circle(77), 5);

    private Patterns() {}

    private static long area(Shape s) {
        return switch (s) {
            case Circle(int r) when r > 2 -> 300L + r;
            case Circle c -> c.radius();
            case Square(long side, boolean filled) -> filled ? side * side : side;
            case Pair(Circle(int r), Square(long side, var f)) -> r * 1000 + side + (f ? 1 : 0);
            case Pair p -> p.left() == Nothing.NOTHING ? -2 : -3;
            case Nothing n -> n.ordinal();
        };
    }

    private static int kind(Object o) {
        return switch (o) {
            case null -> 0;
            case String s when s.length() > 10 -> 1;
            case String s -> s.length();
            case Box<?>(var v, int w) when v instanceof String s -> s.length() * 100 + w;
            case int[] a -> a[0];
            case Shape s -> 99;
            default -> -1;
        };
    }

    static void run() {
        for (Shape s : SHAPES) {
            Out.line("area", area(s));
            if (s instanceof Square(long side, boolean filled) && filled) {
                Out.line("filled", side);
            }
        }
        for (Object o : ANYTHING) {
            Out.line("kind", kind(o));
        }
        Out.line("null", kind(null));
        Shape boxed = BOXED.value();
        Out.line("boxed", boxed instanceof Circle c ? c.radius() : 0);
    }
}
