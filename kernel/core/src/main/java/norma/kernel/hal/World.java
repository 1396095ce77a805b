// Contract: what the kernel needs of a machine, as the JVM sees it. Never part of a metal image:
// there every method of Cpu, Clock, Console, Memory, Physical, Tables and Power is an intrinsic of
// arch/native/<arch>/hal.h. Owner: kernel/core.
package norma.kernel.hal;

import org.checkerframework.checker.nullness.qual.Nullable;

/** The simulated machine under the kernel on the JVM. */
public interface World {
    /** A spin-loop hint: another core may run. */
    void relax();

    /** Waits, interrupts masked, until one is pending; returns its cause. */
    int waitForInterrupt();

    /** Starts the core of that index; it enters the kernel through its boot entry. */
    void startCore(int core);

    /** Raises an inter-processor interrupt. */
    void sendIpi(int core);

    /** Nanoseconds since boot. */
    long now();

    /** Asks for a timer interrupt on this core at the given time, replacing the last request. */
    void arm(long deadline);

    /** Writes a byte to the console. */
    void put(int character);

    /** Reads a word of the shared block. */
    long load(long offset);

    /** Reads a word of the shared block, acquire. */
    long loadAcquire(long offset);

    /** Writes a word of the shared block. */
    void store(long offset, long value);

    /** Writes a word of the shared block, release. */
    void storeRelease(long offset, long value);

    /** First physical address that cannot be read; a machine without firmware has none to read. */
    default long physicalReach() {
        return 0;
    }

    /** Reads a byte of physical memory. */
    default int physicalByte(long at) {
        throw new IllegalStateException("no firmware in this machine");
    }

    /** Makes RAM accessible to the kernel. */
    default void mapRam(long from, long to) {
        throw new IllegalStateException("no RAM in this machine but the shared block");
    }

    /** See {@link Physical#mapPrograms}. */
    default void mapPrograms(long from, long bytes) {
        throw new IllegalStateException("no archive of programs in this machine");
    }

    /** See {@link Tables#make}. */
    default void makeTables(int space) {
        throw new IllegalStateException("no address spaces in this machine");
    }

    /** See {@link Tables#load}. */
    default void loadTables(int space) {
        throw new IllegalStateException("no address spaces in this machine");
    }

    /** See {@link Tables#flush}. */
    default void flush() {
        throw new IllegalStateException("no address spaces in this machine");
    }

    /** See {@link Tables#enter}. */
    default void enterPage(int space, int page, long frame, int rights) {
        throw new IllegalStateException("no address spaces in this machine");
    }

    /** See {@link Tables#clear}. */
    default void clearFrame(long frame) {
        throw new IllegalStateException("no address spaces in this machine");
    }

    /** See {@link Tables#copy}. */
    default void copyFrame(long from, long to) {
        throw new IllegalStateException("no address spaces in this machine");
    }

    /** See {@link Tables#faultPage}. */
    default int faultPage() {
        return -1;
    }

    /** See {@link Tables#faultAccess}. */
    default int faultAccess(int cause) {
        return 0;
    }

    /** Ends the machine; does not return. */
    void powerOff(int status);

    /** The world of the calling thread; set by the simulated machine. */
    ThreadLocal<@Nullable World> CURRENT = new ThreadLocal<>();

    /** The calling thread's world. */
    static World current() {
        World world = CURRENT.get();
        if (world == null) {
            throw new IllegalStateException("no simulated machine on this thread");
        }
        return world;
    }
}
