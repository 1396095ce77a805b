package norma.speccheck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import norma.model.Action;
import norma.model.Guard;
import norma.model.Invariant;
import norma.model.Model;
import norma.model.Observation;
import norma.model.State;
import norma.model.kernel.KernelModel;
import norma.model.kernel.KernelState;
import org.junit.jupiter.api.Test;

/**
 * The steps of some hundred states of each graph are what they were when the folder {@code
 * norma.kept} was begun: who notices a mutant of the model in less time than a whole graph takes.
 * What is kept comes from the model whose graphs {@link GraphsOfModels} and {@code norma check}
 * compare with the specification's. Not a test of the ordinary build: without a mutant it has
 * nothing to say.
 *
 * <p>Of a state: every step, with its label and the state behind it; of an action that is not
 * enabled, which conjunct is false; which invariants hold; and the state's own text. Of a state
 * that nobody reaches: which invariants hold.
 */
class StepsOfModels {
    private static final int WALK = 30_000;
    private static final int STATES = 250;
    private static final int ALTERED = 2_500;

    /** Of states of few words: what an invariant adds up wrongly shows in few of them. */
    private static final int ALTERED_SMALL = 20_000;

    private static final int SMALL = 48;

    @Test
    void ticketLock() throws IOException {
        compare("TicketLock");
    }

    @Test
    void checkpoint() throws IOException {
        compare("Checkpoint");
    }

    @Test
    void ipc() throws IOException {
        compare("Ipc");
    }

    @Test
    void scheduler() throws IOException {
        compare("Scheduler");
    }

    @Test
    void addressSpace() throws IOException {
        compare("AddressSpace");
    }

    @Test
    void capability() throws IOException {
        compare("Capability");
    }

    @Test
    void supervision() throws IOException {
        compare("Supervision");
    }

    @Test
    void kernel() throws IOException {
        compare("Kernel");
    }

    /** Constants larger than any whose graph is searched: more of each than one. */
    private static final Map<String, String> LARGER =
            Map.of(
                    "TicketLock",
                    "cores=3 width=8",
                    "Checkpoint",
                    "cores=3 objects=3 epochs=3 changes=2 fromBoot=0",
                    "Ipc",
                    "threads=9 channels=3 tags=2 payloads=2 priorities=2 incarnations=3"
                            + " timeouts=1",
                    "Scheduler",
                    "cores=3 threads=5 priorities=3 generations=3",
                    "AddressSpace",
                    "cores=3 threads=3 spaces=3 pages=3 frames=4 protections=7",
                    "Capability",
                    "threads=4 processes=3 slots=4 objects=2 rights=3 badges=2 maxDepth=4"
                            + " lives=3",
                    "Supervision",
                    "cores=3 helpers=2 services=4 graph=3 controls=7 budget=3 maxDelay=3"
                            + " parts=3",
                    "Kernel",
                    "cores=3 threads=8 channels=2 tags=2 payloads=2 priorities=3"
                            + " incarnations=3 generations=3 timeouts=1 tickets=5"
                            + " channelLocks=0 coreLocks=0 threadLocks=0 firstPriority=2"
                            + " spaces=2 pages=3 frames=3 protections=7 spaceLocks=0 memoryLock=0");

    private static void compare(String spec) throws IOException {
        for (Manifest.Graph graph : Manifest.read(Checkout.ROOT.resolve("spec")).graphs()) {
            if (graph.spec().equals(spec)) {
                compare(graph.name(), Models.create(spec, graph.constants()));
            }
        }
        Map<String, Integer> larger = new HashMap<>();
        for (String constant : LARGER.getOrDefault(spec, "").split(" ")) {
            int at = constant.indexOf('=');
            larger.put(constant.substring(0, at), Integer.valueOf(constant.substring(at + 1)));
        }
        compare(spec + "-larger", Models.create(spec, larger));
        if (spec.equals("Kernel")) {
            larger.putAll(
                    Map.of(
                            "channelLocks",
                            1,
                            "coreLocks",
                            1,
                            "threadLocks",
                            1,
                            "spaceLocks",
                            1,
                            "memoryLock",
                            1));
            compare("Kernel-larger-locks", Models.create(spec, larger));
            compare("Kernel-tour", Models.create(spec, KernelTour.CONSTANTS));
        }
    }

    private static <S extends State> void compare(String name, Model<S> model) throws IOException {
        List<String> kept = kept(name, model);
        assertEquals(initial(model), kept.get(0), name);
        S state = model.initialStates().get(0);
        for (String line : kept.subList(1, kept.size())) {
            String[] parts = line.split(" ");
            byte[] bytes = HexFormat.of().parseHex(parts[1]);
            assertEquals(line, said(model, state, parts[0], bytes), name);
        }
    }

    private static <S extends State> List<String> kept(String name, Model<S> model)
            throws IOException {
        String folder = System.getProperty("norma.kept");
        Path file = folder == null ? null : Path.of(folder, name + ".steps");
        if (file != null && Files.exists(file)) {
            return Files.readAllLines(file);
        }
        List<String> lines = make(name, model);
        if (file != null) {
            Files.createDirectories(file.getParent());
            Files.write(file, lines);
        }
        return lines;
    }

    private static String initial(Model<? extends State> model) {
        List<String> all = new ArrayList<>();
        for (State state : model.initialStates()) {
            byte[] bytes = new byte[state.size()];
            state.pack(bytes, 0);
            all.add(HexFormat.of().formatHex(bytes));
        }
        return all.toString();
    }

    private static <S extends State> List<String> make(String name, Model<S> model) {
        Random random = new Random(2);
        List<byte[]> reached = AlteredStates.walk(model, random, WALK);
        Set<String> all = new LinkedHashSet<>();
        reached.forEach(bytes -> all.add(HexFormat.of().formatHex(bytes)));
        List<String> some = new ArrayList<>(all);
        Collections.shuffle(some, new Random(3));
        List<String> lines = new ArrayList<>(List.of(initial(model)));
        S state = model.initialStates().get(0);
        for (String packed : some.subList(0, Math.min(some.size(), STATES))) {
            lines.add(said(model, state, "steps", HexFormat.of().parseHex(packed)));
        }
        if (model instanceof KernelModel kernel && name.equals("Kernel-tour")) {
            for (byte[] bytes : KernelTour.of(kernel)) {
                lines.add(said(model, state, "steps", bytes));
            }
        }
        List<byte[]> each = new ArrayList<>(); // Rare states as often as those of every walk.
        some.forEach(packed -> each.add(HexFormat.of().parseHex(packed)));
        int altered = state.size() <= SMALL ? ALTERED_SMALL : ALTERED;
        for (int i = 0; i < altered; i++) {
            byte[] bytes = AlteredStates.altered(each, random);
            bytes[random.nextInt(bytes.length)] += (byte) (random.nextInt(3) - 1);
            lines.add(said(model, state, "altered", bytes));
        }
        return lines;
    }

    private static <S extends State> String said(
            Model<S> model, S state, String what, byte[] packed) {
        state.unpack(packed, 0);
        String said =
                what.equals("steps") ? behaviour(model, state, packed) : violated(model, state);
        return what + " " + HexFormat.of().formatHex(packed) + " " + said;
    }

    /** A hash of which invariants are false; what is no state is false in its own way. */
    private static <S extends State> String violated(Model<S> model, S state) {
        Hash hash = new Hash();
        for (Invariant<S> invariant : model.invariants()) {
            try {
                hash.add(invariant.holds(state, model.names()) ? "true" : "false");
            } catch (RuntimeException e) {
                hash.add("none");
            }
        }
        return Long.toHexString(hash.sum);
    }

    /** A hash of all that the model says of a state. */
    private static <S extends State> String behaviour(Model<S> model, S state, byte[] packed) {
        Hash hash = new Hash();
        Guard guard = new Guard();
        add(hash, state, model);
        State copy = state.copy();
        for (Action action : model.actions()) {
            guard.begin();
            if (model.step(state, action, guard)) {
                hash.add(model.names().label(action));
                add(hash, state, model);
                state.unpack(packed, 0);
            } else {
                hash.add(String.valueOf(guard.failed()));
            }
        }
        assertEquals(state, copy);
        for (Invariant<S> invariant : model.invariants()) {
            hash.add(invariant.holds(state, model.names()) ? invariant.name() : "false");
        }
        if (model instanceof KernelModel kernel && state instanceof KernelState s) {
            add(hash, kernel, s);
            state.unpack(packed, 0);
        }
        return Long.toHexString(hash.sum);
    }

    private static void add(Hash hash, State state, Model<?> model) {
        StringBuilder text = new StringBuilder();
        state.canonical(text, model.names());
        hash.add(text);
        byte[] words =
                new byte[state.size()]; // More than the text: what a state keeps to be quick.
        state.pack(words, 0);
        hash.add(HexFormat.of().formatHex(words));
    }

    /** What only the validator asks. */
    private static void add(Hash hash, KernelModel model, KernelState state) {
        for (int core = 0; core < model.names().size("core"); core++) {
            hash.add(model.enabled(state, model.actionsOf(core)).toString());
        }
        hash.add(model.due(state).toString());
        for (int lock = 0; lock < model.names().size("lock"); lock++) {
            hash.add(state.locks().isHeld(lock) ? "held" : "free");
            state.locks().recount(lock);
        }
        hash.add(Integer.toHexString(state.hashCode()));
        assertNotNull(model.layout());
        assertNotNull(model.calls());
        assertNotNull(model.duties());
        assertNotNull(model.spaces());
        assertNotNull(model.observer(state, new Observation()));
    }

    private static final class Hash {
        private long sum = 17;

        void add(CharSequence text) {
            for (int i = 0; i < text.length(); i++) {
                sum = (sum ^ text.charAt(i)) * 0x9E37_79B9_7F4A_7C15L;
                sum ^= sum >>> 29;
            }
            sum = (sum ^ 0xffff) * 0x9E37_79B9_7F4A_7C15L;
        }
    }
}
