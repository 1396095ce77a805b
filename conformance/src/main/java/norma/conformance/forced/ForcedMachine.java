package norma.conformance.forced;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import norma.abi.Event;
import norma.abi.Gate;
import norma.abi.Limits;
import norma.abi.Record;
import norma.abi.Shared;
import norma.conformance.check.EventView;
import norma.conformance.check.Finding;
import norma.conformance.check.Validator;
import norma.conformance.machine.Accel;
import norma.conformance.machine.Arch;
import norma.conformance.machine.GuestMemory;
import norma.conformance.machine.Machine;
import norma.conformance.machine.MachineConfig;
import norma.conformance.machine.MachineException;
import norma.conformance.machine.WarmMachine;
import norma.conformance.scenario.BootBlock;
import norma.conformance.scenario.Plan;
import norma.conformance.scenario.Script;
import norma.conformance.trace.LiveTrace;
import norma.conformance.trace.SharedLayout;
import org.jspecify.annotations.Nullable;

/**
 * A machine with an exploration image, and the courses that it is made to take, one after the other
 * from where the scenario begins.
 *
 * <p>Contract: at the end every step was made at the place that the course names, and each core's
 * records are the course's, word by word; but for what the architecture decides (cause and program
 * counter of a fault).
 */
public final class ForcedMachine implements AutoCloseable {
    /** Records of a ring: a whole run. */
    public static final int RECORDS = 1 << 10;

    private static final int WITNESS_ENTRIES = 1 << 10;

    /** The longest time that a course takes on a busy host. */
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private static final Duration LIFE = Duration.ofMinutes(30);
    private static final long CAUSE_BITS = 0xffffL << 16;
    private static final long MIB = 1 << 20;
    private static final long PAGE = 1 << 12;

    /** More than firmware and kernel take from the start of RAM. */
    private static final long KERNEL = 16 * MIB;

    private final WarmMachine warm;
    private final Machine machine;
    private final SharedLayout layout;
    private final int cpus;
    private final Validator.Setup setup;
    private final long block;
    private final long gate;

    private ForcedMachine(WarmMachine warm, SharedLayout layout, Validator.Setup setup) {
        this.warm = warm;
        this.setup = setup;
        this.layout = layout;
        machine = warm.machine();
        cpus = machine.config().cpus();
        block = machine.config().arch().ramBase() + Shared.BASE;
        gate = machine.config().arch().ramBase() + Gate.BASE;
    }

    /**
     * What came of a course.
     *
     * @param wrong how the binary differs from it, or null
     * @param panicked the kernel panicked
     * @param records what each core recorded
     * @param resetNanos from one run to the next: the machine is put back to the beginning
     * @param runNanos the run itself
     */
    public record Result(
            @Nullable String wrong,
            boolean panicked,
            List<List<long[]>> records,
            long resetNanos,
            long runNanos) {}

    /**
     * Boots an image with gates along {@code beginning}, with which all courses begin.
     *
     * @throws StrayedException if it does not go that way
     */
    public static ForcedMachine boot(
            Arch arch, Path image, Script script, int cpus, Course beginning)
            throws MachineException, StrayedException {
        SharedLayout layout = new SharedLayout(cpus, RECORDS, WITNESS_ENTRIES);
        long ram = (Shared.BASE + layout.bytes() + MIB - 1) / MIB * MIB;
        MachineConfig config =
                MachineConfig.of(arch, image)
                        .withCpus(cpus)
                        .withAccel(Accel.SINGLE)
                        .withRam(ram)
                        .withDeadline(LIFE);
        Plan plan = new Plan(arch, cpus, Accel.SINGLE, image, script, 0, LIFE, Optional.empty());
        ForcedMachine forced =
                new ForcedMachine(WarmMachine.create(config), layout, plan.header().setup());
        try {
            forced.begin(plan, beginning);
            return forced;
        } catch (MachineException | StrayedException | RuntimeException e) {
            forced.close();
            throw e;
        }
    }

    private void begin(Plan plan, Course beginning) throws MachineException, StrayedException {
        BootBlock.write(machine.memory(), block, layout, plan);
        for (int core = 0; core < cpus; core++) {
            machine.memory().putLong(core(core) + Gate.CORE_TIMER, Long.MAX_VALUE);
        }
        schedule(beginning);
        warm.boot();
        String wrong = await(beginning);
        wrong = wrong == null ? difference(beginning.records(), records()) : wrong;
        if (wrong != null) {
            throw new StrayedException("before the scenario begins: " + wrong);
        }
        warm.keep(written());
    }

    /** All memory that anybody writes; where frames are the kernel has decided. */
    private List<WarmMachine.Range> written() {
        long ram = machine.memory().base();
        List<WarmMachine.Range> ranges = new ArrayList<>();
        ranges.add(new WarmMachine.Range(ram, KERNEL));
        ranges.add(new WarmMachine.Range(gate, ram + machine.memory().size() - gate));
        long frames = machine.memory().getLong(block + Shared.OFF_FRAMES_AT);
        if (frames != 0) {
            ranges.add(new WarmMachine.Range(frames, Limits.FRAMES * PAGE));
        }
        return ranges;
    }

    /** Takes a course, from the beginning. */
    public Result take(Course course) throws MachineException {
        return take(course, List.of());
    }

    /** Takes a course, from the beginning; threads follow these programs from there on. */
    public Result take(Course course, List<long[][]> programs) throws MachineException {
        long start = System.nanoTime();
        warm.reset();
        BootBlock.programs(machine.memory(), block, layout, programs);
        long ready = System.nanoTime();
        schedule(course);
        warm.run();
        String wrong = await(course);
        List<List<long[]>> records = records();
        wrong = wrong == null ? difference(course.records(), records) : wrong;
        return new Result(wrong, panicked(), records, ready - start, System.nanoTime() - ready);
    }

    private boolean panicked() {
        return machine.memory().getLongAcquire(block + Shared.OFF_STATE) == Shared.PANICKED;
    }

    /**
     * What the validator says of the course just taken, from its trace and the threads' logs in the
     * machine's memory; null if it conforms. {@code quiet}: at its end nothing can happen any more.
     */
    public @Nullable Finding finding(Course course, boolean quiet) {
        LiveTrace trace = new LiveTrace(machine.memory(), block, layout, false);
        Validator validator = new Validator(trace, trace, setup);
        validator.advance();
        validator.pollWitness();
        if (validator.finding() == null && quiet) {
            validator.finish(course.ends());
        }
        return validator.finding();
    }

    @Override
    public void close() {
        warm.close();
    }

    private void schedule(Course course) {
        GuestMemory memory = machine.memory();
        List<Course.Step> steps = course.steps();
        if (steps.size() > Gate.STEPS) {
            throw new IllegalArgumentException("a course of more than " + Gate.STEPS + " steps");
        }
        for (int i = 0; i < steps.size(); i++) {
            Course.Step step = steps.get(i);
            long at = gate + Gate.OFF_STEPS + (long) i * Gate.STEP_BYTES;
            memory.putLong(
                    at,
                    step.core()
                            | (long) step.kind() << Gate.KIND_SHIFT
                            | (long) step.place() << Gate.PLACE_SHIFT);
            memory.putLong(at + 8, step.operand());
        }
        // Every core waits: a leap of time that is next is nobody's step.
        int next = (int) memory.getLong(gate + Gate.OFF_POSITION);
        for (; next > 0 && next < steps.size() && steps.get(next).kind() == Gate.LEAP; next++) {
            memory.putLong(gate + Gate.OFF_TIME, steps.get(next).operand());
        }
        memory.putLong(gate + Gate.OFF_POSITION, next);
        memory.putLong(gate + Gate.OFF_STATUS, Gate.RUNNING);
        memory.putLong(gate + Gate.OFF_COUNT, steps.size());
    }

    private long core(int core) {
        return gate + Gate.OFF_CORES + (long) core * Gate.CORE_BYTES;
    }

    /** Waits until the course is over; what is wrong, or null. */
    private @Nullable String await(Course course) throws MachineException {
        GuestMemory memory = machine.memory();
        try {
            machine.await(
                    "the end of a course",
                    () ->
                            memory.getLongAcquire(gate + Gate.OFF_STATUS) != Gate.RUNNING
                                    || panicked(),
                    LIMIT);
        } catch (MachineException e) {
            if (e.kind() != MachineException.Kind.DEADLINE) {
                throw e;
            }
            return stuck(course);
        }
        if (memory.getLongAcquire(gate + Gate.OFF_STATUS) == Gate.STRAYED) {
            return strayed(course);
        }
        if (panicked()) {
            return null; // With which records is compared, and the result says it.
        }
        boolean off = memory.getLong(block + Shared.OFF_STATE) == Shared.FINISHED;
        return off == course.ends() ? null : "the run " + (off ? "is over" : "is not over");
    }

    private String strayed(Course course) {
        GuestMemory memory = machine.memory();
        int at = (int) memory.getLong(gate + Gate.OFF_POSITION);
        Course.Step step = course.steps().get(at);
        String where = place((int) memory.getLong(gate + Gate.OFF_PLACE), course);
        String text = "step " + at + ": core " + step.core();
        return switch ((int) memory.getLong(gate + Gate.OFF_REASON)) {
            case Gate.NO_IPI -> text + " is to take an IPI that nobody has sent";
            case Gate.NO_TIMER -> text + " is to take a timer interrupt that is not due";
            case Gate.CLOSED -> text + " cannot take an interrupt, or not go on, at " + where;
            default -> text + " is to go on at " + step.name() + ", and is at " + where;
        };
    }

    private String stuck(Course course) {
        GuestMemory memory = machine.memory();
        int at = (int) memory.getLong(gate + Gate.OFF_POSITION);
        StringBuilder text = new StringBuilder("step " + at + " does not come to its end");
        if (at < course.steps().size()) {
            Course.Step step = course.steps().get(at);
            text.append(": core ").append(step.core()).append(" at ").append(step.name());
        }
        for (int core = 0; core < cpus; core++) {
            int place = (int) memory.getLong(core(core) + Gate.CORE_PLACE);
            text.append("; core ").append(core);
            text.append(place == 0 ? " runs" : " waits at " + place(place, course));
        }
        return text.toString();
    }

    private static String place(int place, Course course) {
        return course.steps().stream()
                .filter(step -> step.place() == place)
                .map(Course.Step::name)
                .findFirst()
                .orElse("a place that the course does not know, " + Integer.toHexString(place));
    }

    private List<List<long[]>> records() {
        LiveTrace trace = new LiveTrace(machine.memory(), block, layout, false);
        List<List<long[]>> all = new ArrayList<>();
        for (int core = 0; core < cpus; core++) {
            List<long[]> records = new ArrayList<>();
            long[] words = new long[Record.BYTES / Long.BYTES];
            while (trace.peek(core, words)) {
                records.add(words.clone());
                trace.take(core);
            }
            all.add(records);
        }
        return all;
    }

    /** The first record that is not as it should be, or null. */
    static @Nullable String difference(List<List<long[]>> expected, List<List<long[]>> found) {
        for (int core = 0; core < expected.size(); core++) {
            List<long[]> one = expected.get(core);
            List<long[]> other = found.get(core);
            for (int i = 0; i < Math.max(one.size(), other.size()); i++) {
                String is = i < other.size() ? text(other.get(i)) : "nothing";
                String should = i < one.size() ? text(one.get(i)) : "nothing";
                if (i >= one.size() || i >= other.size() || !same(one.get(i), other.get(i))) {
                    return "core " + core + " record " + i + " is " + is + ", should be " + should;
                }
            }
        }
        return null;
    }

    private static boolean same(long[] one, long[] other) {
        for (int word = 0; word < one.length; word++) {
            long difference = one[word] ^ other[word];
            if ((one[0] & 0xff) == Event.FAULT) {
                difference = word == 1 ? difference & ~CAUSE_BITS : word == 2 ? 0 : difference;
            }
            if (difference != 0) {
                return false;
            }
        }
        return true;
    }

    private static String text(long[] words) {
        EventView view = new EventView();
        System.arraycopy(words, 0, view.words, 0, words.length);
        StringBuilder text = new StringBuilder(view.describe()).append(" [");
        for (long word : words) {
            text.append(Long.toHexString(word)).append(' ');
        }
        return text.toString().strip() + "]";
    }
}
