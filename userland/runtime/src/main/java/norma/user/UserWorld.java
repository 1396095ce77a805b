// Contract: user mode's machine on the JVM; never part of a metal image. Owner: userland/runtime.
package norma.user;

/** The simulated machine under a user thread on the JVM. */
public interface UserWorld {
    /** See {@link Gate#systemCall}. */
    long systemCall(int number, long a, long b, long c, long d, long wordAt);

    /** See {@link Gate#forbidden}; does not return. */
    void forbidden(int what);

    /** See {@link Gate#reach}. */
    long reach(int page, int access, long value);

    /** See {@link Gate#octet}. */
    int octet(long offset);

    /** See {@link Gate#install}. */
    void install(long to, long offset, long bytes);

    /** See {@link Gate#machine}. */
    int machine();

    /** See {@link Gate#begin}. */
    void begin(long entry, long stack, long slot, long argument);

    /** See {@link Gate#relax}. */
    void relax();

    /** See {@link Gate#load}. */
    long load(long offset);

    /** See {@link Gate#loadAcquire}. */
    long loadAcquire(long offset);

    /** See {@link Gate#store}. */
    void store(long offset, long value);

    /** See {@link Gate#storeRelease}. */
    void storeRelease(long offset, long value);

    /** The world of the calling thread; set by the simulated machine. */
    ThreadLocal<UserWorld> CURRENT = new ThreadLocal<>();

    /** The calling thread's world. */
    static UserWorld current() {
        UserWorld world = CURRENT.get();
        if (world == null) {
            throw new IllegalStateException("no simulated machine on this thread");
        }
        return world;
    }
}
