package norma.kernel.sim.mutate;

import norma.kernel.sim.port.Bench;
import norma.kernel.sim.race.Probe;

/** Ends code of the kernel that goes round for ever: then no access of it is looked at. */
final class Patience implements Probe {
    /** More turns of loops than a contract has in a kernel that keeps it. */
    private static final int TURNS = 5_000_000;

    private int turns;

    @Override
    public void turn() {
        turns++;
        if (turns > TURNS) {
            throw new Bench.Stopped("goes round for ever");
        }
    }

    @Override
    public void plainRead(Object object, int field, int site) {}

    @Override
    public void plainWrite(Object object, int field, int site) {}

    @Override
    public void atomicAccess(Object object, int field, int mode, int site) {}

    @Override
    public void swappedWord(Object object, int field, int site) {}
}
