// Contract: a thread's witness log: what was asked of the kernel and what came back, recorded by
// user mode itself. Owner: userland/runtime; layout: norma.abi.Shared.
// Invariants: a request is published (head odd) before the kernel sees it, its answer (head even)
// before the next.
package norma.user;

import norma.abi.Shared;
import norma.abi.SystemCall;
import norma.quals.NoAlloc;

/** System calls with a witness; {@code area} is the offset of the thread's own. */
@NoAlloc
final class Witness {
    private Witness() {}

    /** Offset of the witness area of a thread slot. */
    static long area(int slot) {
        long entries = Gate.load(Shared.OFF_WITNESS_ENTRIES);
        return Gate.load(Shared.OFF_WITNESS) + slot * Shared.witnessStride(entries);
    }

    /** The thread slot of a witness area. */
    static long slot(long area) {
        long entries = Gate.load(Shared.OFF_WITNESS_ENTRIES);
        return (area - Gate.load(Shared.OFF_WITNESS)) / Shared.witnessStride(entries);
    }

    /** Writes a register of the thread's script. */
    static void set(long area, int register, long value) {
        Gate.store(area + Shared.WITNESS_REGISTERS + 8L * register, value);
    }

    /** The slot's last thread may have ended inside a call: its entry stays without an answer. */
    static void begin(long area) {
        long head = Gate.load(area + Shared.WITNESS_HEAD);
        if ((head & 1) != 0) {
            Gate.storeRelease(area + Shared.WITNESS_HEAD, head + 1);
        }
        Gate.store(area + Shared.WITNESS_LEG, 0);
    }

    /** Calls the kernel; the answer is in registers 0 to 3, its code is returned. */
    static int systemCall(long area, int number, long a, long b, long c, long d) {
        long entry = request(area, number, a, b, c, d);
        long result = Gate.systemCall(number, a, b, c, d, entry + 48);
        answer(area, entry, result);
        set(area, 0, SystemCall.code(result));
        set(area, 1, SystemCall.tag(result));
        set(area, 2, SystemCall.caller(result));
        set(area, 3, Gate.load(entry + 48));
        return SystemCall.code(result);
    }

    /** The answer to the last request. */
    static void answer(long area, long entry, long result) {
        Gate.store(entry + 40, result);
        Gate.storeRelease(area + Shared.WITNESS_HEAD, Gate.load(area + Shared.WITNESS_HEAD) + 1);
    }

    /** Logs a request and publishes it; returns the entry's offset. Waits while the log is full. */
    static long request(long area, int number, long a, long b, long c, long d) {
        long entries = Gate.load(Shared.OFF_WITNESS_ENTRIES);
        long head = Gate.load(area + Shared.WITNESS_HEAD);
        if ((Gate.load(Shared.OFF_FLAGS) & (Shared.WHOLE_RUN | Shared.OVERWRITE)) == 0) {
            while ((head >>> 1) - Gate.loadAcquire(area + Shared.WITNESS_TAIL) >= entries) {
                Gate.relax();
            }
        }
        long entry =
                area
                        + Shared.WITNESS_ENTRIES
                        + ((head >>> 1) & (entries - 1)) * Shared.WITNESS_BYTES;
        Gate.store(entry, number);
        Gate.store(entry + 8, a);
        Gate.store(entry + 16, b);
        Gate.store(entry + 24, c);
        Gate.store(entry + 32, d);
        Gate.store(entry + 40, -1);
        Gate.store(entry + 48, 0);
        Gate.store(entry + 56, head >>> 1);
        Gate.storeRelease(area + Shared.WITNESS_HEAD, head + 1);
        return entry;
    }
}
