// Contract: what user mode can do: compute, reach the block shared with the host, enter the kernel.
// Owner: userland/runtime; metal side: arch/native/<arch>/hal.h.
package norma.user;

import norma.quals.Intrinsic;
import norma.quals.NoAlloc;

/**
 * The machine as user mode sees it. Offsets are relative to the shared block (norma.abi.Shared).
 */
@NoAlloc
public final class Gate {
    private Gate() {}

    /**
     * Enters the kernel with call {@code number}; returns the packed result (norma.abi.SystemCall)
     * and stores the message word at offset {@code wordAt}.
     */
    @Intrinsic("norma_system_call")
    public static long systemCall(int number, long a, long b, long c, long d, long wordAt) {
        return UserWorld.current().systemCall(number, a, b, c, d, wordAt);
    }

    /** Does what user mode may not ({@link norma.abi.Forbidden}): the thread faults. */
    @Intrinsic("norma_forbidden")
    public static void forbidden(int what) {
        UserWorld.current().forbidden(what);
    }

    /**
     * Reaches a page of the thread's address space, as {@code access} says (norma.abi.Rights):
     * loads the word that was stored there last, stores {@code value} in its place and an
     * instruction that returns, or jumps to that instruction. Returns the word that was there, or
     * 0. The thread faults if it may not.
     */
    @Intrinsic("norma_reach")
    public static long reach(int page, int access, long value) {
        return UserWorld.current().reach(page, access, value);
    }

    /** The byte of the archive of programs at an offset that is below its size, 0 to 255. */
    @Intrinsic("norma_octet")
    public static int octet(long offset) {
        return UserWorld.current().octet(offset);
    }

    /** Copies bytes of the archive, from an offset on, to an address of the process's own pages. */
    @Intrinsic("norma_install")
    public static void install(long to, long offset, long bytes) {
        UserWorld.current().install(to, offset, bytes);
    }

    /** The machine that programs are for ({@link Elf}). */
    @Intrinsic("norma_user_machine")
    public static int machine() {
        return UserWorld.current().machine();
    }

    /**
     * Goes to a program that has just been installed: what was stored is what is executed. Never
     * returns; on the JVM, where no such program can run, the thread may only end.
     */
    @Intrinsic("norma_begin")
    public static void begin(long entry, long stack, long slot, long argument) {
        UserWorld.current().begin(entry, stack, slot, argument);
    }

    /** A spin-loop hint. */
    @Intrinsic("norma_user_relax")
    public static void relax() {
        UserWorld.current().relax();
    }

    /** Loads a word. */
    @Intrinsic("norma_load")
    public static long load(long offset) {
        return UserWorld.current().load(offset);
    }

    /** Loads a word, acquire. */
    @Intrinsic("norma_load_acquire")
    public static long loadAcquire(long offset) {
        return UserWorld.current().loadAcquire(offset);
    }

    /** Stores a word. */
    @Intrinsic("norma_store")
    public static void store(long offset, long value) {
        UserWorld.current().store(offset, value);
    }

    /** Stores a word, release. */
    @Intrinsic("norma_store_release")
    public static void storeRelease(long offset, long value) {
        UserWorld.current().storeRelease(offset, value);
    }
}
