package norma.speccheck;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import norma.model.Action;
import norma.model.Guard;
import norma.model.Model;
import norma.model.State;
import norma.speccheck.tlc.Judge;

/**
 * States of a model that nobody reaches, and which invariants are false there, as the model checker
 * says: reachable states in which some words are those of other reachable states.
 *
 * <p>A folder {@code norma.kept} keeps them for the JVMs of one build, so that they are not made
 * with a model that has a bug.
 */
final class AlteredStates {
    private static final int WALK = 20_000;
    private static final int MOST_WORDS = 3;

    private AlteredStates() {}

    /**
     * Names of false invariants for each packed state, in hexadecimal; of all that the model
     * checker has looked at for the empty text.
     */
    static Map<String, Set<String>> of(Manifest.Graph graph, int count) {
        String folder = System.getProperty("norma.kept");
        if (folder == null) {
            return make(graph, count);
        }
        Path file = Path.of(folder, graph.name() + ".states");
        try {
            if (!Files.exists(file)) {
                Files.createDirectories(file.getParent());
                List<String> lines = new ArrayList<>();
                make(graph, count)
                        .forEach((s, names) -> lines.add(s + ":" + String.join(" ", names)));
                Files.write(file, lines);
            }
            Map<String, Set<String>> states = new LinkedHashMap<>();
            for (String line : Files.readAllLines(file)) {
                int colon = line.indexOf(':');
                Set<String> names = new TreeSet<>(List.of(line.substring(colon + 1).split(" ")));
                names.remove("");
                states.put(line.substring(0, colon), names);
            }
            return states;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Set<String>> make(Manifest.Graph graph, int count) {
        Model<? extends State> model = Models.create(graph.spec(), graph.constants());
        Random random = new Random(1);
        List<byte[]> reached = walk(model, random, WALK);
        State state = model.initialStates().get(0);
        Map<String, Set<String>> states = new LinkedHashMap<>();
        try (Scratch scratch = new Scratch();
                Loader loader = new Loader()) {
            BiFunction<String, Set<String>, Boolean> judge = loader.judge(graph, scratch.path());
            Set<String> all = new TreeSet<>();
            if (judge.apply("", all)) {
                states.put("", all);
            }
            for (int i = 0; i < count; i++) {
                byte[] bytes = altered(reached, random);
                state.unpack(bytes, 0);
                StringBuilder text = new StringBuilder();
                try {
                    state.canonical(text, model.names());
                } catch (RuntimeException e) {
                    continue; // No state at all.
                }
                Set<String> violated = new TreeSet<>();
                if (judge.apply(text.toString(), violated)) {
                    states.put(HexFormat.of().formatHex(bytes), violated);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return states;
    }

    static byte[] altered(List<byte[]> reached, Random random) {
        byte[] bytes = reached.get(random.nextInt(reached.size())).clone();
        for (int i = random.nextInt(MOST_WORDS + 1); i > 0; i--) {
            int at = random.nextInt(bytes.length);
            bytes[at] = reached.get(random.nextInt(reached.size()))[at];
        }
        return bytes;
    }

    static <S extends State> List<byte[]> walk(Model<S> model, Random random, int length) {
        List<? extends Action> actions = model.actions();
        Guard guard = new Guard();
        S state = model.initialStates().get(0);
        S before = model.initialStates().get(0);
        List<byte[]> reached = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            int first = random.nextInt(actions.size());
            boolean moved = false;
            for (int k = 0; k < actions.size() && !moved; k++) {
                guard.begin();
                Action action = actions.get((first + k) % actions.size());
                moved = model.step(state, action, guard) && !state.equals(before);
            }
            before.copyFrom(state);
            // Where nothing moves any more it begins again.
            if (!moved || random.nextInt(100) == 0) {
                state.copyFrom(model.initialStates().get(0));
                before.copyFrom(state);
            }
            byte[] bytes = new byte[state.size()];
            state.pack(bytes, 0);
            reached.add(bytes);
        }
        return reached;
    }

    /** The model checker's state is static: each specification has a model checker of its own. */
    private static final class Loader extends URLClassLoader {
        private static final List<String> OWN_PREFIXES =
                List.of("tlc2.", "tla2sany.", "util.", "pcal.", "model.", "norma.speccheck.tlc.");

        Loader() {
            super(
                    new URL[] {
                        location(tlc2.TLC.class), location(IsolatedTlc.class), location(Judge.class)
                    },
                    AlteredStates.class.getClassLoader());
        }

        private static URL location(Class<?> type) {
            return type.getProtectionDomain().getCodeSource().getLocation();
        }

        @SuppressWarnings("unchecked")
        BiFunction<String, Set<String>, Boolean> judge(Manifest.Graph graph, Path scratch) {
            try {
                return (BiFunction<String, Set<String>, Boolean>)
                        Class.forName(Judge.class.getName(), true, this)
                                .asSubclass(BiFunction.class)
                                .getConstructor(Path.class, String.class, String.class, Path.class)
                                .newInstance(
                                        Checkout.ROOT.resolve("spec"),
                                        graph.module(),
                                        graph.config(),
                                        scratch);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("cannot load " + graph.module(), e);
            }
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (OWN_PREFIXES.stream().noneMatch(name::startsWith)) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded != null ? loaded : findClass(name);
            }
        }
    }
}
