package norma.cli;

import java.util.ArrayList;
import java.util.List;
import norma.cli.gate.CommandGate;
import norma.cli.gate.Gate;
import norma.cli.gate.GateContext;
import norma.cli.gate.MavenGate;
import norma.cli.gate.PitGate;
import norma.conformance.job.ConformEngine;
import norma.conformance.job.RunEngine;
import norma.conformance.job.TourEngine;

/**
 * The gates of {@code norma test}, in order: cheap and general first, so that a broken build is not
 * told as a diverging kernel. A gate whose engine is not in this build does not exist.
 */
final class Gates {
    /** In the module of steps, those of modules that it is built from stay as they are. */
    private static final List<String> STEPS_ONLY =
            List.of("-Dpit.explorer.skip=true", "-Dpit.models.skip=true", "-Dpit.logs.skip=true");

    private Gates() {}

    static List<Gate> select(GateContext context) {
        List<Gate> gates = new ArrayList<>();
        gates.add(new MavenGate("format", 30, false, List.of("-N", "spotless:check")));
        gates.add(
                context.quick()
                        ? new MavenGate("maven-verify", 150, true, List.of("verify"))
                        : new MavenGate(
                                "maven-verify",
                                900,
                                true,
                                List.of("verify", "-Djacoco.skip=false")));
        if (Engines.tool(Engines.SPEC_CHECK).isPresent() && !context.quick()) {
            // Killed at three times its budget: room for a change that leaves nothing to trust.
            gates.add(
                    context.full()
                            ? new CommandGate("spec-check", 4500, List.of("check"))
                            : new CommandGate("spec-check", 200, List.of("check", "--changed")));
        }
        if (Engines.tool(Engines.SIMULATE).isPresent() && !context.quick()) {
            gates.add(new CommandGate("jvm-machine", 150, List.of("simulate", "--seeds", "600")));
        }
        if (Engines.tool(Engines.EXPLORE).isPresent() && !context.quick()) {
            gates.addAll(exploring(context.full()));
        }
        if (Engines.tool(Engines.FORCE).isPresent() && !context.quick()) {
            gates.addAll(forcing(context.full()));
        }
        if (Engines.tool(Engines.MUTATE).isPresent() && !context.quick()) {
            gates.add(
                    context.full()
                            ? new CommandGate("operators", 1800, List.of("mutate", "--full"))
                            : new CommandGate("operators", 900, List.of("mutate")));
        }
        if (!context.quick()) {
            gates.addAll(checkers(context.full()));
        }
        if (Engines.find(RunEngine.class).isPresent() && !context.quick()) {
            gates.add(new CommandGate("main-job", 60, List.of("run")));
            gates.add(new CommandGate("main-job-x86", 60, List.of("run", "--arch", "x86_64")));
        }
        if (Engines.find(ConformEngine.class).isPresent()) {
            if (context.quick()) {
                gates.add(new CommandGate("conform-quick", 80, List.of("conform", "--quick")));
            } else {
                gates.add(new CommandGate("conform", 300, List.of("conform")));
                gates.add(
                        context.full()
                                ? new CommandGate("mutants", 700, List.of("conform", "--mutants"))
                                : new CommandGate(
                                        "mutants",
                                        700,
                                        List.of("conform", "--mutants", "--quick")));
            }
        }
        if (Engines.find(TourEngine.class).isPresent() && !context.quick()) {
            gates.addAll(touring(context.full()));
        }
        return gates;
    }

    /** Each bug takes two images: those that no other gate shows on the machine code. */
    private static final String FORCED_BUGS = "call-death,reply-timeout,checkpoints";

    /** Two cores take the longer, and none of it on machines; so do their processes. */
    private static final String TWO_CORES = "Kernel-3,Scheduler-2,TicketLock-2,Checkpoint-1";

    private static final String ONE_CORE =
            "Kernel-1,Kernel-2,Kernel-4,Kernel-8,Ipc-1,Ipc-of-Kernel-2,Ipc-of-Kernel-4,"
                    + "Scheduler-1,TicketLock-1";

    private static final String PROCESSES = "Kernel-10,Kernel-14,Kernel-17,AddressSpace-9";

    private static List<Gate> touring(boolean full) {
        if (!full) {
            // It ends when enough is covered; a busy machine takes longer to get there.
            return List.of(new CommandGate("tour", 300, List.of("tour", "--seconds", "240")));
        }
        return List.of(
                new CommandGate("tour-processes", 1100, toTheEnd("300", PROCESSES)),
                new CommandGate("tour", 900, toTheEnd("300", ONE_CORE)),
                new CommandGate("tour-cores", 1800, toTheEnd("1500", TWO_CORES)));
    }

    private static List<String> toTheEnd(String seconds, String specs) {
        return List.of("tour", "--to-the-end", "--seconds", seconds, "--spec", specs);
    }

    private static List<Gate> forcing(boolean full) {
        return full
                ? List.of(
                        new CommandGate("force", 300, List.of("force", "--ways", "200")),
                        new CommandGate("force-mutants", 400, List.of("force", "--mutants")))
                : List.of(
                        new CommandGate("force", 60, List.of("force")),
                        new CommandGate(
                                "force-mutants",
                                60,
                                List.of("force", "--mutants", "--scenario", FORCED_BUGS)));
    }

    /**
     * Mutants of what checks the kernel, by PIT: of the explorer; with {@code --full} also of the
     * validator's logs and duties, its steps, snapshots and saved files, and of the models, which
     * take the longest.
     */
    private static List<Gate> checkers(boolean full) {
        List<String> noExplorer = List.of("-Dpit.explorer.skip=true");
        List<Gate> gates = new ArrayList<>();
        gates.add(new PitGate("explorer-mutants", 250, "reference-model", List.of()));
        if (full) {
            gates.add(new PitGate("validator-mutants", 900, "conformance", noExplorer));
            gates.add(new PitGate("step-mutants", 1100, "fuzz", STEPS_ONLY));
            gates.add(new PitGate("model-mutants", 2400, "spec-check", noExplorer));
        }
        return gates;
    }

    private static List<Gate> exploring(boolean full) {
        return full
                ? List.of(
                        new CommandGate("explore", 400, List.of("explore", "--all")),
                        new CommandGate("explore-locks", 300, List.of("explore", "--locks")),
                        new CommandGate(
                                "explore-mutants",
                                250,
                                List.of("explore", "--mutants", "--seeds", "10")),
                        new CommandGate(
                                "explore-operations", 300, List.of("explore", "--operations")))
                : List.of(
                        new CommandGate("explore", 180, List.of("explore")),
                        new CommandGate("explore-mutants", 250, List.of("explore", "--mutants")));
    }
}
