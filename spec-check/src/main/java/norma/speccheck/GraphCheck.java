package norma.speccheck;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import norma.model.Model;
import norma.model.State;
import norma.model.explore.Exploration;
import norma.model.explore.Explorer;
import norma.model.explore.GraphDigest;
import org.jspecify.annotations.Nullable;

/**
 * Checks one graph entry: the model checker finds nothing wrong, both graphs are equal, and every
 * count is the pinned one.
 */
final class GraphCheck {
    private static final double NANOS = 1e9;
    private static final int DIFFERENCES = 5;

    private final Console console;
    private final Path directory;
    private final Manifest.Graph entry;
    private final Vacuity vacuity;
    private final Model<? extends State> model;
    private final List<String> failures = new ArrayList<>();
    private final Set<String> read = new HashSet<>();

    GraphCheck(Console console, Path directory, Manifest.Graph entry, Vacuity vacuity) {
        this.console = console;
        this.directory = directory;
        this.entry = entry;
        this.vacuity = vacuity;
        model = Models.create(entry.spec(), entry.constants());
    }

    Proof run() {
        console.begin("graph", entry.name());
        long begin = System.nanoTime();
        Exploration plain = explore(model, null);
        GraphDigest ours = new GraphDigest();
        explore(model, ours);
        GraphDigest theirs = new GraphDigest();
        TlcOutcome tlc = tlc(theirs);
        judge(plain, ours, tlc, theirs);
        console.line(
                "  %-14s %-58s %,9d states %,10d edges  depth %3d  TLC %6.1f s  explorer %6.2f s"
                        + " (%,d states/s)  %s  %d s of %d",
                entry.spec(),
                constants(),
                tlc.states(),
                tlc.edges(),
                tlc.depth(),
                tlc.cpuNanos() / NANOS,
                plain.cpuNanos() / NANOS,
                Math.round(plain.statesPerSecond()),
                ours.text().equals(theirs.text()) ? "equal" : "DIFFERENT",
                (System.nanoTime() - begin) / (long) NANOS,
                entry.seconds());
        failures.forEach(failure -> console.line("  FAILED: %s", failure));
        if (!tlc.violated().isEmpty()) {
            console.trace(tlc);
        } else if (!ours.text().equals(theirs.text())) {
            new GraphDifference(console, directory, entry, model).print(DIFFERENCES);
        }
        List<String> unseen = Vacuity.unseen(tlc);
        if (tlc.violated().isEmpty()) {
            vacuity.explored(entry.spec(), unseen);
        }
        Map<String, Object> facts =
                Map.of(
                        "states", tlc.states(),
                        "edges", tlc.edges(),
                        "depth", tlc.depth(),
                        "graph", theirs.text(),
                        "unseen", unseen);
        return new Proof(failures.isEmpty(), facts, read);
    }

    private TlcOutcome tlc(GraphDigest digest) {
        try (Scratch scratch = new Scratch();
                IsolatedTlc tlc =
                        new IsolatedTlc(
                                directory, entry.module(), entry.config(), scratch.path())) {
            TlcOutcome outcome =
                    tlc.session().explore(digest, console.progress("TLC " + entry.name()), true);
            read.addAll(tlc.session().read());
            return outcome;
        }
    }

    private static <S extends State> Exploration explore(
            Model<S> model, @Nullable GraphDigest digest) {
        return new Explorer<>(model, digest).run(false);
    }

    private void judge(Exploration plain, GraphDigest ours, TlcOutcome tlc, GraphDigest theirs) {
        if (!tlc.violated().isEmpty()) {
            failures.add("violated: " + String.join(", ", tlc.violated()));
            return;
        }
        if (plain.violation() != null) {
            failures.add("the model violates " + plain.violation());
            plain.path().forEach(s -> failures.add("  " + s.label() + "  " + s.state()));
        }
        if (!ours.text().equals(theirs.text())) {
            failures.add("graphs differ: model " + ours.text() + "; TLC " + theirs.text());
        }
        pin("states", entry.states(), tlc.states());
        pin("edges", entry.edges(), tlc.edges());
        pin("depth", entry.depth(), tlc.depth());
    }

    private void pin(String what, long pinned, long found) {
        if (pinned != found) {
            failures.add(what + ": pinned " + pinned + ", found " + found);
        }
    }

    private String constants() {
        Map<String, Integer> sorted = new TreeMap<>(entry.constants());
        return sorted.entrySet().stream()
                .map(e -> e.getKey() + "=" + e.getValue())
                .collect(Collectors.joining(" "));
    }
}
