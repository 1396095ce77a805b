package norma.kernel.sim.explore;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import norma.conformance.check.Finding;
import norma.conformance.check.ModelStep;
import norma.conformance.scenario.Script;
import norma.kernel.hal.Clock;
import norma.kernel.hal.Cpu;
import norma.kernel.hal.World;
import norma.kernel.sim.Block;
import norma.kernel.sim.Failure;
import norma.kernel.sim.load.KernelLoader;
import norma.kernel.sim.port.GuestKernel;
import norma.kernel.sim.race.Probe;
import org.jspecify.annotations.Nullable;

/**
 * The machine of one scenario: its state, and what can happen next.
 *
 * <p>All of the state is in {@link #memory}: the kernel's objects, the cores, the threads, the
 * model. So going back is undoing changes, and two states are the same if their words are.
 *
 * <p>Time stands still, but for a leap to the next timer; a scenario allows so many of them, and
 * those without which nothing could happen any more.
 */
final class Board implements Effects {
    private static final int ILLEGAL = Cpu.FAULT + 2;

    /** Records of a ring that must hold a whole run. */
    private static final int LATER_RECORDS = 1 << 10;

    /** Steps of a beginning that no scenario needs. */
    private static final int BEGINNING = 100_000;

    private final int cpus;
    private final int leaps;

    /** The recorder is switched on in the middle: records are kept, and validated at the end. */
    private final boolean later;

    /** Nothing is masked: records are as a machine writes them, and no two states are one. */
    private final boolean exact;

    private final Script script;
    private final Block block;
    final Layout layout;
    private final Memory memory;
    private final Cells cells;
    private final Footprint footprint;
    private final Locks locks;
    private final Code code;
    private final CodeWorld world;
    private final Users users;
    private final Models models;
    private final Ledger ledger;
    private final Pages pages;
    private final Onlooker onlooker;
    private boolean off;
    private int offPlace;
    private @Nullable Failure failure;
    private @Nullable Consumer<Node> listener;

    /** The machine before boot; {@code merging}: see {@link Code}, {@code exact}: the field. */
    Board(KernelLoader loader, Case scenario, boolean merging, boolean exact) {
        this.exact = exact;
        script = scenario.script();
        cpus = scenario.cpus();
        GuestKernel kernel = loader.factory().create();
        cells = new Cells(kernel, loader::fields);
        layout = new Layout(cells.count(), cpus, Pages.words(script, cpus));
        memory = new Memory(layout.count);
        pages = new Pages(script, memory, layout, cpus);
        footprint = new Footprint(layout.count);
        locks = new Locks(cells, memory, cpus);
        later = !script.recording().live();
        block = later || exact ? new Block(cpus, LATER_RECORDS) : new Block(cpus);
        Frames frames = new Frames(loader, cells);
        code = new Code(kernel, cells, memory, layout, this, footprint, frames, merging);
        world = new CodeWorld(code, layout, block);
        users = new Users(script, memory, layout, code, kernel, pages, later);
        boolean checkpoints = script.recording().checkpoint() > 0;
        ModelStep model =
                new ModelStep(
                        cpus,
                        Users.threads(script),
                        Users.channels(script),
                        script.firstPriority(),
                        ILLEGAL,
                        script.locks(),
                        script.locks() || checkpoints,
                        script.memory());
        models = new Models(model);
        if (!later) {
            pages.judgedBy(models, model.coreRights());
        }
        Epochs epochs = checkpoints && !later ? new Epochs(model, models) : null;
        ledger = new Ledger(script, ILLEGAL, memory, layout, models, epochs);
        fill();
        leaps = scenario.leaps();
        onlooker = new Onlooker(memory, layout, models);
    }

    /** The kernel's objects as they are before boot. */
    private void fill() {
        for (int cell = 0; cell < cells.count(); cell++) {
            if (cells.mutable(cell)) {
                memory.set(cell, cells.read(cell));
            }
        }
        if (!exact) {
            Masks.set(cells, memory, later, script.recording().checkpoint());
        }
        for (int core = 0; core < cpus; core++) {
            memory.set(layout.timer(core), Clock.NEVER);
        }
    }

    Memory memory() {
        return memory;
    }

    Code code() {
        return code;
    }

    Models models() {
        return models;
    }

    Coverage coverage() {
        return users.coverage();
    }

    Onlooker onlooker() {
        return onlooker;
    }

    Footprint footprint() {
        return footprint;
    }

    Locks locks() {
        return locks;
    }

    /** Number of words of the state. */
    int words() {
        return layout.count;
    }

    /** See {@link Layout#timed}. */
    boolean timed(int cell) {
        return layout.timed(cell);
    }

    /** Has the machine been switched off? */
    boolean off() {
        return off;
    }

    /** What is wrong, or null. */
    @Nullable Failure failure() {
        return failure;
    }

    /** Undoes everything since {@code mark}. */
    void back(int mark) {
        memory.back(mark);
        off = false;
    }

    /** From now on {@code hears} is told of each record. */
    void tell(@Nullable Consumer<Node> hears) {
        listener = hears;
    }

    /** What choices are to a machine with gates. */
    Steps steps() {
        return new Steps(memory, layout, cells, code, users, pages);
    }

    /** Runs {@code action} with this machine under the kernel's code. */
    void within(Runnable action) {
        World.CURRENT.set(world);
        Probe.CURRENT.set(code);
        try {
            action.run();
        } finally {
            World.CURRENT.remove();
            Probe.CURRENT.remove();
        }
    }

    // --- the beginning ----------------------------------------------------------------------

    /**
     * Boots and runs the first thread up to its end, unless something fails before. Core 0 goes
     * first wherever it can; the others have their turn when it waits, and time leaps when all do:
     * so a first thread that sleeps lets the rest come to where they wait. {@code taken} makes a
     * choice.
     */
    void setUp(IntPredicate taken) {
        block.boot(script, script.slice(), 0, script.locks());
        footprint.begin(0);
        memory.set(layout.mode(0), Layout.KERNEL);
        settle(0, code.enter(new Entry(0, Entry.BOOT, 0)));
        for (int steps = 0; failure == null && !begins(); steps++) {
            if (steps == BEGINNING || off || !goesOn(taken)) {
                fail(Failure.DEADLOCK, "the first thread does not come to its end");
            }
        }
        memory.set(layout.leaps, leaps);
        memory.forget();
        footprint.start();
    }

    private boolean begins() {
        for (int core = 0; core < cpus; core++) {
            if (memory.get(layout.mode(core)) == Layout.USER
                    && memory.get(layout.thread(core)) == 0
                    && users.ends(0)) {
                return true;
            }
        }
        return false;
    }

    private boolean goesOn(IntPredicate taken) {
        for (int core = 0; core < cpus; core++) {
            for (int kind : new int[] {Choice.STEP, Choice.IPI, Choice.TIMER}) {
                int choice = Choice.of(kind, core);
                if (possible(choice, false) && taken.test(choice)) {
                    return true;
                }
            }
        }
        int leap = Choice.of(Choice.LEAP, 0);
        return possible(leap, true) && taken.test(leap);
    }

    // --- choices ----------------------------------------------------------------------------

    /** Is there such a choice? {@code idle}: nothing else can happen, so time leaps at no cost. */
    boolean possible(int choice, boolean idle) {
        int core = Choice.core(choice);
        if (off || core >= cpus) {
            return false;
        }
        if (Choice.kind(choice) == Choice.LEAP) {
            return core == 0 && (idle || memory.get(layout.leaps) > 0) && nextTimer() != 0;
        }
        long mode = memory.get(layout.mode(core));
        boolean waits = mode == Layout.KERNEL && node(core).kind == Node.Kind.WAIT;
        boolean open = mode == Layout.USER || waits;
        return switch (Choice.kind(choice)) {
            case Choice.STEP -> mode != Layout.OFF && !waits;
            case Choice.IPI -> open && memory.get(layout.ipi(core)) != 0;
            default -> open && memory.get(layout.timer(core)) <= memory.get(layout.time);
        };
    }

    /** Can nothing happen any more? */
    boolean quiet() {
        int mark = memory.now();
        for (int choice = 0; choice < Choice.LIMIT; choice++) {
            if (possible(choice, true)) {
                boolean moves = moves(choice);
                forgive();
                back(mark);
                if (moves) {
                    return false;
                }
            }
        }
        return true;
    }

    Users users() {
        return users;
    }

    /** Is the core in the kernel, and not waiting for an interrupt? */
    boolean inKernel(int core) {
        return core < cpus
                && memory.get(layout.mode(core)) == Layout.KERNEL
                && node(core).kind != Node.Kind.WAIT;
    }

    private Node node(int core) {
        return code.node(memory.get(layout.node(core)));
    }

    private long nextTimer() {
        long next = Clock.NEVER;
        for (int core = 0; core < cpus; core++) {
            long timer = memory.get(layout.timer(core));
            if (memory.get(layout.mode(core)) != Layout.OFF
                    && timer > memory.get(layout.time)
                    && timer < next) {
                next = timer;
            }
        }
        return next == Clock.NEVER ? 0 : next;
    }

    /** Makes a choice; false if it changes nothing: a core that spins in vain. */
    boolean moves(int choice) {
        int before = memory.now();
        int core = Choice.core(choice);
        onlooker.begin();
        footprint.begin(core);
        switch (Choice.kind(choice)) {
            case Choice.LEAP -> {
                memory.set(layout.time, nextTimer());
                long leaps = memory.get(layout.leaps);
                memory.set(layout.leaps, Math.max(0, leaps - 1));
            }
            case Choice.IPI -> {
                memory.set(layout.ipi(core), 0);
                interrupt(core, Cpu.IPI);
            }
            case Choice.TIMER -> {
                memory.set(layout.timer(core), Clock.NEVER);
                interrupt(core, Cpu.TIMER);
            }
            default -> step(core);
        }
        return memory.now() != before || failure != null;
    }

    private void interrupt(int core, int cause) {
        if (memory.get(layout.mode(core)) == Layout.USER) {
            enter(core, new Entry(core, cause, 0));
        } else {
            settle(core, code.step(node(core), cause));
        }
    }

    private void step(int core) {
        if (memory.get(layout.mode(core)) == Layout.USER) {
            Entry entry = users.call(core, (int) memory.get(layout.thread(core)));
            check("WITNESS_MISMATCH", users.wrong());
            if (entry != null) {
                enter(core, entry);
            }
            check(Failure.STALE, pages.excess(core));
            return;
        }
        Node node = node(core);
        if (node.kind != Node.Kind.WAIT) {
            settle(core, code.step(node, node.reads() ? memory.get(node.cell) : 0));
        }
    }

    private void enter(int core, Entry how) {
        memory.set(layout.mode(core), Layout.KERNEL);
        memory.set(layout.thread(core), 0);
        settle(core, code.enter(how));
    }

    // --- where a step ends ------------------------------------------------------------------

    private void settle(int core, Node node) {
        switch (node.kind) {
            case LEAVE -> leave(core, node.cell);
            case BROKEN -> fail(Failure.PANICKED, "core " + core + ": " + node.failure);
            case OFF -> switchedOff(core, node);
            case RELAX -> {
                // A loop that has only looked: the core is where the loop begins.
                Node head = node.loop;
                memory.set(layout.node(core), head == null ? node.id : head.id);
            }
            default -> memory.set(layout.node(core), node.id);
        }
    }

    private void switchedOff(int core, Node node) {
        off = true;
        offPlace = offPlace == 0 ? node.id : offPlace;
        for (int i = 0; i < cpus; i++) {
            memory.set(layout.node(i), offPlace); // Where cores were no longer matters.
        }
        if (node.cell != 0) {
            fail(Failure.PANICKED, "core " + core + " switched the machine off");
            return;
        }
        fail(ledger.over(core));
    }

    private void leave(int core, int thread) {
        for (int other = 0; other < cpus; other++) {
            if (memory.get(layout.mode(other)) == Layout.USER
                    && memory.get(layout.thread(other)) == thread) {
                fail(
                        Failure.MACHINE,
                        "core "
                                + core
                                + " resumes thread "
                                + thread
                                + ", which runs on core "
                                + other);
                return;
            }
        }
        memory.set(layout.mode(core), Layout.USER);
        memory.set(layout.node(core), 0);
        memory.set(layout.thread(core), thread);
        if (!users.begun(thread) && !users.endsAgain(thread)) {
            users.begin(thread);
            return;
        }
        check("WITNESS_MISMATCH", users.resumed(thread));
        check(Failure.STALE, pages.excess(core));
    }

    private void check(String kind, @Nullable String wrong) {
        if (wrong != null) {
            fail(kind, wrong);
        }
    }

    @Override
    public void set(int cell, long value) {
        if (cell == layout.tables) {
            pages.apply(value);
        } else {
            memory.set(cell, value);
        }
    }

    @Override
    public void start(int index) {
        memory.set(layout.mode(index), Layout.KERNEL);
        memory.set(layout.node(index), code.begin(new Entry(index, Entry.BEGIN, 0)).id);
    }

    @Override
    public void event(Node node) {
        if (listener != null) {
            listener.accept(node);
        }
        if (failure != null) {
            return;
        }
        onlooker.hears(node);
        check("WITNESS_MISMATCH", users.faulted(node));
        fail(ledger.event(node));
    }

    // --- the end ----------------------------------------------------------------------------

    /** Nothing can happen any more: may it be so? {@code waiting}: threads may wait for ever. */
    void end(boolean waiting) {
        for (int core = 0; core < cpus && !off; core++) {
            if (inKernel(core)) {
                fail(
                        new Failure(
                                Failure.DEADLOCK,
                                "core " + core + " spins for ever",
                                List.of(steps().where(core))));
                return;
            }
        }
        Finding finding = later ? null : models.undischarged((int) memory.get(layout.model), off);
        if (finding != null) {
            fail(Failure.of(finding));
        } else if (!off && !waiting) {
            fail(Failure.UNFINISHED, "no core can run any more, and threads are left");
        }
    }

    void race(int[] found, List<norma.kernel.sim.race.Site> sites) {
        fail(
                Failure.RACE,
                steps().name(found[0])
                        + ": "
                        + sites.get(found[1]).place()
                        + " and "
                        + sites.get(found[2]).place()
                        + " are not ordered");
    }

    private void fail(String kind, String summary) {
        fail(new Failure(kind, summary, List.of()));
    }

    private void fail(@Nullable Failure found) {
        if (failure == null) {
            failure = found;
        }
    }

    /** The failure is dealt with. */
    void forgive() {
        failure = null;
    }
}
