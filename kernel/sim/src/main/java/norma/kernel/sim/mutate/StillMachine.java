package norma.kernel.sim.mutate;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import norma.abi.Shared;
import norma.conformance.scenario.ScriptException;
import norma.conformance.scenario.ScriptParser;
import norma.kernel.hal.World;
import norma.kernel.sim.Block;
import norma.kernel.sim.port.Bench;

/** The machine under the kernel while a contract is checked. */
final class StillMachine implements Bench, World {
    /** Time slice of its boot block. */
    private static final long SLICE = 10_000;

    private Block block = new Block(1);
    private final List<Long> armed = new ArrayList<>();
    private final List<Integer> kicked = new ArrayList<>();
    private final List<String> tables = new ArrayList<>();
    private int faultPage = -1;
    private int faultAccess;
    private final Patience patience;
    private Runnable whenRelaxing = () -> {};
    private Runnable whenArming = () -> {};
    private IntSupplier whenWaiting = StillMachine::never;
    private int records = Block.FEW_RECORDS;
    private int status = -1;
    private long time;

    /** {@code patience} is the probe of the kernel's classes. */
    StillMachine(Patience patience) {
        this.patience = patience;
    }

    private static int never() {
        throw new Stopped("waits");
    }

    @Override
    public void boot(int cores, String recording) {
        String script = "slice 10us\npriority 3\n" + recording + "\nprogram main\n  end\n";
        try {
            block = new Block(cores, records);
            block.boot(ScriptParser.parse(script), SLICE, 0, false);
        } catch (ScriptException e) {
            throw new IllegalArgumentException(recording, e);
        }
        time = 0;
        whenRelaxing = () -> {};
        whenArming = () -> {};
        whenWaiting = StillMachine::never;
        patience.accesses();
        armed.clear();
        kicked.clear();
        tables.clear();
        fault(-1, 0);
    }

    @Override
    public void rings(int count) {
        records = count;
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public void time(long now) {
        time = now;
    }

    @Override
    public void whenRelaxing(Runnable action) {
        whenRelaxing = action;
    }

    @Override
    public void whenArming(Runnable action) {
        whenArming = action;
    }

    @Override
    public void whenWaiting(IntSupplier cause) {
        whenWaiting = cause;
    }

    @Override
    public List<String> accesses() {
        return patience.accesses();
    }

    @Override
    public List<Long> armed() {
        List<Long> times = List.copyOf(armed);
        armed.clear();
        return times;
    }

    @Override
    public List<Integer> kicked() {
        List<Integer> cores = List.copyOf(kicked);
        kicked.clear();
        return cores;
    }

    @Override
    public List<String> tables() {
        List<String> done = List.copyOf(tables);
        tables.clear();
        return done;
    }

    @Override
    public void fault(int page, int access) {
        faultPage = page;
        faultAccess = access;
    }

    @Override
    public long word(long offset) {
        return block.load(offset);
    }

    @Override
    public void word(long offset, long value) {
        block.store(offset, value);
    }

    // --- the kernel's side ------------------------------------------------------------------

    @Override
    public void relax() {
        whenRelaxing.run();
    }

    @Override
    public int waitForInterrupt() {
        return whenWaiting.getAsInt();
    }

    @Override
    public void startCore(int core) {
        // It never comes.
    }

    @Override
    public void sendIpi(int core) {
        kicked.add(core);
    }

    @Override
    public long now() {
        return time;
    }

    @Override
    public void arm(long deadline) {
        armed.add(deadline);
        whenArming.run();
    }

    @Override
    public void put(int character) {
        // Nobody listens.
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
    }

    @Override
    public void storeRelease(long offset, long value) {
        block.store(offset, value);
    }

    @Override
    public void makeTables(int space) {
        tables.add("make " + space);
    }

    @Override
    public void loadTables(int space) {
        tables.add("load " + space);
    }

    @Override
    public void flush() {
        tables.add("flush");
    }

    @Override
    public void enterPage(int space, int page, long frame, int rights) {
        tables.add("enter " + space + " " + page + " " + frame + " " + rights);
    }

    @Override
    public void clearFrame(long frame) {
        tables.add("clear " + frame);
    }

    @Override
    public void copyFrame(long from, long to) {
        tables.add("copy " + from + " " + to);
    }

    @Override
    public int faultPage() {
        return faultPage;
    }

    @Override
    public int faultAccess(int cause) {
        return faultAccess;
    }

    @Override
    public void powerOff(int code) {
        status = code;
        throw new Stopped("state " + block.load(Shared.OFF_STATE));
    }
}
