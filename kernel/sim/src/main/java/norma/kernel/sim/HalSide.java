package norma.kernel.sim;

import norma.abi.Shared;
import norma.kernel.hal.World;

/**
 * The machine under the kernel: every call is a schedule point, but for the console and for plain
 * accesses to the shared block, which are to the constants of boot and to the core's own ring (a
 * write to another core's is a failure).
 */
final class HalSide implements World {
    private static final int CONSOLE_LIMIT = 4_096;

    private final Machine machine;
    private final StringBuilder console = new StringBuilder();

    HalSide(Machine machine) {
        this.machine = machine;
    }

    @Override
    public void relax() {
        machine.point(true);
    }

    @Override
    public int waitForInterrupt() {
        machine.point(false);
        SimCore core = machine.core();
        core.halted = true;
        while (!core.pending(machine.time())) {
            machine.point(true);
        }
        core.halted = false;
        return machine.takeInterrupt(core);
    }

    @Override
    public void startCore(int core) {
        machine.point(false);
        machine.accesses().starts(core);
        machine.begin(machine.core(core));
    }

    @Override
    public void sendIpi(int core) {
        machine.point(false);
        machine.accesses().sends(core);
        machine.core(core).sendIpi();
    }

    @Override
    public long now() {
        machine.point(false);
        return machine.time();
    }

    @Override
    public void arm(long deadline) {
        machine.point(false);
        if (deadline < 0) {
            machine.fail(Failure.of(Failure.MACHINE, "a timer is set to " + deadline + " ns"));
            machine.pause();
        }
        machine.core().timer = deadline;
    }

    @Override
    public void put(int character) {
        if (console.length() < CONSOLE_LIMIT) {
            console.append((char) character);
        }
    }

    @Override
    public long load(long offset) {
        return machine.accesses().load(offset, false);
    }

    @Override
    public long loadAcquire(long offset) {
        machine.point(false);
        return machine.accesses().load(offset, true);
    }

    @Override
    public void store(long offset, long value) {
        store(offset, value, false);
    }

    private void store(long offset, long value, boolean release) {
        int ring = machine.block().ringOf(offset);
        int current = machine.core().index;
        if (ring >= 0 && ring != current) {
            machine.fail(
                    Failure.of(
                            Failure.RACE, "core " + current + " writes the ring of core " + ring));
            machine.pause();
        }
        machine.accesses().store(offset, value, release);
    }

    @Override
    public void storeRelease(long offset, long value) {
        machine.point(false);
        store(offset, value, true);
        if (machine.block().ringHead(offset)) {
            machine.recorded();
        }
    }

    @Override
    public void makeTables(int space) {
        machine.point(false);
    }

    @Override
    public void loadTables(int space) {
        machine.point(false);
        machine.translations().load(machine.core().index, space);
    }

    @Override
    public void flush() {
        machine.point(false);
        machine.translations().flush(machine.core().index);
    }

    @Override
    public void enterPage(int space, int page, long frame, int rights) {
        machine.point(false);
        machine.translations().enter(space, page, frame, rights);
    }

    @Override
    public void clearFrame(long frame) {
        machine.translations().clear(frame);
    }

    @Override
    public void copyFrame(long from, long to) {
        machine.translations().copy(from, to);
    }

    @Override
    public int faultPage() {
        return machine.core().faultPage;
    }

    @Override
    public int faultAccess(int cause) {
        return machine.core().faultAccess;
    }

    @Override
    public void powerOff(int status) {
        long state = machine.block().load(Shared.OFF_STATE);
        boolean clean = status == 0 && state == Shared.FINISHED;
        if (!clean) {
            machine.fail(
                    Failure.of(
                            Failure.PANICKED,
                            "powered off, status " + status + " state " + state + ": " + console));
        }
        machine.end(clean);
    }
}
