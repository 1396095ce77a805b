package norma.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import norma.model.explore.Exploration;
import norma.model.explore.Explorer;
import norma.model.ipc.IpcModel;
import norma.speccheck.IsolatedTlc;
import norma.speccheck.Manifest;
import norma.speccheck.TlcOutcome;

/**
 * States a CPU-second of the explorer and of TLC, both in this process, one after the other, on one
 * graph with all invariants.
 */
final class ExplorerFigures {
    private static final String GRAPH = "Ipc-5";
    private static final int PASSES = 3;
    private static final double TARGET = 350_000;

    private ExplorerFigures() {}

    static List<Figure> measure(Path root, Path work, PrintWriter out)
            throws IOException, BenchException {
        Path specs = root.resolve("spec");
        Manifest.Graph graph =
                Manifest.read(specs).graphs().stream()
                        .filter(g -> g.name().equals(GRAPH))
                        .findFirst()
                        .orElseThrow(() -> new BenchException("the manifest lacks " + GRAPH));
        double[] rates = new double[PASSES];
        for (int i = 0; i < PASSES; i++) {
            Exploration exploration = new Explorer<>(model(graph), null).run(false);
            same(graph, "explorer", exploration.states(), exploration.violation());
            rates[i] = exploration.states() / (exploration.cpuNanos() / 1e9);
        }
        out.println("  TLC on " + GRAPH);
        double tlc = tlc(specs, graph, work);
        double best = -Statistics.least(rates[0] * -1, rates[1] * -1, rates[2] * -1);
        return List.of(
                rate("first", "explorer, " + GRAPH + ", first pass", rates[0], "states/CPU-s"),
                Figure.timed(
                        "explorer.best",
                        "explorer, " + GRAPH + ", best of " + PASSES,
                        best,
                        "states/CPU-s",
                        TARGET,
                        Figure.Better.MORE),
                rate("tlc", "TLC in process, same graph, invariants", tlc, "states/CPU-s"),
                rate("ratio", "explorer / TLC", best / tlc, "x"));
    }

    private static double tlc(Path specs, Manifest.Graph graph, Path work)
            throws IOException, BenchException {
        Path scratch = Files.createTempDirectory(work, "tlc");
        try (IsolatedTlc tlc = new IsolatedTlc(specs, graph.module(), graph.config(), scratch)) {
            TlcOutcome outcome = tlc.session().explore(null, (done, found, edges) -> {}, false);
            same(
                    graph,
                    "TLC",
                    outcome.states(),
                    outcome.violated().isEmpty() ? null : outcome.violated().getFirst());
            return outcome.states() / (outcome.cpuNanos() / 1e9);
        }
    }

    private static void same(
            Manifest.Graph graph,
            String who,
            long states,
            @org.jspecify.annotations.Nullable String violation)
            throws BenchException {
        if (states != graph.states() || violation != null) {
            throw new BenchException(
                    who + " found " + states + " states, not " + graph.states() + "; " + violation);
        }
    }

    private static IpcModel model(Manifest.Graph graph) {
        Map<String, Integer> c = graph.constants();
        return new IpcModel(
                new IpcModel.Constants(
                        c.getOrDefault("threads", 0),
                        c.getOrDefault("channels", 0),
                        c.getOrDefault("tags", 0),
                        c.getOrDefault("payloads", 0),
                        c.getOrDefault("priorities", 0),
                        c.getOrDefault("incarnations", 0),
                        c.getOrDefault("timeouts", 0) != 0));
    }

    private static Figure rate(String key, String title, double value, String unit) {
        return Figure.timed("explorer." + key, title, value, unit, Double.NaN, Figure.Better.MORE);
    }
}
