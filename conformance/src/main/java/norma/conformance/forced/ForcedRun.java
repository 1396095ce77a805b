package norma.conformance.forced;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import norma.abi.Event;
import norma.abi.Gate;
import norma.abi.Record;
import norma.abi.Shared;
import norma.conformance.check.EventView;
import norma.conformance.machine.Accel;
import norma.conformance.machine.Arch;
import norma.conformance.machine.GuestMemory;
import norma.conformance.machine.Machine;
import norma.conformance.machine.MachineConfig;
import norma.conformance.machine.MachineException;
import norma.conformance.scenario.BootBlock;
import norma.conformance.scenario.Plan;
import norma.conformance.scenario.Script;
import norma.conformance.trace.LiveTrace;
import norma.conformance.trace.SharedLayout;
import org.jspecify.annotations.Nullable;

/**
 * Boots an exploration image and makes it take a course.
 *
 * <p>Contract: at the end every step was made at the place that the course names, and each core's
 * records are the course's, word by word; but for what the architecture decides (cause and program
 * counter of a fault).
 */
public final class ForcedRun {
    /** Records of a ring: a whole run. */
    public static final int RECORDS = 1 << 10;

    private static final int WITNESS_ENTRIES = 1 << 10;
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private static final long CAUSE_BITS = 0xffffL << 16;
    private static final long MIB = 1 << 20;

    private final Arch arch;
    private final Path image;
    private final Script script;
    private final int cpus;

    /** Runs of a script on an image with gates. */
    public ForcedRun(Arch arch, Path image, Script script, int cpus) {
        this.arch = arch;
        this.image = image;
        this.script = script;
        this.cpus = cpus;
    }

    /**
     * What came of it.
     *
     * @param wrong how the binary differs from the course, or null
     * @param records what each core recorded
     * @param seconds from power-on
     */
    public record Result(@Nullable String wrong, List<List<long[]>> records, double seconds) {}

    /** Takes the course from power-on. */
    public Result take(Course course) throws MachineException {
        SharedLayout layout = new SharedLayout(cpus, RECORDS, WITNESS_ENTRIES);
        long ram = (Shared.BASE + layout.bytes() + MIB - 1) / MIB * MIB + 16 * MIB;
        MachineConfig config =
                MachineConfig.of(arch, image)
                        .withCpus(cpus)
                        .withAccel(Accel.SINGLE)
                        .withRam(ram)
                        .withDeadline(DEADLINE);
        long start = System.nanoTime();
        try (Machine machine = Machine.create(config)) {
            long block = arch.ramBase() + Shared.BASE;
            long gate = arch.ramBase() + Gate.BASE;
            Plan plan =
                    new Plan(
                            arch, cpus, Accel.SINGLE, image, script, 0, DEADLINE, Optional.empty());
            BootBlock.write(machine.memory(), block, layout, plan);
            schedule(machine.memory(), gate, course);
            machine.boot();
            String wrong = await(machine, gate, course);
            List<List<long[]>> records =
                    records(new LiveTrace(machine.memory(), block, layout, false));
            if (wrong == null) {
                wrong = difference(course.records(), records);
            }
            return new Result(wrong, records, (System.nanoTime() - start) / 1e9);
        }
    }

    private void schedule(GuestMemory memory, long gate, Course course) {
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
            memory.putLong(at + 8, step.time());
        }
        for (int core = 0; core < cpus; core++) {
            memory.putLong(core(gate, core) + Gate.CORE_TIMER, Long.MAX_VALUE);
        }
        memory.putLong(gate + Gate.OFF_COUNT, steps.size());
    }

    private static long core(long gate, int core) {
        return gate + Gate.OFF_CORES + (long) core * Gate.CORE_BYTES;
    }

    /** Waits until the course is over; what is wrong, or null. */
    private @Nullable String await(Machine machine, long gate, Course course)
            throws MachineException {
        GuestMemory memory = machine.memory();
        try {
            machine.await(
                    "the end of the course",
                    () ->
                            memory.getLongAcquire(gate + Gate.OFF_STATUS) != Gate.RUNNING
                                    || !machine.isAlive(),
                    DEADLINE);
        } catch (MachineException e) {
            if (e.kind() != MachineException.Kind.DEADLINE) {
                throw e;
            }
            return stuck(memory, gate, course);
        }
        long status = memory.getLongAcquire(gate + Gate.OFF_STATUS);
        if (status == Gate.STRAYED) {
            return strayed(memory, gate, course);
        }
        long over = memory.getLong(gate + Gate.OFF_POSITION);
        boolean off = status == Gate.RUNNING;
        if (off != course.ends() || over != course.steps().size() - (off ? 1 : 0)) {
            return "the machine " + (off ? "ended" : "did not end") + " after step " + over;
        }
        return null;
    }

    private String strayed(GuestMemory memory, long gate, Course course) {
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

    private String stuck(GuestMemory memory, long gate, Course course) {
        int at = (int) memory.getLong(gate + Gate.OFF_POSITION);
        StringBuilder text = new StringBuilder("step " + at + " does not come to its end");
        if (at < course.steps().size()) {
            Course.Step step = course.steps().get(at);
            text.append(": core ").append(step.core()).append(" at ").append(step.name());
        }
        for (int core = 0; core < cpus; core++) {
            int place = (int) memory.getLong(core(gate, core) + Gate.CORE_PLACE);
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

    private List<List<long[]>> records(LiveTrace trace) {
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
