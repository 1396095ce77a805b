package norma.kernel.sim;

import norma.abi.Shared;
import norma.kernel.sim.race.Probe;
import norma.kernel.sim.race.RaceDetector;
import norma.kernel.sim.race.WeakMemory;
import org.jspecify.annotations.Nullable;

/**
 * What the cores of a {@link Machine} do to memory, and who must have seen it: watched for races,
 * and, on weak memory, answered with what a core may find.
 */
final class Accesses implements Probe {
    /** Plain reads and loops between two points that no code of the kernel needs. */
    private static final int ACCESS_LIMIT = 100_000;

    private final Machine machine;
    private final Block block;
    private final RaceDetector races;

    /** Memory that cores do not agree on, and the block shared with the host there; or null. */
    private final @Nullable WeakMemory weak;

    private final @Nullable SharedWords shared;

    /** Plain reads and loops since the last schedule point. */
    private int since;

    /**
     * Accesses of kernel and host to the shared block are reported as {@code site} and the next.
     */
    Accesses(Machine machine, RaceDetector races, @Nullable WeakMemory weak, int site) {
        this.machine = machine;
        this.races = races;
        this.weak = weak;
        block = machine.block();
        shared = weak == null ? null : new SharedWords(block, weak, races, site, site + 1);
    }

    RaceDetector races() {
        return races;
    }

    /** The block on weak memory, or null. */
    @Nullable SharedWords shared() {
        return shared;
    }

    /** A schedule point. */
    void point() {
        since = 0;
    }

    /** What happens from here on, the host does. */
    void beHost() {
        races.runs(block.cores());
        if (weak != null) {
            weak.runs(block.cores(), machine.steps());
        }
    }

    /** What happens from here on, the core that executes does. */
    void beCore() {
        races.runs(machine.core().index);
        if (weak != null) {
            weak.runs(machine.core().index, machine.steps());
        }
    }

    /** This core starts another: all it did is before that, by the calls that start it. */
    void starts(int core) {
        races.start(core);
        if (weak != null) {
            weak.runs(machine.core().index, machine.steps());
            weak.start(core);
        }
    }

    /**
     * This core sends an IPI. On weak memory that orders nothing, as in the code that does it:
     * {@code norma_send_ipi} is an ecall on riscv64 and two stores to the interrupt controller on
     * x86_64, without a fence, and taking one is a trap or the end of a wait, without a fence
     * either. That the IPI comes no earlier than the volatile write before it is assumed. A timer
     * and a leap of time order nothing anyway.
     */
    void sends(int core) {
        if (weak == null) {
            races.send(core);
        }
    }

    /** This core takes an IPI. */
    void receives() {
        if (weak == null) {
            races.receive();
        }
    }

    @Override
    public void turn() {
        since++;
        if (since > ACCESS_LIMIT) {
            throw new IllegalStateException("a loop without a schedule point");
        }
    }

    @Override
    public void plainRead(Object object, int field, int site) {
        turn();
        races.read(object, field, site);
    }

    @Override
    public void plainWrite(Object object, int field, int site) {
        races.write(object, field, site);
    }

    /** The kernel reads a word of the shared block. */
    long load(long offset, boolean acquire) {
        beCore();
        return shared == null ? block.load(offset) : shared.read(offset, acquire);
    }

    /** The kernel writes a word of the shared block. */
    void store(long offset, long value, boolean release) {
        if (shared == null) {
            block.store(offset, value);
            return;
        }
        beCore();
        shared.write(offset, value, release);
        if (offset == Shared.OFF_STATE) {
            hostLooks();
        }
    }

    /** The host finds that the state has changed. */
    void hostLooks() {
        if (shared == null) {
            return;
        }
        beHost();
        String wrong = shared.hostLooks();
        beCore();
        if (wrong != null) {
            machine.fail(Failure.of(Failure.RACE, wrong));
            machine.pause();
        }
    }

    @Override
    public void atomicAccess(Object object, int field, int mode, int site) {
        machine.point(false);
        if (weak == null) {
            races.atomic(object, field, mode, site);
        }
    }

    @Override
    public void swappedWord(Object object, int field, int site) {
        if (weak == null) {
            races.swapped(object, field, site);
        }
    }

    @Override
    public void holdsWord(long value, Object object, int field) {
        if (weak != null) {
            weak.runs(machine.core().index, machine.steps());
            weak.holds(object, field, value);
        }
    }

    @Override
    public long sawWord(long value, Object object, int field, int mode, int site) {
        if (weak == null) {
            return value;
        }
        WeakMemory.Found found = weak.read(object, field, mode);
        races.atomic(object, field, mode, site, found.clock());
        return found.value();
    }

    @Override
    public long leftWord(long value, Object object, int field, int mode, int site) {
        if (weak == null) {
            return value;
        }
        // A plain write has been reported as one.
        int[] clock = mode == 0 ? null : races.atomic(object, field, mode, site, null);
        return weak.write(object, field, mode, value, clock);
    }

    @Override
    public void updatedWord(long value, Object object, int field, int mode, int site) {
        if (weak == null) {
            return;
        }
        WeakMemory.Found found = weak.readNewest(object, field, mode);
        int[] clock = races.atomic(object, field, mode, site, found.clock());
        if ((mode & Probe.WRITE) != 0) {
            weak.update(object, field, mode, value, clock);
        }
    }
}
