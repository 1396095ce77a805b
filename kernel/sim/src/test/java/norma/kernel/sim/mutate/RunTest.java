package norma.kernel.sim.mutate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import norma.conformance.job.Verdicts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The gate fails for a table that is not true, on the mutants of one class of the kernel. */
class RunTest {
    private static final String TYPE = "norma.kernel.thread.ThreadLocks";

    private final ExecutorService pool = Executors.newFixedThreadPool(2);
    private final StringWriter text = new StringWriter();
    private final KillTable table = new KillTable();
    private Catalogue catalogue = new Catalogue(Map.of());

    @BeforeEach
    void findAll() throws IOException {
        try (InputStream in =
                RunTest.class.getResourceAsStream("/" + TYPE.replace('.', '/') + ".class")) {
            catalogue = new Catalogue(Map.of(TYPE, in == null ? new byte[0] : in.readAllBytes()));
        }
        for (String name : catalogue.mutants().keySet()) {
            boolean bound = name.contains("off-by-one");
            table.put(
                    name,
                    bound
                            ? new KillTable.Equivalent()
                            : new KillTable.Explored("call-death", "PANICKED"));
        }
    }

    @AfterEach
    void end() {
        pool.shutdownNow();
    }

    private String name(String part) {
        return catalogue.mutants().keySet().stream()
                .filter(n -> n.contains(part))
                .findFirst()
                .orElseThrow();
    }

    /** All mutants but {@code left}, of which there are too few for one to be equivalent. */
    private int check(Map<String, String> arguments, String... only) {
        List<Mutant> selected =
                only.length == 0
                        ? List.copyOf(catalogue.mutants().values())
                        : List.of(only).stream().map(n -> catalogue.mutants().get(n)).toList();
        PrintWriter out = new PrintWriter(text);
        Run run = new Run(catalogue, selected, table, arguments, pool, out);
        int code = run.check(only.length == 0, false, 1);
        out.flush();
        return code;
    }

    @Test
    void findsEveryMutantAgain() {
        String equal = name("off-by-one");
        assertEquals(Verdicts.VIOLATION, check(Map.of(equal, "no thread is before itself")));
        String wrong =
                text.toString().lines().filter(l -> l.startsWith("WRONG")).toList().toString();
        assertEquals("[WRONG 1 mutants are equivalent, more than 5 %]", wrong);
    }

    @Test
    void demandsTheKind() {
        String name = name("drop-acquire");
        table.put(name, new KillTable.Explored("call-death", "RACE"));
        assertEquals(Verdicts.VIOLATION, check(Map.of(), name));
        assertTrue(text.toString().contains("WRONG " + name + " fails with PANICKED"));
    }

    @Test
    void demandsAFailure() {
        String name = name("off-by-one");
        table.put(name, new KillTable.Explored("call-death", "RACE"));
        assertEquals(Verdicts.VIOLATION, check(Map.of(), name));
        assertTrue(text.toString().contains("WRONG " + name + " survives"), text.toString());
    }

    @Test
    void aBugIsNotEquivalent() {
        String name = name("drop-release");
        table.put(name, new KillTable.Equivalent());
        assertEquals(Verdicts.VIOLATION, check(Map.of(name, "so they say"), name));
        assertTrue(text.toString().contains("WRONG " + name + " call-death: PANICKED"));
    }

    @Test
    void demandsAnArgumentAndARowForEach() {
        String equal = name("off-by-one");
        String gone = name("drop-acquire");
        table.fates().remove(gone);
        table.put("Nobody.knows:negate-1", new KillTable.Survives("it is gone"));
        assertEquals(Verdicts.VIOLATION, check(Map.of("Else:swap-1", "an argument")));
        String said = text.toString();
        assertTrue(said.contains("WRONG " + gone + " is not in the table"), said);
        assertTrue(said.contains("WRONG Nobody.knows:negate-1 is in the table"), said);
        assertTrue(said.contains("WRONG " + equal + " is equivalent without an argument"), said);
        assertTrue(said.contains("WRONG Else:swap-1 has an argument"), said);
    }

    @Test
    void nothingMaySurvive() {
        String name = name("drop-release");
        table.put(name, new KillTable.Survives("nobody knows why"));
        assertEquals(Verdicts.VIOLATION, check(Map.of(), name));
        assertTrue(text.toString().contains("WRONG " + name + " survives"), text.toString());
    }

    @Test
    void aContractMustBeBroken() {
        String name = name("drop-release");
        table.put(name, new KillTable.Broken("timer"));
        assertEquals(Verdicts.VIOLATION, check(Map.of(), name));
        assertTrue(text.toString().contains("WRONG " + name + " survives"), text.toString());
        table.put(name, new KillTable.Broken("nothing"));
        assertEquals(Verdicts.VIOLATION, check(Map.of(), name));
        assertTrue(text.toString().contains("no contract nothing"), text.toString());
    }

    @Test
    void oneEquivalentPasses() {
        String equal = name("off-by-one");
        assertEquals(Verdicts.PASS, check(Map.of(equal, "no thread is before itself"), equal));
        assertFalse(text.toString().contains("WRONG"), text.toString());
    }
}
