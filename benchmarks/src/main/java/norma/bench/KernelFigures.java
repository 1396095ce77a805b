package norma.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import norma.conformance.machine.Arch;
import norma.conformance.machine.MachineException;

/**
 * Instructions in the kernel, by operation, against the same operation in the twin; what the
 * recorder costs.
 */
final class KernelFigures {
    /** Design: instructions on riscv64 and x86_64. */
    private static final Map<String, List<Integer>> TARGETS =
            Map.of("null", List.of(120, 180), "ipc", List.of(420, 440), "yield", List.of(450, 500));

    private static final double TARGET_RATIO = 1.10;
    private static final double TARGET_OFF = 3;
    private static final double TARGET_ON = 16;
    private static final double TARGET_TOUCH = 6;

    /** What is asked at every event: is it recorded, is a checkpoint to be looked after? */
    private static final Map<String, Set<String>> NO_EVENTS =
            Map.of("Recorder", Set.of("on"), "CpuLocal", Set.of("armed"));

    private static final Map<String, Set<String>> NO_RECORDER =
            Map.of("Recorder", Set.of("on"), "CpuLocal", Set.of("armed", "tracesLocks"));

    /** Questions that one lock operation asks of the recorder: at take, enter and leave. */
    private static final int LOCK_QUESTIONS = 3;

    private final Arch arch;
    private final Path plugin;
    private final PrintWriter out;
    private final List<Figure> figures = new ArrayList<>();

    private KernelFigures(Arch arch, Path plugin, PrintWriter out) {
        this.arch = arch;
        this.plugin = plugin;
        this.out = out;
    }

    /** The images of one architecture. */
    record Images(Path system, Path noEvents, Path noRecorder, Path twin, Path checkedTwin) {
        static Images build(Arch arch, Path system, Variants variants)
                throws IOException, BenchException {
            return new Images(
                    system,
                    variants.without(arch, "no-events", NO_EVENTS),
                    variants.without(arch, "no-recorder", NO_RECORDER),
                    variants.twin(arch, "twin"),
                    variants.twin(arch, "twin-checked"));
        }
    }

    static List<Figure> measure(Arch arch, Images images, Path plugin, PrintWriter out)
            throws IOException, BenchException, MachineException {
        KernelFigures figures = new KernelFigures(arch, plugin, out);
        for (Workload workload : Workload.ALL) {
            figures.operation(images, workload);
        }
        return figures.figures;
    }

    private Operation run(Path elf, Workload workload, long flags)
            throws IOException, MachineException {
        return Operation.measure(arch, elf, plugin, workload, flags);
    }

    private void operation(Images images, Workload w)
            throws IOException, BenchException, MachineException {
        out.println("  counting: " + w.title());
        Operation off = run(images.system(), w, Guest.QUIET);
        Operation on = run(images.system(), w, Guest.RECORDING);
        Operation twin = run(images.twin(), w, Guest.QUIET);
        Operation twinOn = run(images.twin(), w, Guest.RECORDING);
        Operation checked = run(images.checkedTwin(), w, Guest.QUIET);
        if (!on.sameTrace(twinOn)) {
            throw new BenchException(w.title() + ": kernel and twin recorded different events");
        }
        List<Integer> targets = TARGETS.get(w.key());
        double target = targets == null ? Double.NaN : targets.get(arch == Arch.RISCV64 ? 0 : 1);
        count(w, "kernel", "", off.kernel(), target);
        count(w, "kernel-recording", ", recorder on", on.kernel(), Double.NaN);
        fact(w, "twin", ", twin in C without checks", twin.kernel(), "instructions");
        fact(w, "twin-checked", ", twin in C, Java's assertions", checked.kernel(), "instructions");
        fact(w, "twin-recording", ", twin in C, recorder on", twinOn.kernel(), "instructions");
        fact(w, "user", ", user program", off.user(), "instructions");
        ratio(w, "ratio", "kernel / twin", off.kernel() / twin.kernel());
        ratio(w, "ratio-checked", "kernel / twin with assertions", off.kernel() / checked.kernel());
        recorder(images, w, off, on);
    }

    private void recorder(Images images, Workload w, Operation off, Operation on)
            throws IOException, MachineException {
        double events = on.events();
        Operation noEvents = run(images.noEvents(), w, Guest.QUIET);
        Operation noRecorder = run(images.noRecorder(), w, Guest.QUIET);
        fact(w, "events", ", events", events, "events");
        fact(w, "touched", ", objects touched", on.touched(), "objects");
        double locks = Operation.locks(arch, images.system(), plugin, w);
        fact(w, "locks", ", locks taken", locks, "locks");
        figures.add(
                Figure.count(
                        key(w, "recorder-off"),
                        w.title() + ", recorder off, an event",
                        (off.kernel() - noEvents.kernel()) / events,
                        "instructions",
                        TARGET_OFF));
        figures.add(
                Figure.count(
                        key(w, "recorder-on"),
                        w.title()
                                + ", recorder on, an event of "
                                + Figure.number(on.touched() / events)
                                + " objects",
                        (on.kernel() - off.kernel()) / events,
                        "instructions",
                        TARGET_ON + TARGET_TOUCH * on.touched() / events));
        fact(
                w,
                "recorder-write",
                ", of that the record itself",
                on.recorder() / events,
                "instructions");
        figures.add(
                Figure.fact(
                        key(w, "locks-off"),
                        w.title() + ", lock events off, a question",
                        (noEvents.kernel() - noRecorder.kernel()) / (locks * LOCK_QUESTIONS),
                        "instructions"));
    }

    private void count(Workload w, String what, String title, double value, double target) {
        figures.add(Figure.count(key(w, what), w.title() + title, value, "instructions", target));
    }

    private void fact(Workload w, String what, String title, double value, String unit) {
        figures.add(Figure.fact(key(w, what), w.title() + title, value, unit));
    }

    private void ratio(Workload w, String what, String title, double value) {
        figures.add(Figure.count(key(w, what), w.title() + ", " + title, value, "x", TARGET_RATIO));
    }

    private static String key(Workload w, String what) {
        return w.key() + "." + what;
    }
}
