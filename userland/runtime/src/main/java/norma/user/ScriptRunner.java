// Contract: interprets a program of norma.abi.Op operations.
// Invariant: nothing of the thread lives outside its witness area and its stack.
package norma.user;

import norma.abi.Code;
import norma.abi.Op;
import norma.abi.Shared;
import norma.abi.SystemCall;
import norma.quals.Entry;
import norma.quals.NoAlloc;

/** The program that every user thread runs. */
@NoAlloc
public final class ScriptRunner {
    /** Entry number in the log of an attempt at what is forbidden; its argument says at what. */
    public static final int FORBIDDEN = 0x100;

    /** Entry number in the log of an attempt at a page that the thread may not reach so. */
    public static final int ATTEMPT = 0x101;

    /** The leg of the tour that the thread followed is over. */
    private static final long OVER = -1;

    /** The tour's next operation is another's. */
    private static final long NOT_YET = 0;

    private static final long MULTIPLIER = 0x5851F42D4C957F2DL;

    private ScriptRunner() {}

    /** Entry of user mode: thread slot {@code slot} runs program {@code program}. Never returns. */
    @Entry("norma_user_main")
    public static void main(int slot, int program) {
        long area = Witness.area(slot);
        long code = Gate.load(Shared.OFF_SCRIPTS) + (long) program * Shared.PROGRAM_BYTES;
        long registers = area + Shared.WITNESS_REGISTERS;
        for (int i = 0; i < Op.REGISTERS; i++) {
            Gate.store(registers + 8 * i, 0);
        }
        Gate.store(registers + 8 * 4, slot);
        Witness.begin(area);
        int at = 0;
        while (at >= 0 && at < Shared.PROGRAM_OPS) {
            long op = code + (long) at * Shared.OP_BYTES;
            if (Gate.load(op) == Op.FOLLOW) {
                long turn = turn(area, slot);
                if (turn == OVER || (turn != NOT_YET && step(area, turn, at) < 0)) {
                    at = -1;
                }
            } else {
                at = step(area, op, at);
            }
        }
        Witness.systemCall(area, SystemCall.EXIT, 0, 0, 0, 0);
    }

    /**
     * Offset of the tour's next operation, if it is for this slot. Only the thread that it is for
     * passes it, and each leg counts its own: whoever is late does no harm to the next one.
     */
    private static long turn(long area, int slot) {
        long leg = Gate.load(Gate.load(Shared.OFF_TOUR) + Shared.TOUR_LEG);
        long own = Gate.load(area + Shared.WITNESS_LEG);
        if (leg == 0 || (own != 0 && own != leg)) {
            return OVER;
        }
        if (own == 0) {
            Gate.store(area + Shared.WITNESS_LEG, leg);
        }
        long next = Gate.load(leg + Shared.LEG_AT);
        long op = leg + (next + 1) * Shared.OP_BYTES;
        if (next == Gate.load(leg + Shared.LEG_OPS) || Gate.load(op) >>> Op.SLOT_SHIFT != slot) {
            Gate.relax();
            return NOT_YET;
        }
        Gate.store(leg + Shared.LEG_AT, next + 1);
        return op;
    }

    /**
     * Nobody follows a leg any longer; what is to be known of the next one goes to registers. It
     * begins later, when nobody is left who was late for the last.
     */
    private static void nextLeg(long area, long time, long first, long second) {
        long tour = Gate.load(Shared.OFF_TOUR);
        long leg = Gate.load(tour + Shared.TOUR_NEXT);
        Gate.store(tour + Shared.TOUR_LEG, 0);
        set(area, time, Gate.load(leg + Shared.LEG_TIME));
        set(area, first, Gate.load(leg + Shared.LEG_WORD));
        set(area, second, Gate.load(leg + Shared.LEG_AT));
    }

    private static void restart(long area, long channel) {
        Witness.systemCall(area, SystemCall.RESTART, channel, 0, 0, 0);
        long tour = Gate.load(Shared.OFF_TOUR);
        if (tour != 0 && Gate.load(area + Shared.WITNESS_REGISTERS) == Code.OK) {
            long before = Gate.load(tour + Shared.TOUR_RESTARTED);
            Gate.store(tour + Shared.TOUR_RESTARTED, 1 - before);
        }
    }

    private static void beginLeg() {
        long tour = Gate.load(Shared.OFF_TOUR);
        long leg = Gate.load(tour + Shared.TOUR_NEXT);
        long operations = Gate.load(leg + Shared.LEG_OPS);
        Gate.store(leg + Shared.LEG_AT, 0);
        Gate.store(tour + Shared.TOUR_NEXT, leg + (operations + 1) * Shared.OP_BYTES);
        Gate.store(tour + Shared.TOUR_LEG, leg);
    }

    /** Carries out the operation at {@code op}; returns the index of the next, or -1 at the end. */
    private static int step(long area, long op, int at) {
        int code = (int) Gate.load(op) & Op.CODE_MASK;
        long rawX = Gate.load(op + 8);
        long x = value(area, rawX);
        long y = value(area, Gate.load(op + 16));
        long z = value(area, Gate.load(op + 24));
        switch (code) {
            case Op.SET -> set(area, rawX, y);
            case Op.ADD -> set(area, rawX, x + y);
            case Op.JUMP -> {
                return (int) x;
            }
            case Op.LOOP -> {
                set(area, rawX, x - 1);
                return x - 1 != 0 ? (int) y : at + 1;
            }
            case Op.IF_EQUAL -> {
                return x == y ? (int) z : at + 1;
            }
            case Op.IF_DIFFERENT -> {
                return x != y ? (int) z : at + 1;
            }
            case Op.RANDOM -> set(area, rawX, random(area, y));
            case Op.CALL -> Witness.systemCall(area, SystemCall.CALL, x, y, z, 0);
            case Op.RECEIVE -> Witness.systemCall(area, SystemCall.RECEIVE, x, 0, 0, 0);
            case Op.REPLY -> Witness.systemCall(area, SystemCall.REPLY, x, y, z, 0);
            case Op.CANCEL -> Witness.systemCall(area, SystemCall.CANCEL, x, 0, 0, 0);
            case Op.RESTART -> restart(area, x);
            case Op.SPAWN ->
                    Witness.systemCall(
                            area, SystemCall.SPAWN, x, y & 0xffff, (y >>> 16) & 0xffff, z);
            case Op.SLEEP -> Witness.systemCall(area, SystemCall.SLEEP, x, 0, 0, 0);
            case Op.YIELD -> Witness.systemCall(area, SystemCall.YIELD, 0, 0, 0, 0);
            case Op.SPIN -> {
                for (long i = 0; i < x; i++) {
                    Gate.relax();
                }
            }
            case Op.FORBIDDEN -> {
                long entry = Witness.request(area, FORBIDDEN, x, 0, 0, 0);
                Gate.forbidden((int) x);
                // Nobody comes here, or the log says that it was allowed.
                Witness.answer(area, entry, 0);
            }
            case Op.RAW -> Witness.systemCall(area, (int) x, y, z, 0, 0);
            case Op.MAP -> Witness.systemCall(area, SystemCall.MAP, x, y, z, 0);
            case Op.FORK -> Witness.systemCall(area, SystemCall.FORK, x, y, 0, 0);
            case Op.UNMAP -> Witness.systemCall(area, SystemCall.UNMAP, x, y, 0, 0);
            case Op.PROTECT -> Witness.systemCall(area, SystemCall.PROTECT, x, y, z, 0);
            case Op.TOUCH -> {
                long word = Gate.reach((int) x, (int) y, z);
                Gate.store(area + Shared.WITNESS_REGISTERS + 24, word);
            }
            case Op.ATTEMPT -> attempt(area, (int) x, (int) y, z);
            case Op.EXEC -> Loader.exec(area, y, z, x);
            case Op.NEXT_LEG -> nextLeg(area, rawX, Gate.load(op + 16), Gate.load(op + 24));
            case Op.BEGIN_LEG -> beginLeg();
            case Op.RESTARTED ->
                    set(area, rawX, Gate.load(Gate.load(Shared.OFF_TOUR) + Shared.TOUR_RESTARTED));
            default -> {
                return -1;
            }
        }
        return at + 1;
    }

    /** Nobody comes back from there, or the log says that it was allowed. */
    private static void attempt(long area, int page, int access, long value) {
        long entry = Witness.request(area, ATTEMPT, page, access, 0, 0);
        Gate.store(entry + 48, Gate.reach(page, access, value));
        Witness.answer(area, entry, 0);
    }

    private static long value(long area, long operand) {
        return (operand & ~0xfL) == Op.REGISTER
                ? Gate.load(area + Shared.WITNESS_REGISTERS + 8 * (operand & 0xf))
                : operand;
    }

    private static void set(long area, long operand, long value) {
        Gate.store(area + Shared.WITNESS_REGISTERS + 8 * (operand & 0xf), value);
    }

    /** A linear congruential generator per thread, started from the slot number by the host. */
    private static long random(long area, long bound) {
        long at = area + Shared.WITNESS_SEED;
        long state = Gate.load(at) * MULTIPLIER + 1;
        Gate.store(at, state);
        return bound <= 0 ? 0 : (state >>> 33) % bound;
    }
}
