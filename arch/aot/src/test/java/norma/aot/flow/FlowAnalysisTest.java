// Contract: constants, dead code and provenance as the flow pass finds them.
// Owner: norma.aot tests.
package norma.aot.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.classfile.instruction.ReturnInstruction;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import norma.aot.Fixture;
import norma.aot.load.JavaMethod;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FlowAnalysisTest {
    @TempDir Path directory;

    /** The values that live return instructions of method f return. */
    private List<Value> returned(String body) throws Exception {
        try (Fixture fixture = new Fixture(directory, body)) {
            JavaMethod method = fixture.method("f");
            MethodFlow flow = new FlowAnalysis(fixture.world(), fixture.host()).analyse(method);
            List<Value> values = new ArrayList<>();
            for (int i = 0; i < flow.body().size(); i++) {
                if (flow.isLive(i) && flow.body().at(i) instanceof ReturnInstruction) {
                    values.add(flow.before(i).top(0));
                }
            }
            return values;
        }
    }

    @Test
    void branches_on_static_finals_are_decided() throws Exception {
        List<Value> values =
                returned(
                        "static final int N = Integer.parseInt(\"8\");"
                                + "static int f(int x) { if (N * 2 > 15) return N + 1;"
                                + " return x; }");
        assertEquals(1, values.size());
        assertEquals(new Origin.Constant(9), values.getFirst().origin());
    }

    @Test
    void assertions_are_on() throws Exception {
        List<Value> values = returned("static int f(int x) { assert x > 0; return x; }");
        assertEquals(1, values.size());
        assertEquals(Origin.UNKNOWN, values.getFirst().origin());
    }

    @Test
    void code_after_a_throw_is_dead() throws Exception {
        assertTrue(returned("static int f(int x) { throw new Error(\"\" + x); }").isEmpty());
    }

    @Test
    void final_fields_of_image_objects_are_constants() throws Exception {
        List<Value> values =
                returned(
                        "final int size; final T next; T(int s, T n) { size = s; next = n; }"
                                + "static final T ROOT = new T(1, new T(2, null));"
                                + "static int f() { return ROOT.next.size; }");
        assertEquals(new Origin.Constant(2), values.getFirst().origin());
    }

    @Test
    void mutable_fields_keep_their_provenance() throws Exception {
        List<Value> values = returned("T cell; static Object f(T t) { return t.cell; }");
        assertInstanceOf(Origin.FieldLoad.class, values.getFirst().origin());
        assertFalse(values.getFirst().nonNull());
    }

    @Test
    void loops_forget_what_changes() throws Exception {
        List<Value> values =
                returned("static int f(int n) { int i = 0; while (i < n) i++; return i; }");
        assertEquals(Origin.UNKNOWN, values.getFirst().origin());
    }

    @Test
    void merging_objects_loses_track_of_both() throws Exception {
        String body = "static Object f(Object a, Object b, int n) { return n > 0 ? a : b; }";
        try (Fixture fixture = new Fixture(directory, body)) {
            MethodFlow flow =
                    new FlowAnalysis(fixture.world(), fixture.host()).analyse(fixture.method("f"));
            assertTrue(flow.isLost(new Origin.Parameter(0)));
            assertTrue(flow.isLost(new Origin.Parameter(1)));
        }
    }
}
