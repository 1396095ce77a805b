// Contract: differential corpus: records that never leave their method. Prints the same on the JVM
// and on every target.
// Owner: arch/aot.
package norma.aot.corpus;

/** Non-escaping records. */
final class LocalRecords {
    record Point(int x, long y) {
        Point {
            assert x >= 0;
        }

        long norm() {
            return x * (long) x + y * y;
        }

        static long both(Point a, Point b) {
            return a.norm() * 31 + b.norm();
        }
    }

    record Named(String name, int value) {}

    private LocalRecords() {}

    private static int length(Named n) {
        return n.name().length() + n.value();
    }

    static void run() {
        long total = 0;
        for (int i = 0; i < 10; i++) {
            Point p = new Point(i, i * 3L);
            Point q = new Point(i + 1, -p.y());
            total += p.norm() + Point.both(p, q);
            if (q instanceof Point(int x, long y)) {
                total += x ^ y;
            }
        }
        Out.line("points", total);
        Named named = new Named("seven", 7);
        Out.line("named", length(named));
        Object o = new Named("x", 1);
        Out.line("type", o instanceof Named ? 1 : o instanceof Point ? 2 : 3);
    }
}
