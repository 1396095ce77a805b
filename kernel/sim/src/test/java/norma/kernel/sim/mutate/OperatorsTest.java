package norma.kernel.sim.mutate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.instruction.InvokeInstruction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each operator does to a small class what it says. */
class OperatorsTest {
    private static final String SAMPLE = Sample.class.getName();
    private static byte[] bytes = new byte[0];

    /** Without lines, which change with every edit of the sample. */
    private static final Map<String, Mutant> MUTANTS = new TreeMap<>();

    @BeforeAll
    static void make() throws IOException {
        try (InputStream in = Sample.class.getResourceAsStream("Sample.class")) {
            assertNotNull(in);
            bytes = in.readAllBytes();
        }
        new Catalogue(Map.of(SAMPLE, bytes), 100).mutants().forEach(MUTANTS::put);
    }

    @Test
    void allPlacesAreFoundAndNoOthers() {
        assertEquals(
                List.of(
                        "Sample.add:constant-1",
                        "Sample.add:weaken-1",
                        "Sample.anyOrder:drop-store-1",
                        "Sample.anyOrder:drop-store-2",
                        "Sample.below:constant-1",
                        "Sample.below:constant-2",
                        "Sample.below:negate-1",
                        "Sample.below:off-by-one-1",
                        "Sample.called:constant-1",
                        "Sample.called:drop-call-1",
                        "Sample.checked:negate-1",
                        "Sample.count:constant-1",
                        "Sample.count:drop-store-1",
                        "Sample.count:weaken-1",
                        "Sample.event:drop-event-1",
                        "Sample.inOrder:drop-store-1",
                        "Sample.inOrder:drop-store-2",
                        "Sample.inOrder:swap-1",
                        "Sample.lock:double-acquire-1",
                        "Sample.lock:double-release-1",
                        "Sample.lock:drop-acquire-1",
                        "Sample.lock:drop-release-1",
                        "Sample.lock:swap-1",
                        "Sample.look:weaken-1",
                        "Sample.look:weaken-2",
                        "Sample.look:weaken-3",
                        "Sample.new:constant-1",
                        "Sample.new:drop-store-1",
                        "Sample.next:off-by-one-1",
                        "Sample.publish:drop-store-1",
                        "Sample.publish:weaken-1",
                        "Sample.publish:weaken-2",
                        "Sample.publish:weaken-3",
                        "Sample.set:drop-store-1",
                        "Sample.seven:constant-1",
                        "Sample.swapWord:constant-1",
                        "Sample.swapWord:weaken-1",
                        "Sample.wait:weaken-1",
                        "Sample.wait:weaken-2"),
                List.copyOf(MUTANTS.keySet()));
    }

    @Test
    void aSampleHasMutantsOfEveryMethod() {
        Map<String, Mutant> all = new Catalogue(Map.of(SAMPLE, bytes), 100).mutants();
        Map<String, Mutant> some = new Catalogue(Map.of(SAMPLE, bytes)).mutants();
        assertTrue(all.keySet().containsAll(some.keySet()));
        assertTrue(some.size() < all.size());
        Map<String, Integer> ordinary = new TreeMap<>();
        all.values().forEach(m -> ordinary.put(m.method(), 0));
        some.values().stream()
                .filter(m -> !m.operator().always())
                .forEach(m -> ordinary.merge(m.method(), 1, Integer::sum));
        ordinary.forEach((method, count) -> assertTrue(count <= 2, method));
        assertEquals(
                ordinary.keySet(),
                some.values().stream().map(Mutant::method).collect(Collectors.toSet()));
    }

    @Test
    void everyMutantIsAClass() {
        MUTANTS.forEach((name, mutant) -> assertTrue(mutant.verifies(bytes), name));
    }

    private static Mutant mutant(String name) {
        Mutant mutant = MUTANTS.get("Sample." + name);
        assertNotNull(mutant, name);
        return mutant;
    }

    /** Loads the class with a change. */
    private static Object changed(String name) throws ReflectiveOperationException {
        byte[] image = mutant(name).edit(SAMPLE, bytes);
        ClassLoader loader =
                new ClassLoader(Sample.class.getClassLoader()) {
                    @Override
                    protected Class<?> loadClass(String type, boolean resolve)
                            throws ClassNotFoundException {
                        return type.equals(SAMPLE)
                                ? findLoadedClass(type) == null
                                        ? defineClass(type, image, 0, image.length)
                                        : findLoadedClass(type)
                                : super.loadClass(type, resolve);
                    }
                };
        return loader.loadClass(SAMPLE).getConstructor().newInstance();
    }

    private static Object result(String name, String method, Object... arguments)
            throws ReflectiveOperationException {
        Object sample = changed(name);
        Class<?>[] types = new Class<?>[arguments.length];
        java.util.Arrays.fill(types, int.class);
        return sample.getClass().getMethod(method, types).invoke(sample, arguments);
    }

    @Test
    void computesOtherwise() throws ReflectiveOperationException {
        assertEquals(true, result("below:off-by-one-1", "below", 4, 4));
        assertEquals(false, result("below:off-by-one-1", "below", 5, 4));
        assertEquals(true, result("below:negate-1", "below", 5, 4));
        assertEquals(false, result("below:negate-1", "below", 3, 4));
        assertEquals(6, result("next:off-by-one-1", "next", 4));
        assertEquals(8, result("seven:constant-1", "seven"));
        assertEquals(5, result("called:drop-call-1", "called"));
        assertEquals(5, result("set:drop-store-1", "called"));
        assertEquals(5, result("inOrder:drop-store-1", "inOrder", 3));
        assertEquals(5, result("inOrder:swap-1", "inOrder", 3));
    }

    @Test
    void weakerAccessesDoTheSame() throws ReflectiveOperationException {
        assertEquals(0, result("add:weaken-1", "add"));
        assertEquals(true, result("swapWord:weaken-1", "swapWord", 0));
        assertEquals(false, result("swapWord:weaken-1", "swapWord", 1));
        assertEquals(2, result("wait:weaken-1", "wait", 2));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "lock:drop-acquire-1, lock, release",
                "lock:drop-release-1, lock, acquire",
                "lock:double-acquire-1, lock, acquire acquire release",
                "lock:double-release-1, lock, acquire release release",
                "lock:swap-1, lock, release acquire",
                "event:drop-event-1, event, -",
                "add:weaken-1, add, get set",
                "swapWord:weaken-1, swapWord, get set",
                "wait:weaken-1, wait, get",
                "wait:weaken-2, wait, getOpaque",
                "called:drop-call-1, called, -"
            })
    void callsOtherwise(String name, String method, String calls) {
        List<String> found = new ArrayList<>();
        ClassFile.of().parse(mutant(name).edit(SAMPLE, bytes)).methods().stream()
                .filter(m -> m.methodName().equalsString(method))
                .flatMap(m -> m.code().orElseThrow().elementStream())
                .forEach(e -> {
                    if (e instanceof InvokeInstruction call) {
                        found.add(call.name().stringValue());
                    }
                });
        assertEquals(calls == null ? "" : calls, String.join(" ", found));
    }

    @Test
    void leavesOtherClassesAlone() {
        assertEquals(bytes, mutant("seven:constant-1").edit("norma.kernel.Other", bytes));
    }
}
