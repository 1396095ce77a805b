package norma.kernel.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import norma.conformance.check.Counts;
import norma.conformance.check.EventView;
import norma.conformance.check.Validator;
import norma.conformance.scenario.Script;
import norma.kernel.sim.load.ClassEdit;
import norma.kernel.sim.load.KernelLoader;
import norma.kernel.sim.port.GuestKernel;
import norma.kernel.sim.race.RaceDetector;
import norma.kernel.sim.race.Site;
import norma.kernel.sim.race.WeakMemory;
import org.jspecify.annotations.Nullable;

/**
 * Runs scenarios on kernels of one build, one run after the other, each on a fresh kernel.
 *
 * <p>The seed also says what else is special about a run: lock events, a slow host, weak memory.
 *
 * <p>Invariant: a run is a function of scenario, cores and seed (or schedule) alone.
 */
public final class Simulator {
    private static final int SLICE_SPREAD = 4;

    /** One seed of so many also records lock events: every action must hold its locks then. */
    private static final int LOCKS_EVERY = 8;

    /** Another of so many has a slow host. */
    private static final int SLOW = 5;

    /** Of sixteen seeds these, a bit each, have weak memory; one of them also has a slow host. */
    private static final int WEAK =
            1 << 2 | 1 << 3 | 1 << 6 | 1 << 10 | 1 << 11 | 1 << 13 | 1 << 14;

    private static final int WEAK_PERIOD = 16;

    /** Steps after which every core has seen a write, at least and at most. */
    private static final int PATIENCE = 50;

    private static final int PATIENCES = 6;

    /** Sites that are not the kernel's. */
    private static final int SITES = 3;

    private final GuestKernel.Factory kernels;
    private final List<Site> sites;
    private final Set<String> tolerated;
    private @Nullable Block block;
    private byte[] programs = new byte[0];

    /** A simulator of the kernel with {@code edit} applied. */
    public Simulator(ClassEdit edit) {
        this(edit, Set.of());
    }

    /** The same; races on the fields {@code tolerated} ({@code Class.field}) are not reported. */
    public Simulator(ClassEdit edit, Set<String> tolerated) {
        KernelLoader loader = new KernelLoader(edit, true);
        kernels = loader.factory();
        sites = new ArrayList<>(loader.sites());
        sites.add(new Site("user mode", 0, "witness area"));
        sites.add(new Site("the kernel", 0, "shared block"));
        sites.add(new Site("the host", 0, "shared block"));
        this.tolerated = tolerated;
    }

    /**
     * How a run went.
     *
     * @param failure why it fails, or null
     * @param steps schedule points
     * @param counts events
     * @param events hash of the sequence of events in merge order
     * @param schedule its choices
     * @param unmade choices of a schedule that it was to follow and could not make
     */
    public record Result(
            @Nullable Failure failure,
            int steps,
            Counts counts,
            long events,
            Schedule schedule,
            int unmade) {}

    /** Do runs of that seed have weak memory ({@link WeakMemory})? */
    public static boolean weak(long seed) {
        return (WEAK >> Math.floorMod(seed, WEAK_PERIOD) & 1) != 0;
    }

    /** From now on the machine has this archive of programs. */
    public void insert(byte[] archive) {
        programs = archive.clone();
    }

    /** Runs a scenario with the choices of {@code seed}. */
    public Result run(Scenario scenario, int cpus, long seed) {
        return run(scenario, cpus, seed, new RandomChooser(mix(scenario, seed)), event -> {});
    }

    /** Runs a scenario with the choices of a schedule; {@code seed} is that of its threads. */
    public Result replay(Scenario scenario, int cpus, long seed, Schedule schedule) {
        return replay(scenario, cpus, seed, schedule, event -> {});
    }

    /** The same; every accepted event also goes to {@code sink}. */
    public Result replay(
            Scenario scenario, int cpus, long seed, Schedule schedule, Validator.EventSink sink) {
        return run(scenario, cpus, seed, new Chooser.Replay(schedule), sink);
    }

    private static long mix(Scenario scenario, long seed) {
        return RandomChooser.mix(seed * 31 + scenario.name().hashCode());
    }

    private Result run(
            Scenario scenario, int cpus, long seed, Chooser chooser, Validator.EventSink sink) {
        Script script = scenario.script();
        long spread = Math.max(1, script.slice() / SLICE_SPREAD);
        boolean live = script.recording().live();
        boolean slow = live && Math.floorMod(seed, LOCKS_EVERY) == SLOW;
        Block memory = block;
        if (memory == null || memory.cores() != cpus || memory.slowHost() != slow) {
            memory = slow ? Block.ofSlowHost(cpus) : new Block(cpus);
            block = memory;
        }
        boolean locks = live && Math.floorMod(seed, LOCKS_EVERY) == LOCKS_EVERY - 1;
        long slice = script.slice() - Math.floorMod(mix(scenario, seed), spread);
        memory.insert(programs);
        memory.boot(script, slice, seed, locks);
        KeptRings kept = live ? null : new KeptRings(memory);
        Validator validator =
                new Validator(
                        kept == null ? memory : kept,
                        memory,
                        new Validator.Setup(
                                script.firstPriority(),
                                UserSide.ILLEGAL,
                                locks,
                                live,
                                script.memory()));
        Fingerprint fingerprint = new Fingerprint();
        validator.addSink(fingerprint);
        validator.addSink(sink);
        boolean weak = weak(seed);
        // The host is one more core there.
        RaceDetector races = new RaceDetector(cpus + 1, sites, tolerated);
        long patience = (long) PATIENCE << 2 * Math.floorMod(mix(scenario, seed) >>> 8, PATIENCES);
        WeakMemory cells = weak ? new WeakMemory(cpus + 1, patience, chooser::nextOlder) : null;
        Machine machine =
                new Machine(
                        kernels.create(),
                        memory,
                        chooser,
                        races,
                        validator,
                        kept,
                        cells,
                        script.memory(),
                        sites.size() - SITES);
        Failure failure = machine.run();
        String epochs = live ? memory.wrongEpochs(script.recording()) : null;
        if (failure == null && epochs != null) {
            failure = Failure.of(Failure.CHECKPOINTS, epochs);
        }
        if (failure != null
                && scenario.endsWaiting()
                && failure.kind().equals(Failure.UNFINISHED)) {
            failure = null;
        }
        return new Result(
                failure,
                machine.steps(),
                validator.counts(),
                fingerprint.value,
                chooser.schedule(),
                chooser.unmade());
    }

    /** Hash of the accepted events. */
    private static final class Fingerprint implements Validator.EventSink {
        private long value;

        @Override
        public void accepted(EventView event) {
            for (long word : event.words) {
                value = RandomChooser.mix(value * 31 + word);
            }
        }
    }
}
