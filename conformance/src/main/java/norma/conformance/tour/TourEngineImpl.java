package norma.conformance.tour;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import norma.conformance.check.Finding;
import norma.conformance.check.Verdict;
import norma.conformance.job.Images;
import norma.conformance.job.TourEngine;
import norma.conformance.job.TourOptions;
import norma.conformance.job.UsageException;
import norma.conformance.job.Verdicts;
import norma.conformance.machine.Arch;
import norma.conformance.saved.Unfinished;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** {@code norma tour}: one architecture after another. */
public final class TourEngineImpl implements TourEngine {
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /** Ways that differ that are told. */
    private static final int TOLD = 3;

    /** Machines with processes, in the order of their tours. */
    private static final Map<String, ProcessTour.Wish> PROCESSES = new LinkedHashMap<>();

    static {
        ProcessTour.Wish all = new ProcessTour.Wish(Set.of(), 85, Result.LEAST_EDGES, null);
        PROCESSES.put(SmallMachines.PROCESSES, all);
        PROCESSES.put(SmallMachines.RIGHTS, all);
        // What is left takes cores that look for threads at one moment and go on much later.
        Set<String> together = Set.of("Acknowledge", "Admit", "Release", "WaitTurn");
        PROCESSES.put(
                SmallMachines.SHOOTDOWN,
                new ProcessTour.Wish(together, 10, 70, SmallMachines.SPACES));
    }

    /** For the service loader. */
    public TourEngineImpl() {}

    @Override
    public List<String> specs() {
        return List.of(
                SmallMachines.KERNEL,
                SmallMachines.TIMED,
                SmallMachines.CHAINED,
                SmallMachines.LOCKED,
                SmallMachines.IPC,
                SmallMachines.OF + SmallMachines.TIMED,
                SmallMachines.OF + SmallMachines.CHAINED,
                SmallMachines.SCHEDULER,
                SmallMachines.LOCK,
                SmallMachines.CORES,
                SmallMachines.SCHEDULER_CORES,
                SmallMachines.LOCK_CORES,
                SmallMachines.CHECKPOINT,
                SmallMachines.PROCESSES,
                SmallMachines.RIGHTS,
                SmallMachines.SHOOTDOWN,
                SmallMachines.SPACES);
    }

    @Override
    public int tour(TourOptions options, PrintStream out) throws Exception {
        for (String spec : options.specs()) {
            if (!specs().contains(spec)) {
                throw new UsageException(
                        "no tour of " + spec + "; there are " + String.join(", ", specs()));
            }
        }
        SmallMachines machines = new SmallMachines(Images.root());
        List<Arch> archs = options.archs().isEmpty() ? List.of(Arch.values()) : options.archs();
        Tally tally = new Tally(options, out);
        archs.forEach(arch -> tally.report.put(arch.label(), new ArrayList<>()));
        if (options.specs().isEmpty() || options.specs().stream().anyMatch(this::onePerBoot)) {
            List<Route> routes = Route.all(machines);
            for (Arch arch : archs) {
                Path kernel = Images.kernel(arch, options.overlay());
                Tourist tourist = new Tourist(machines, routes, arch, kernel, out);
                Finding finding =
                        tourist.tour(options.patience(), options.toTheEnd(), options.seed());
                if (finding != null) {
                    tally.found(arch, finding);
                }
                tally.add(arch, tourist.results(), tourist.outOfTime());
            }
        }
        if (options.specs().isEmpty() || options.specs().stream().anyMatch(this::gated)) {
            GatedTour gated = new GatedTour(machines, out);
            gated.rehearse(options.patience(), options.toTheEnd(), options.seed());
            for (Arch arch : archs) {
                GatedTour.Shown shown = gated.tour(arch, options.overlay());
                tally.differs(arch, shown.wrong(), shown.unknown());
                tally.add(arch, shown.results(), gated.outOfTime());
            }
        }
        for (String name : PROCESSES.keySet()) {
            String component = PROCESSES.get(name).spaces();
            boolean wanted =
                    options.specs().isEmpty()
                            || options.specs().contains(name)
                            || (component != null && options.specs().contains(component));
            if (!wanted) {
                continue;
            }
            ProcessTour processes = new ProcessTour(machines, name, PROCESSES.get(name), out);
            processes.rehearse(options.patience(), options.toTheEnd(), options.seed());
            for (Arch arch : archs) {
                ProcessTour.Shown shown = processes.tour(arch, options.overlay());
                tally.differs(arch, shown.wrong(), shown.unknown());
                tally.add(arch, shown.results(), processes.outOfTime());
            }
        }
        if (options.report().isPresent()) {
            write(tally.report, options.report().get());
        }
        return tally.verdict();
    }

    private boolean onePerBoot(String spec) {
        return !gated(spec) && !PROCESSES.containsKey(spec) && !spec.equals(SmallMachines.SPACES);
    }

    private boolean gated(String spec) {
        return List.of(
                        SmallMachines.CORES,
                        SmallMachines.SCHEDULER_CORES,
                        SmallMachines.LOCK_CORES,
                        SmallMachines.CHECKPOINT)
                .contains(spec);
    }

    /** What came of all graphs and architectures. */
    private static final class Tally {
        final Map<String, List<Object>> report = new LinkedHashMap<>();
        private final TourOptions options;
        private final PrintStream out;
        private int passed;
        private int failed;
        private int unknown;

        Tally(TourOptions options, PrintStream out) {
            this.options = options;
            this.out = out;
        }

        void found(Arch arch, Finding finding) {
            out.println(arch + " " + finding.reason() + ": " + finding.summary());
            finding.details().forEach(line -> out.println("        " + line));
            boolean diverges = finding.verdict() == Verdict.DIVERGES;
            failed += diverges ? 1 : 0;
            unknown += diverges ? 0 : 1;
        }

        /** What is wrong with the machine code's courses; how many no machine could take. */
        void differs(Arch arch, List<String> wrong, int without) {
            wrong.stream().limit(TOLD).forEach(one -> out.println(arch + " DIFFERS " + one));
            failed += wrong.isEmpty() ? 0 : 1;
            unknown += without == 0 ? 0 : 1;
        }

        /** What is missing when the time was up may only be late. */
        void add(Arch arch, List<Result> results, boolean outOfTime) {
            for (Result result : results) {
                if (options.specs().isEmpty() || options.specs().contains(result.spec())) {
                    add(arch, result, outOfTime && result.refuted().isEmpty());
                }
            }
        }

        private void add(Arch arch, Result result, boolean late) {
            print(arch, result, late ? "NOT ENOUGH IN THE TIME (--seconds)" : "NOT ENOUGH", out);
            report.getOrDefault(arch.label(), new ArrayList<>()).add(value(result));
            passed += result.enough() ? 1 : 0;
            unknown += !result.enough() && late ? 1 : 0;
            failed += !result.enough() && !late ? 1 : 0;
        }

        int verdict() {
            out.println(Verdicts.totals(passed, failed, unknown));
            out.flush();
            if (unknown > 0) {
                return Verdicts.INCONCLUSIVE;
            }
            return failed > 0 ? Verdicts.VIOLATION : Verdicts.PASS;
        }
    }

    private static void print(Arch arch, Result result, String lacking, PrintStream out) {
        out.printf(
                Locale.ROOT,
                "TOUR %s %s actions %d/%d, edges %d/%d drivable of %d (%.1f %%)%s %s%n",
                arch,
                result.spec(),
                result.actions(),
                result.drivableActions(),
                result.edges(),
                result.drivable(),
                result.all(),
                result.share(),
                predicates(result.predicates()),
                result.enough() ? "ok" : lacking);
        new TreeMap<>(result.excluded())
                .forEach((why, count) -> out.println("     not drivable: " + count + " " + why));
        missed(result)
                .forEach((what, count) -> out.println("     not taken: " + count + " " + what));
        result.missed().stream()
                .filter(line -> line.startsWith("action ") || line.startsWith("predicate "))
                .forEach(line -> out.println("     not reached: " + line));
        result.refuted().stream().limit(5).forEach(line -> out.println("     REFUTED " + line));
        out.flush();
    }

    private static String predicates(Result.Predicates p) {
        return ", predicates " + p.seen() + "/" + p.drivable() + " drivable of " + p.all();
    }

    /** The edges that were not taken, by their actions. */
    private static Map<String, Integer> missed(Result result) {
        Map<String, Integer> counts = new TreeMap<>();
        for (String line : result.missed()) {
            int at = line.indexOf(": ");
            int open = line.indexOf('(');
            if (line.startsWith("not taken") && open > at) {
                counts.merge(line.substring(at + 2, open), 1, Integer::sum);
            }
        }
        return counts;
    }

    private static Map<String, Object> value(Result result) {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("spec", result.spec());
        value.put("actions", result.actions());
        value.put("drivableActions", result.drivableActions());
        value.put("edges", result.edges());
        value.put("drivable", result.drivable());
        value.put("all", result.all());
        value.put("least", result.least());
        value.put("predicates", result.predicates());
        value.put("notDrivable", new TreeMap<>(result.excluded()));
        value.put("refuted", result.refuted());
        value.put("notReached", result.missed());
        return value;
    }

    private static void write(Map<String, List<Object>> report, Path file) throws IOException {
        Unfinished.write(file, MAPPER.writeValueAsString(report) + "\n");
    }
}
