// Contract: differential corpus: volatile fields and VarHandles. Prints the same on the JVM and on
// every target.
// Owner: arch/aot.
package norma.aot.corpus;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** Atomics. */
final class Atomics {
    private static final VarHandle COUNT;
    private static final VarHandle TOTAL;
    private static final VarHandle OWNER;
    private static final VarHandle SMALL;
    private static final VarHandle FLAG;
    private static final VarHandle LETTER;
    private static final VarHandle SHARED;
    private static final VarHandle INTS = MethodHandles.arrayElementVarHandle(int[].class);
    private static final VarHandle LONGS = MethodHandles.arrayElementVarHandle(long[].class);
    private static final VarHandle NAMES = MethodHandles.arrayElementVarHandle(String[].class);

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            COUNT = lookup.findVarHandle(Atomics.class, "count", int.class);
            TOTAL = lookup.findVarHandle(Atomics.class, "total", long.class);
            OWNER = lookup.findVarHandle(Atomics.class, "owner", String.class);
            SMALL = lookup.findVarHandle(Atomics.class, "small", short.class);
            FLAG = lookup.findVarHandle(Atomics.class, "flag", boolean.class);
            LETTER = lookup.findVarHandle(Atomics.class, "letter", byte.class);
            SHARED = lookup.findStaticVarHandle(Atomics.class, "shared", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private int count = 3;
    private long total;
    private String owner = "nobody";
    private short small;
    private boolean flag;
    private byte letter;
    private volatile int ready;
    private volatile String message;
    private static volatile long clock = 5;
    private static long shared;
    private static final int[] SLOTS = {1, 2, 3};
    private static final long[] WIDE = new long[4];
    private static final String[] STRINGS = {"a", "b"};
    private static final Atomics CELL = new Atomics();

    private Atomics() {}

    static void run() {
        ints();
        longs();
        references();
        narrow();
        arrays();
        Atomics a = CELL;
        a.ready = 7;
        a.message = "published";
        Out.line("volatile", a.ready + a.message.length());
        clock += 37;
        Out.line("clock", clock);
        VarHandle.fullFence();
        VarHandle.acquireFence();
        VarHandle.releaseFence();
        VarHandle.loadLoadFence();
        VarHandle.storeStoreFence();
        Thread.onSpinWait();
    }

    private static void ints() {
        Atomics a = CELL;
        Out.line("getAndAdd", (int) COUNT.getAndAdd(a, 4));
        Out.line("getAndAddAcquire", (int) COUNT.getAndAddAcquire(a, 1));
        Out.line("getAndAddRelease", (int) COUNT.getAndAddRelease(a, 1));
        Out.line("cas", COUNT.compareAndSet(a, 9, 100));
        Out.line("cas fails", COUNT.compareAndSet(a, 9, 200));
        Out.line("exchange", (int) COUNT.compareAndExchange(a, 100, 101));
        Out.line("exchange acquire", (int) COUNT.compareAndExchangeAcquire(a, 100, 102));
        Out.line("exchange release", (int) COUNT.compareAndExchangeRelease(a, 101, 103));
        while (!COUNT.weakCompareAndSet(a, 103, 104)) {
            Thread.onSpinWait();
        }
        while (!COUNT.weakCompareAndSetPlain(a, 104, 105)) {
            Thread.onSpinWait();
        }
        while (!COUNT.weakCompareAndSetAcquire(a, 105, 106)) {
            Thread.onSpinWait();
        }
        while (!COUNT.weakCompareAndSetRelease(a, 106, 0xf0)) {
            Thread.onSpinWait();
        }
        Out.line("or", (int) COUNT.getAndBitwiseOr(a, 0x0f));
        Out.line("and", (int) COUNT.getAndBitwiseAnd(a, 0x3c));
        Out.line("xor", (int) COUNT.getAndBitwiseXor(a, -1));
        Out.line("or acquire", (int) COUNT.getAndBitwiseOrAcquire(a, 1));
        Out.line("and release", (int) COUNT.getAndBitwiseAndRelease(a, 7));
        COUNT.set(a, 1);
        Out.line("get", (int) COUNT.get(a));
        COUNT.setOpaque(a, 2);
        Out.line("opaque", (int) COUNT.getOpaque(a));
        COUNT.setRelease(a, 3);
        Out.line("acquire", (int) COUNT.getAcquire(a));
        COUNT.setVolatile(a, 4);
        Out.line("volatile", (int) COUNT.getVolatile(a));
        Out.line("getAndSet", (int) COUNT.getAndSet(a, Integer.MIN_VALUE));
        Out.line("getAndSetAcquire", (int) COUNT.getAndSetAcquire(a, 6));
        Out.line("getAndSetRelease", (int) COUNT.getAndSetRelease(a, 7));
    }

    private static void longs() {
        Atomics a = CELL;
        Out.line("long add", (long) TOTAL.getAndAdd(a, 1L << 40));
        Out.line("long cas", TOTAL.compareAndSet(a, 1L << 40, -1L));
        Out.line("long or", (long) TOTAL.getAndBitwiseAnd(a, 0xffL << 32));
        Out.line("long", (long) TOTAL.getVolatile(a));
        SHARED.setVolatile(17L);
        Out.line("static add", (long) SHARED.getAndAdd(5L));
        Out.line("static cas", SHARED.compareAndSet(22L, 23L));
        Out.line("static", (long) SHARED.getAcquire());
    }

    private static void references() {
        Atomics a = CELL;
        Out.text((String) OWNER.getAndSet(a, "somebody"));
        Out.line(" cas", OWNER.compareAndSet(a, "somebody", "me"));
        Out.line("cas fails", OWNER.compareAndSet(a, "somebody", null));
        Out.text((String) OWNER.getAcquire(a));
        OWNER.setRelease(a, null);
        Out.line(" null", (String) OWNER.getVolatile(a) == null);
    }

    private static void narrow() {
        Atomics a = CELL;
        Out.line("short", (short) SMALL.getAndAdd(a, (short) 32767));
        Out.line("short wraps", (short) SMALL.getAndAdd(a, (short) 2));
        Out.line("short now", (short) SMALL.getVolatile(a));
        Out.line("byte cas", LETTER.compareAndSet(a, (byte) 0, (byte) -5));
        Out.line("byte cas negative", LETTER.compareAndSet(a, (byte) -5, (byte) 127));
        Out.line("byte", (byte) LETTER.getAndAdd(a, (byte) 1));
        Out.line("byte wraps", (byte) LETTER.getOpaque(a));
        Out.line("flag", FLAG.compareAndSet(a, false, true));
        Out.line("flag now", (boolean) FLAG.getVolatile(a));
    }

    private static void arrays() {
        Out.line("array add", (int) INTS.getAndAdd(SLOTS, 1, 40));
        Out.line("array cas", INTS.compareAndSet(SLOTS, 1, 42, 43));
        INTS.setRelease(SLOTS, 2, 9);
        Out.line("array", (int) INTS.getAcquire(SLOTS, 1) + (int) INTS.getVolatile(SLOTS, 2));
        LONGS.setVolatile(WIDE, 3, Long.MAX_VALUE);
        Out.line("wide", (long) LONGS.getAndAdd(WIDE, 3, 1L));
        Out.line("wide now", WIDE[3]);
        Out.line("names cas", NAMES.compareAndSet(STRINGS, 0, STRINGS[0], STRINGS[1]));
        Out.text((String) NAMES.getVolatile(STRINGS, 0));
        Out.putc('\n');
    }
}
