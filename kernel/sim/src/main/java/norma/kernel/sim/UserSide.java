package norma.kernel.sim;

import java.util.zip.CRC32C;
import norma.abi.Addresses;
import norma.abi.Code;
import norma.abi.Limits;
import norma.abi.Rights;
import norma.abi.SystemCall;
import norma.conformance.check.FaultCauses;
import norma.kernel.hal.Cpu;
import norma.user.Elf;
import norma.user.UserWorld;

/**
 * The machine under a user thread.
 *
 * <p>Schedule points are where a thread can be seen by others or waits: system calls, releases,
 * acquires and spins. Its other loads and stores reach its own witness area only, which is checked
 * for races as one location a slot: whoever carries the thread must have been told in order.
 */
final class UserSide implements UserWorld {
    /** Cause of the fault of a privileged instruction; any number from {@link Cpu#FAULT} on. */
    static final int ILLEGAL = Cpu.FAULT + 2;

    /** A loop of a program that calls nobody passes a point now and then, too. */
    private static final int LOADS_PER_POINT = 64;

    private static final long PROGRAM_COUNTER = 0x1000;

    private final Machine machine;
    private final int witnessSite;
    private int loads;
    private final Object[] witnessAreas = new Object[Limits.THREADS];

    /** Accesses to witness areas are reported as the site with number {@code witnessSite}. */
    UserSide(Machine machine, int witnessSite) {
        this.machine = machine;
        this.witnessSite = witnessSite;
        for (int i = 0; i < witnessAreas.length; i++) {
            witnessAreas[i] = new Object();
        }
    }

    @Override
    public long systemCall(int number, long a, long b, long c, long d, long wordAt) {
        machine.userPoint(false);
        SimCore core = machine.core();
        SimCore.SimThread thread = machine.thread(core);
        machine.guest().call(thread.slot, number, a, b, c, d);
        thread.inCall = true;
        long asked = machine.time();
        core.enter(Cpu.SYSTEM_CALL, PROGRAM_COUNTER);
        machine.pause();
        while (thread.again) {
            callAgain(thread, number, a, b, c, d);
        }
        store(wordAt, thread.word);
        long passed = machine.time() - asked;
        long least = least(number, a, c, SystemCall.code(thread.result));
        if (passed < least) {
            machine.fail(
                    Failure.of(
                            Failure.EARLY,
                            "thread "
                                    + thread.slot
                                    + ", call "
                                    + number
                                    + ": "
                                    + passed
                                    + " ns passed, "
                                    + least
                                    + " asked for"));
            machine.pause();
        }
        return thread.result;
    }

    /** The instruction is executed once more. */
    private void callAgain(SimCore.SimThread thread, int number, long a, long b, long c, long d) {
        machine.userPoint(false);
        machine.guest().call(thread.slot, number, a, b, c, d);
        machine.core().enter(Cpu.SYSTEM_CALL, PROGRAM_COUNTER);
        machine.pause();
    }

    /** The model has no clock: nanoseconds that must pass before a call may end this way. */
    private static long least(int number, long sleep, long timeout, int code) {
        if (number == SystemCall.SLEEP && code == Code.OK) {
            return sleep;
        }
        return number == SystemCall.CALL && code == Code.TIMEOUT ? timeout : 0;
    }

    /**
     * A core uses what it has kept rather than what its tables say now: hardware may, and it is
     * what a flush is for.
     */
    @Override
    public long reach(int page, int access, long value) {
        for (; ; ) {
            machine.userPoint(false);
            SimCore core = machine.core();
            machine.judge(core);
            Translations all = machine.translations();
            int frame = all.byCache(core.index, page, access);
            if (frame < 0) {
                frame = all.byTable(core.index, page, access);
            }
            if (frame >= 0) {
                return use(all, frame, access, value);
            }
            core.faultPage = page;
            core.faultAccess = access;
            core.enter(FaultCauses.ofPage(ILLEGAL, access), PROGRAM_COUNTER);
            machine.pause();
        }
    }

    private static long use(Translations all, int frame, int access, long value) {
        long word = access == Rights.EXECUTE ? 0 : all.contents(frame);
        if (access == Rights.WRITE) {
            all.store(frame, value);
        }
        return word;
    }

    @Override
    public int octet(long offset) {
        return machine.block().octet(offset);
    }

    /** What a page has got of it, one word for all: see {@link Translations}. */
    @Override
    public void install(long to, long offset, long bytes) {
        long done = 0;
        while (done < bytes) {
            long at = to + done - Addresses.WINDOW;
            long part = Math.min(bytes - done, Addresses.PAGE - at % Addresses.PAGE);
            CRC32C sum = new CRC32C();
            for (long i = 0; i < part; i++) {
                sum.update(octet(offset + done + i));
            }
            reach((int) (at / Addresses.PAGE), Rights.WRITE, sum.getValue());
            done += part;
        }
    }

    @Override
    public int machine() {
        return Elf.X86_64;
    }

    /** The machine cannot execute it, but its first instruction and its stack must be there. */
    @Override
    public void begin(long entry, long stack, long slot, long argument) {
        reach((int) ((entry - Addresses.WINDOW) / Addresses.PAGE), Rights.EXECUTE, 0);
        reach((int) ((stack - Addresses.WINDOW) / Addresses.PAGE) - 1, Rights.WRITE, argument);
    }

    @Override
    public void forbidden(int what) {
        // Again, if the thread is to leave its address space first.
        for (; ; ) {
            machine.userPoint(false);
            SimCore core = machine.core();
            core.faultPage = -1;
            core.enter(FaultCauses.of(ILLEGAL, what), PROGRAM_COUNTER);
            machine.pause();
        }
    }

    @Override
    public void relax() {
        machine.userPoint(true);
    }

    @Override
    public long load(long offset) {
        loads++;
        if (loads % LOADS_PER_POINT == 0) {
            machine.userPoint(false);
        }
        access(offset, false);
        return machine.block().load(offset);
    }

    @Override
    public long loadAcquire(long offset) {
        machine.userPoint(false);
        return load(offset);
    }

    @Override
    public void store(long offset, long value) {
        access(offset, true);
        machine.block().store(offset, value);
    }

    @Override
    public void storeRelease(long offset, long value) {
        machine.userPoint(false);
        store(offset, value);
    }

    private void access(long offset, boolean write) {
        int slot = machine.block().witnessOf(offset);
        if (slot < 0) {
            return;
        }
        if (write) {
            machine.accesses().races().write(witnessAreas[slot], 0, witnessSite);
        } else {
            machine.accesses().races().read(witnessAreas[slot], 0, witnessSite);
        }
    }
}
