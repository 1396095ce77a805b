package norma.kernel.sim.explore;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import norma.conformance.check.Finding;
import norma.conformance.check.Reason;
import norma.conformance.forced.Course;
import norma.conformance.forced.ForcedMachine;
import norma.conformance.forced.StrayedException;
import norma.conformance.job.Images;
import norma.conformance.machine.Arch;
import norma.conformance.machine.MachineException;
import norma.conformance.mutant.MutationException;
import norma.conformance.mutant.Overlay;
import norma.conformance.saved.Unfinished;
import norma.kernel.sim.Failure;
import norma.kernel.sim.load.KernelLoader;
import org.jspecify.annotations.Nullable;

/**
 * The bugs that exploring the scenarios finds, on the machine code: an image with the bug and with
 * gates takes the simplest way to the failure. It must record what the classes with the bug record,
 * and the validator must reject its trace for the reason that the exploration gave, or for the one
 * that is named here ({@link #OTHERWISE}).
 *
 * <p>Races are left out: a kernel with one may record something else on the machine, because the
 * compiler may move plain accesses that nothing orders. So are bugs that show only where a core
 * stops between two gates ({@link #UNGATED}).
 */
final class ForcedBugs {
    /** Failures that may only be seen when nothing can happen any more. */
    private static final Set<String> AT_THE_END =
            Set.of("UNDISCHARGED", Failure.UNFINISHED, "POST_STATE_MISMATCH");

    private static final String CONFORMS = "conforms";

    /**
     * Bugs for which the validator gives another reason, with that reason. Of a cut that is none
     * the exploration sees that its epochs are out of turn, which the versions of a trace show
     * first.
     */
    private static final Map<String, Reason> OTHERWISE =
            Map.of("newer-stamp-ignored", Reason.VERSION_GAP);

    /**
     * Bugs whose failure takes a stop where a machine with gates has none: between an atomic write
     * and a plain access that is made without a lock behind it. A race, but for its shortest way.
     */
    private static final Set<String> UNGATED = Set.of("again-when-unlocked", "works-for-another");

    private final Manifest manifest;
    private final List<Arch> archs;
    private final PrintWriter out;
    private int passed;
    private int failed;
    private int unseen;

    ForcedBugs(Manifest manifest, List<Arch> archs, PrintWriter out) {
        this.manifest = manifest;
        this.archs = archs;
        this.out = out;
    }

    int failed() {
        return failed;
    }

    /** Forces the bugs of the scenarios; a row for each and each architecture. */
    void run(List<Case> scenarios)
            throws IOException, Images.ImageBuildException, MachineException {
        out.printf(
                "%-14s %-28s %-8s %6s %-20s %s%n",
                "scenario", "mutant", "arch", "steps", "explored", "on the machine");
        for (Case scenario : scenarios) {
            for (SeededBug bug : SeededBug.of(scenario.name())) {
                force(scenario, bug);
            }
        }
        out.printf(
                "%d passed, %d failed; %d are races, which only the exploration sees%n",
                passed, failed, unseen);
    }

    private void force(Case scenario, SeededBug bug)
            throws IOException, Images.ImageBuildException, MachineException {
        if (bug.kinds().contains(Failure.RACE)) {
            unseen++;
            row(scenario, bug, "-", 0, Failure.RACE, "left to the exploration");
            return;
        }
        Exploration exploration = new Exploration(bug.edit(), scenario);
        Exploration.Outcome found = exploration.search(false, 2 * manifest.states(scenario.name()));
        Exploration.Outcome simple = exploration.simplest(found);
        Failure failure = simple.failure();
        Courses courses = new Courses(scenario, bug.edit());
        Course course = failure == null ? null : courses.failing(simple.choices());
        if (failure != null && UNGATED.contains(bug.mutant().name())) {
            unseen += course == null ? 1 : 0;
            failed += course == null ? 0 : 1;
            String said = course == null ? "left to the exploration" : "WRONG: gates lead there";
            row(scenario, bug, "-", 0, failure.kind(), said);
            return;
        }
        Path classes = Files.createTempDirectory(Unfinished.prefix("bug"));
        Unfinished.add(classes);
        try {
            write(bug, classes);
            force(scenario, bug, courses, course, failure, classes);
        } finally {
            Unfinished.delete(classes);
        }
    }

    private void force(
            Case scenario,
            SeededBug bug,
            Courses courses,
            @Nullable Course course,
            @Nullable Failure failure,
            Path classes)
            throws Images.ImageBuildException, MachineException {
        for (Arch arch : archs) {
            if (failure == null || course == null) {
                failed++;
                row(scenario, bug, arch.label(), 0, "-", "WRONG: no way of gates to a failure");
            } else {
                Path image = Images.gated(arch, Optional.of(classes));
                String said = said(scenario, arch, image, courses.beginning(), course, failure);
                boolean rejected = said.equals(expected(bug, failure.kind()));
                passed += rejected ? 1 : 0;
                failed += rejected ? 0 : 1;
                row(
                        scenario,
                        bug,
                        arch.label(),
                        course.steps().size(),
                        failure.kind(),
                        rejected ? said : "WRONG: " + said);
            }
        }
    }

    /** What the validator must say of a bug that the exploration found as {@code explored}. */
    static String expected(SeededBug bug, String explored) {
        Reason other = OTHERWISE.get(bug.mutant().name());
        return other == null ? explored : other.name();
    }

    /** Names of the bugs for which the validator gives another reason. */
    static Set<String> otherwise() {
        return OTHERWISE.keySet();
    }

    /** Names of the bugs that are shown where no gate is. */
    static Set<String> ungated() {
        return UNGATED;
    }

    private static void write(SeededBug bug, Path classes) throws IOException {
        try {
            new Overlay(KernelLoader.class.getClassLoader()).write(bug.mutant(), classes);
        } catch (MutationException e) {
            throw new IllegalStateException(bug.mutant().name() + " cannot be made", e);
        }
    }

    /** What the machine's run of a course comes to, as a kind of failure; or how it differs. */
    private static String said(
            Case scenario, Arch arch, Path image, Course beginning, Course course, Failure failure)
            throws MachineException {
        try (ForcedMachine machine =
                ForcedMachine.boot(arch, image, scenario.script(), scenario.cpus(), beginning)) {
            ForcedMachine.Result result = machine.take(course);
            if (result.wrong() != null) {
                return result.wrong();
            }
            if (result.panicked()) {
                return Failure.PANICKED;
            }
            Finding finding =
                    scenario.script().recording().live()
                            ? machine.finding(course, AT_THE_END.contains(failure.kind()))
                            : suffix(scenario, arch, result.records());
            return finding == null ? CONFORMS : finding.reason().name();
        } catch (StrayedException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static @Nullable Finding suffix(Case scenario, Arch arch, List<List<long[]>> records) {
        return KeptRecords.validate(
                new ArrayList<>(records),
                scenario.script().firstPriority(),
                arch.privilegedCause(),
                scenario.script().memory());
    }

    private void row(
            Case scenario, SeededBug bug, String arch, int steps, String explored, String said) {
        out.printf(
                Locale.ROOT,
                "%-14s %-28s %-8s %6d %-20s %s%n",
                scenario.name(),
                bug.mutant().name(),
                arch,
                steps,
                explored,
                said);
        out.flush();
    }
}
