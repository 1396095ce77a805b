// Contract: what the lints must let pass. The rejections are in RejectionTest.
// Owner: norma.aot tests.
package norma.aot.lint;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import norma.aot.Fixture;
import norma.aot.reach.Program;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AcceptanceTest {
    @TempDir Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                // A helper that only emitting methods reach.
                "@Modelled static int s; static void set(int n) { s = n; }"
                        + "@Emits static void a(int n) { set(n); }"
                        + "@Entry(\"e\") static void e(int n) { a(n); }",
                // An entry that emits.
                "@Modelled static final int[] S = new int[3];"
                        + "@Entry(\"e\") @Emits static void e(int n) { S[n] = 1; }",
                // A race that is known to be harmless.
                "@RacyOk(\"a hint\") static int w; static final VarHandle W; static { try {"
                        + " W = MethodHandles.lookup().findStaticVarHandle(T.class,"
                        + " \"w\", int.class);"
                        + " } catch (ReflectiveOperationException x) { throw new Error(x); } }"
                        + "@Entry(\"e\") static int e() { W.setRelease(1); return w; }",
                // Records in locals, in a loop and down a call.
                "record P(int x, int y) { int sum() { return x + y; } }"
                        + "static int f(P p) { return p.sum(); }"
                        + "@Entry(\"e\") static int e(int n) { int t = 0;"
                        + " for (int i = 0; i < n; i++) { P p = new P(i, n); t += f(p); }"
                        + " return t; }",
                // A record pattern: javac wraps the accessor in a handler.
                "record P(int x) {} static final Object O = new P(3);"
                        + "static Object cell = O;"
                        + "@Entry(\"e\") static int e() { return cell instanceof P(int x)"
                        + " ? x : 0; }",
                // Throwing is a panic, so what follows may do anything.
                "@Entry(\"e\") static int e(int n) {"
                        + " if (n > 3) throw new IllegalStateException(\"n \" + n); return n; }",
            })
    void accepts(String body) throws Exception {
        try (Fixture fixture = new Fixture(directory, body)) {
            Program program = fixture.program();
            Lints.run(program);
            assertEquals(
                    List.of(),
                    program.problems().stream().map(p -> p.render(program.graph())).toList());
        }
    }
}
