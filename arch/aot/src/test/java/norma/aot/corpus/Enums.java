// Contract: differential corpus: enums and enum switches. Prints the same on the JVM and on every
// target.
// Owner: arch/aot.
package norma.aot.corpus;

/** Enums. */
final class Enums {
    enum State {
        READY,
        RUNNING,
        BLOCKED,
        DEAD
    }

    enum Op {
        ADD(1) {
            @Override
            int apply(int a, int b) {
                return a + b;
            }
        },
        MUL(2) {
            @Override
            int apply(int a, int b) {
                return a * b;
            }
        };

        final int code;

        Op(int code) {
            this.code = code;
        }

        abstract int apply(int a, int b);
    }

    sealed interface Key permits Letter, Digit {}

    enum Letter implements Key {
        A,
        B
    }

    enum Digit implements Key {
        ONE,
        TWO
    }

    private static final State[] STATES = State.values();
    private static final Op[] OPS = {Op.MUL, Op.ADD};
    private static final Key[] KEYS = {Digit.TWO, Letter.A, Letter.B, Digit.ONE};
    private static State current = State.READY;

    private Enums() {}

    private static int classic(State s) {
        switch (s) {
            case READY:
                return 10;
            case RUNNING:
                return 20;
            default:
                return 30;
        }
    }

    private static int modern(State s) {
        return switch (s) {
            case READY, DEAD -> 1;
            case RUNNING -> 2;
            case BLOCKED -> 3;
        };
    }

    private static int guarded(State s, int limit) {
        return switch (s) {
            case READY -> 1;
            case State x when x.ordinal() > limit -> 50 + x.ordinal();
            case State x -> x.ordinal();
        };
    }

    private static int nullable(State s) {
        return switch (s) {
            case null -> -1;
            case READY -> 0;
            default -> 1;
        };
    }

    private static int key(Key k) {
        return switch (k) {
            case Letter.A -> 1;
            case Letter.B -> 2;
            case Digit.ONE -> 3;
            case Digit.TWO -> 4;
        };
    }

    static void run() {
        for (State s : STATES) {
            Out.text(s.name());
            Out.line(" ordinal", s.ordinal());
            Out.line("classic", classic(s));
            Out.line("modern", modern(s));
            Out.line("guarded", guarded(s, 1));
            Out.line("nullable", nullable(s));
            current = s;
            Out.line("identity", current == State.RUNNING);
        }
        Out.line("null", nullable(null));
        for (Op op : OPS) {
            Out.line("apply", op.apply(6, 7) + op.code);
        }
        for (Key k : KEYS) {
            Out.line("key", key(k));
        }
    }
}
