package norma.kernel.sim.explore;

import norma.abi.Shared;
import norma.kernel.hal.World;
import norma.kernel.sim.Block;

/** The machine under code that is being learned: every call is a place of it. */
final class CodeWorld implements World {
    private final Code code;
    private final Layout layout;
    private final Block block;

    /**
     * Where the last record was begun: what the head says of it may not be kept. Between the first
     * word of a record and the head that completes it no other core runs.
     */
    private long written;

    CodeWorld(Code code, Layout layout, Block block) {
        this.code = code;
        this.layout = layout;
        this.block = block;
    }

    @Override
    public void relax() {
        code.comes(Node.Kind.RELAX, 0, Node.POINT);
    }

    @Override
    public int waitForInterrupt() {
        return (int) code.comes(Node.Kind.WAIT, 0, Node.POINT);
    }

    @Override
    public void startCore(int core) {
        code.comes(Node.Kind.START, core, Node.POINT);
    }

    @Override
    public void sendIpi(int core) {
        code.sets(layout.ipi(core), 1);
    }

    @Override
    public void arm(long deadline) {
        code.sets(layout.timer(code.core()), deadline);
    }

    @Override
    public long now() {
        return code.comes(Node.Kind.ACCESS, layout.time, Node.READS | Node.POINT);
    }

    @Override
    public void put(int character) {
        // The console is no part of the state.
    }

    @Override
    public long load(long offset) {
        return block.load(offset);
    }

    @Override
    public long loadAcquire(long offset) {
        return block.load(offset);
    }

    @Override
    public void store(long offset, long value) {
        block.store(offset, value);
        if (block.recordAt(offset)) {
            written = offset;
        }
    }

    @Override
    public void storeRelease(long offset, long value) {
        block.store(offset, value);
        if (block.ringHead(offset)) {
            code.records(block.record(written));
        }
    }

    @Override
    public void makeTables(int space) {
        // They are there.
    }

    @Override
    public void loadTables(int space) {
        code.sets(layout.tables, TableOperation.load(code.core(), space));
    }

    @Override
    public void flush() {
        code.sets(layout.tables, TableOperation.flush(code.core()));
    }

    @Override
    public void enterPage(int space, int page, long frame, int rights) {
        code.sets(layout.tables, TableOperation.enter(space, page, frame, rights));
    }

    @Override
    public void clearFrame(long frame) {
        code.sets(layout.tables, TableOperation.clear(frame));
    }

    @Override
    public void copyFrame(long from, long to) {
        code.sets(layout.tables, TableOperation.copy(from, to));
    }

    @Override
    public int faultPage() {
        return code.entry().faultPage();
    }

    @Override
    public int faultAccess(int cause) {
        return code.entry().faultAccess();
    }

    @Override
    public void powerOff(int status) {
        boolean clean = status == 0 && block.load(Shared.OFF_STATE) == Shared.FINISHED;
        code.comes(Node.Kind.OFF, clean ? 0 : 1, Node.POINT);
        throw new Inconsistent("the machine is off");
    }
}
