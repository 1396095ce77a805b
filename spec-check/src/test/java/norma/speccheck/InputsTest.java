package norma.speccheck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import norma.speccheck.evidence.JavaClosure;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One changed character changes the hashes of the items that depend on it, and no others. */
class InputsTest {
    private static final String MODEL = "reference-model/src/main/java/norma/model/";
    private static final String CHECK = "spec-check/src/main/java/norma/speccheck/";
    private static final Set<String> OF_GRAPHS = Set.of("graph", "vacuity");

    @TempDir Path root = Path.of("");

    private Checkout copy;
    private List<Item> items = List.of();

    @BeforeEach
    void hashOnce() throws IOException {
        copy = new Checkout(root);
        items = items(copy.spec());
    }

    private static List<Item> items(Path directory) {
        Console nowhere =
                new Console(
                        new PrintStream(
                                java.io.OutputStream.nullOutputStream(),
                                true,
                                StandardCharsets.UTF_8));
        return Item.all(Manifest.read(directory), nowhere, new Vacuity());
    }

    private void append(String file) {
        copy.write(file, copy.text(file) + " ");
    }

    private void expectChanged(Predicate<Item> dependent) {
        Map<String, String> after = Item.hashes(items(copy.spec()));
        Set<String> changed = new TreeSet<>();
        Set<String> expected = new TreeSet<>();
        for (Item item : items) {
            if (!item.inputs().hash().equals(after.get(item.name()))) {
                changed.add(item.name());
            }
            if (dependent.test(item)) {
                expected.add(item.name());
            }
        }
        assertEquals(expected, changed);
    }

    private static Predicate<Item> of(String... specs) {
        return i -> Set.of(specs).contains(i.spec());
    }

    private static Predicate<Item> graphsOf(String... specs) {
        return of(specs).and(i -> OF_GRAPHS.contains(i.kind()));
    }

    private static Predicate<Item> named(String... names) {
        return i -> Set.of(names).contains(i.name());
    }

    /** Those with this configuration, and the vacuity of graphs with it. */
    private Predicate<Item> configured(String config) {
        Manifest manifest = Manifest.read(copy.spec());
        Set<String> names = new TreeSet<>();
        manifest.graphs().stream()
                .filter(g -> g.config().equals(config))
                .forEach(g -> names.addAll(List.of(g.name(), g.spec() + "-vacuity")));
        manifest.liveness().stream()
                .filter(l -> l.config().equals(config))
                .forEach(l -> names.add(l.name()));
        manifest.broken().stream()
                .filter(b -> b.config().equals(config))
                .forEach(b -> names.add(b.name()));
        assertTrue(names.size() > 1, names::toString);
        return i -> names.contains(i.name());
    }

    @Test
    void aModuleIsReadByItsOwnItemsAndByThoseThatComposeIt() {
        append("spec/Scheduler.tla");
        expectChanged(of("Scheduler", "Kernel"));
    }

    @Test
    void aComponentOfTheKernelAlone() {
        append("spec/LockTable.tla");
        expectChanged(of("Kernel"));
    }

    @Test
    void boundsAreReadByThoseThatExtendThem() {
        append("spec/MCKernelThreads.tla");
        expectChanged(configured("MCKernel8.cfg").or(configured("MCKernel9.cfg")));
    }

    @Test
    void aConfigurationIsReadByItsItems() {
        append("spec/MCKernel3.cfg");
        expectChanged(configured("MCKernel3.cfg"));
    }

    @Test
    void aPatchIsItsItemsOwn() {
        copy.edit("spec/broken/lock-double-release.json", "two tickets", "two Tickets");
        expectChanged(named("lock-double-release"));
    }

    @Test
    void pinsAreInputsButTheirTimeAndLayoutAreNot() {
        copy.edit(
                "spec/manifest.json",
                "\"edges\": 384, \"depth\": 18, \"seconds\": 5",
                "\"edges\": 384, \"depth\": 18, \"seconds\":  7");
        expectChanged(i -> false);
        copy.edit(
                "spec/manifest.json",
                "\"edges\": 384, \"depth\": 18",
                "\"edges\": 384, \"depth\": 19");
        expectChanged(named("TicketLock-2", "TicketLock-vacuity"));
    }

    @Test
    void constantsOfTheModelAreInputs() {
        copy.edit(
                "spec/manifest.json",
                "{\"cores\": 3, \"width\": 4}",
                "{\"cores\": 3, \"width\": 5}");
        expectChanged(named("TicketLock-3", "TicketLock-vacuity"));
    }

    @Test
    void anExpectedPropertyIsAnInput() {
        copy.edit(
                "spec/manifest.json",
                "\"lock-unfair-entry\", \"spec\": \"TicketLock\", \"expected\": \"First",
                "\"lock-unfair-entry\", \"spec\": \"TicketLock\", \"expected\": \"first");
        expectChanged(named("lock-unfair-entry"));
    }

    @Test
    void aModelIsRunByGraphsOnly() {
        append(MODEL + "sched/SchedTransitions.java");
        expectChanged(graphsOf("Scheduler", "Kernel"));
    }

    @Test
    void aModelsOwnClassIsRunByItsSpecificationAlone() {
        append(MODEL + "ipc/IpcModel.java");
        expectChanged(graphsOf("Ipc"));
    }

    @Test
    void whatTheModelDoesNotNameIsNotRun() {
        append(MODEL + "ipc/IpcObserver.java");
        expectChanged(graphsOf("Kernel"));
    }

    @Test
    void whatAllModelsShare() {
        append(MODEL + "State.java");
        expectChanged(i -> OF_GRAPHS.contains(i.kind()));
    }

    @Test
    void theExplorer() {
        append(MODEL + "explore/Explorer.java");
        expectChanged(i -> OF_GRAPHS.contains(i.kind()));
    }

    @Test
    void theSearch() {
        append(CHECK + "tlc/Search.java");
        expectChanged(i -> true);
    }

    @Test
    void theCheckOfProperties() {
        append(CHECK + "PropertyCheck.java");
        expectChanged(i -> !OF_GRAPHS.contains(i.kind()));
    }

    @Test
    void whatOnlyChoosesOrRecordsIsNoInput() {
        for (String file :
                List.of(
                        "CheckMain",
                        "CheckRun",
                        "CheckOptions",
                        "Item",
                        "Inputs",
                        "evidence/Evidence")) {
            append(CHECK + file + ".java");
        }
        append("spec/events.json");
        expectChanged(i -> false);
    }

    @Test
    void whereTheCheckoutIsDoesNotMatter() {
        assertEquals(
                Item.hashes(items(Checkout.ROOT.resolve("spec").normalize())), Item.hashes(items));
    }

    @Test
    void everyItemHasInputsOfItsOwn() {
        assertEquals(items.size(), Set.copyOf(Item.hashes(items).values()).size());
    }

    @Test
    void modelsAreOfTheClassThatIsHashed() {
        for (Manifest.Graph g : Manifest.read(copy.spec()).graphs()) {
            assertSame(Models.type(g.spec()), Models.create(g.spec(), g.constants()).getClass());
        }
    }

    /** What the class files name, by names of files, is among the sources that are hashed. */
    @Test
    void noClassIsReachedThatIsNotHashed() throws IOException {
        JavaClosure sources =
                new JavaClosure(
                        copy.spec().getParent(),
                        List.of("spec-check/src/main/java", "reference-model/src/main/java"));
        for (String spec : items.stream().map(Item::spec).collect(Collectors.toSet())) {
            Class<?> model = Models.type(spec);
            Set<String> hashed =
                    new TreeSet<>(sources.of(List.of(model.getSimpleName()), Set.of()).keySet());
            hashed.addAll(sources.of(List.of("GraphCheck"), Set.of("Models")).keySet());
            Set<String> reached = new TreeSet<>(reached(model.getName()));
            reached.addAll(reached(GraphCheck.class.getName()));
            reached.removeAll(hashed);
            assertEquals(Set.of(), reached, spec);
        }
    }

    private static Set<String> reached(String type) throws IOException {
        Set<String> known = new TreeSet<>(Set.of(type));
        Deque<String> open = new ArrayDeque<>(known);
        Set<String> files = new TreeSet<>();
        while (!open.isEmpty()) {
            String name = open.remove();
            String path = name.replace('.', '/');
            boolean model = name.startsWith("norma.model.");
            files.add(
                    (model ? "reference-model" : "spec-check")
                            + "/src/main/java/"
                            + path.replaceFirst("\\$.*", "")
                            + ".java");
            if (name.equals(Models.class.getName())) {
                continue;
            }
            try (InputStream in = InputsTest.class.getResourceAsStream("/" + path + ".class")) {
                for (PoolEntry entry : ClassFile.of().parse(in.readAllBytes()).constantPool()) {
                    if (entry instanceof ClassEntry c) {
                        String next = c.asInternalName().replace('/', '.');
                        if (next.startsWith("norma.") && known.add(next)) {
                            open.add(next);
                        }
                    }
                }
            }
        }
        return files;
    }
}
