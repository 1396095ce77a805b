package norma.kernel.sim.mutate;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import norma.kernel.lang.CpuLocal;
import norma.kernel.lang.Recorder;
import norma.kernel.lang.TicketLock;

/** What operators are tried on: a method for each. */
public class Sample {
    private static final VarHandle WORD;

    static {
        try {
            WORD = MethodHandles.lookup().findVarHandle(Sample.class, "word", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private int value = 5;
    private int other;
    int word;
    private final int fixed;

    /** A constructor of which only the first value of {@code value} counts. */
    public Sample() {
        fixed = 7;
    }

    /** For the locks' operators. */
    public static void lock(TicketLock lock, CpuLocal core) {
        lock.acquire(core);
        lock.release(core);
    }

    /** For the recorder's. */
    public static void event(Recorder recorder) {
        recorder.end();
    }

    /** For {@code weaken}. */
    public int add() {
        return (int) WORD.getAndAdd(this, 3);
    }

    /** For {@code weaken}: an update whose result nobody wants. */
    public void count() {
        WORD.getAndAdd(this, 1);
    }

    /** For {@code weaken}. */
    public int look() {
        return (int) WORD.getVolatile(this);
    }

    /** For {@code weaken}. */
    public void publish(int x) {
        WORD.setVolatile(this, x);
    }

    /** For {@code weaken}. */
    public boolean swapWord(int expected) {
        return WORD.compareAndSet(this, expected, 9);
    }

    /** For {@code weaken}. */
    public int wait(int count) {
        return (int) WORD.getAcquire(this) + count;
    }

    /** For {@code swap}: the second statement reads what the first writes. */
    public int inOrder(int x) {
        value = x;
        other = value;
        return other;
    }

    /** For {@code swap}: nobody can tell in which order these happen. */
    public void anyOrder(int x) {
        value = x;
        other = x;
    }

    /** For {@code off-by-one}, and for {@code negate}. */
    public static boolean below(int x, int bound) {
        return x < bound;
    }

    /** For {@code off-by-one}: a step. */
    public static int next(int x) {
        return x + 1;
    }

    /** For {@code constant}. */
    public static int seven() {
        return 7;
    }

    /** For {@code drop-call}. */
    public int called() {
        set(8);
        return value;
    }

    /** For {@code drop-store}. */
    public void set(int x) {
        value = x;
    }

    /** Left out but for its store: it is what an assertion and a throw are made of. */
    public int checked(int x) {
        assert x != 4 : "not four";
        if (x == fixed) {
            throw new IllegalArgumentException("seven");
        }
        return x;
    }
}
