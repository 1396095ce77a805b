package norma.speccheck;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import norma.model.Model;
import norma.model.State;
import norma.model.explore.Explorer;
import norma.model.explore.GraphDigest;
import norma.model.explore.GraphListener;

/** Shows the first edges, in breadth-first order, that only one of two graphs has. */
final class GraphDifference {
    private final Console console;
    private final Path directory;
    private final Manifest.Graph entry;
    private final Model<? extends State> model;

    GraphDifference(
            Console console, Path directory, Manifest.Graph entry, Model<? extends State> model) {
        this.console = console;
        this.directory = directory;
        this.entry = entry;
        this.model = model;
    }

    void print(int limit) {
        Keys ours = new Keys();
        exploreModel(model, ours);
        Keys theirs = new Keys();
        exploreTlc(theirs);
        console.line("  Edges only in the specification:");
        exploreTlc(new Printer(ours.keys, limit));
        console.line("  Edges only in the model:");
        exploreModel(model, new Printer(theirs.keys, limit));
    }

    private static <S extends State> void exploreModel(Model<S> model, GraphListener listener) {
        new Explorer<>(model, listener).run(false);
    }

    private void exploreTlc(GraphListener listener) {
        try (Scratch scratch = new Scratch();
                IsolatedTlc tlc =
                        new IsolatedTlc(
                                directory, entry.module(), entry.config(), scratch.path())) {
            tlc.session().explore(listener, console.progress("TLC again"), false);
        }
    }

    private static class Keys implements GraphListener {
        final GraphDigest digest = new GraphDigest();
        final Set<Long> keys = new HashSet<>();

        @Override
        public void state(int number, CharSequence canonical) {
            digest.state(number, canonical);
        }

        @Override
        public void edge(int from, String label, int to) {
            digest.edge(from, label, to);
            keys.add(digest.lastEdge());
        }
    }

    private final class Printer implements GraphListener {
        private final GraphDigest digest = new GraphDigest();
        private final Map<Integer, String> texts = new HashMap<>();
        private final Set<Long> other;
        private int left;

        Printer(Set<Long> other, int limit) {
            this.other = other;
            left = limit;
        }

        @Override
        public void state(int number, CharSequence canonical) {
            digest.state(number, canonical);
            if (left > 0) {
                texts.put(number, canonical.toString());
            }
        }

        @Override
        public void edge(int from, String label, int to) {
            digest.edge(from, label, to);
            if (left > 0 && !other.contains(digest.lastEdge())) {
                left--;
                console.line("    %s", label);
                console.line("      from %s", texts.getOrDefault(from, "?"));
                console.line("      to   %s", changes(from, to));
            }
        }

        private String changes(int from, int to) {
            List<String> before = List.of(texts.getOrDefault(from, "?").split(" "));
            List<String> after = new ArrayList<>(List.of(texts.getOrDefault(to, "?").split(" ")));
            after.removeAll(before);
            return after.isEmpty() ? "(the same state)" : String.join(" ", after);
        }
    }
}
