// Contract: every feature that the kernel profile lacks is rejected with its own message, which
// names
// the line, the method and the call chain.
// Owner: norma.aot tests.
package norma.aot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class RejectionTest {
    @TempDir Path directory;

    private static Arguments rejects(String name, String body, String message) {
        return Arguments.of(name, body, message);
    }

    static Stream<Arguments> programs() {
        return Stream.of(
                        allocation(),
                        records(),
                        promises(),
                        language(),
                        library(),
                        rules(),
                        races(),
                        images())
                .flatMap(programs -> programs);
    }

    private static Stream<Arguments> allocation() {
        return Stream.of(
                rejects(
                        "object",
                        "static Object x; @Entry(\"e\") static void e() { x = new Object(); }",
                        "T.java:2: error: allocation after boot: new java.lang.Object in t.T.e"
                                + " [e = t.T.e]"),
                rejects(
                        "array",
                        "@Entry(\"e\") static int e(int n) { return new int[n].length; }",
                        "allocation after boot: new int[] in t.T.e"),
                rejects(
                        "array of references",
                        "@Entry(\"e\") static int e(int n) { return new String[n].length; }",
                        "allocation after boot: new String[]"),
                rejects(
                        "array of arrays",
                        "@Entry(\"e\") static int e(int n) { return new int[n][n].length; }",
                        "allocation after boot: new int[][]"),
                rejects(
                        "varargs",
                        "static int f(int... x) { return x.length; }"
                                + "@Entry(\"e\") static int e() { return f(1, 2); }",
                        "allocation after boot: new int[]"));
    }

    private static Stream<Arguments> records() {
        return Stream.of(
                rejects(
                        "record that is stored",
                        "record R(int x) {} static R r;"
                                + "@Entry(\"e\") static void e() { r = new R(1); }",
                        "new t.T$R (the record is stored in a field at T.java:2)"),
                rejects(
                        "record that is returned",
                        "record R(int x) {} static R f() { return new R(1); }"
                                + "@Entry(\"e\") static int e() { return f().x(); }",
                        "new t.T$R (the record is returned at T.java:2)"),
                rejects(
                        "record that a callee keeps",
                        "record R(int x) {} static Object o; static void keep(R r) { o = r; }"
                                + "@Entry(\"e\") static void e() { keep(new R(1)); }",
                        "the record is stored in a field at T.java:2 at T.java:2"),
                rejects(
                        "record carried round a loop",
                        "record R(R next, int x) {}"
                                + "@Entry(\"e\") static int e(int n) { R r = null;"
                                + " for (int i = 0; i < n; i++) r = new R(r, i); return r.x(); }",
                        "allocation after boot: new t.T$R (the record "),
                rejects(
                        "record in another record",
                        "record R(Object o, int x) {}"
                                + "@Entry(\"e\") static int e(int n) {"
                                + " return new R(new R(null, 1), 2).x(); }",
                        "the record is stored in a field"));
    }

    private static Stream<Arguments> promises() {
        return Stream.of(
                rejects(
                        "no-alloc reason",
                        "@NoAlloc(reason = \"runs in trap entry\") static void f(int n)"
                                + " { int[] x = new int[n]; }"
                                + "@Entry(\"e\") static void e(int n) { f(n); }",
                        "new int[] (@NoAlloc: runs in trap entry) in t.T.f [e = t.T.e -> t.T.f]"),
                rejects(
                        "enum values",
                        "enum E { A } @Entry(\"e\") static int e() { return E.values().length; }",
                        "clone"),
                rejects(
                        "boxing",
                        "static Object o; @Entry(\"e\") static void e(int n) { o = n; }",
                        "java.lang.Integer"),
                rejects(
                        "string concatenation",
                        "static String s; @Entry(\"e\") static void e(int n) { s = \"n\" + n; }",
                        "string concatenation (it allocates) is not available in kernel code"));
    }

    private static Stream<Arguments> language() {
        return Stream.of(
                rejects(
                        "lambda",
                        "static Runnable r; @Entry(\"e\") static void e() { r = () -> {}; }",
                        "lambda or method reference is not available in kernel code"),
                rejects(
                        "synchronized block",
                        "static final Object L = new Object();"
                                + "@Entry(\"e\") static void e() { synchronized (L) { x++; } }"
                                + "static int x;",
                        "synchronized (monitors are not available in kernel code)"),
                rejects(
                        "synchronized method",
                        "static synchronized void f() {} @Entry(\"e\") static void e() { f(); }",
                        "synchronized method"),
                rejects(
                        "try and catch",
                        "@Entry(\"e\") static int e(int n) {"
                                + " try { return 1 / n; } catch (ArithmeticException x) {"
                                + " return 0; } }",
                        "try/catch (exceptions panic in kernel code)"),
                rejects(
                        "try and finally",
                        "static int x; @Entry(\"e\") static int e(int n) {"
                                + " try { return 1 / n; } finally { x = 1; } }",
                        "try/catch"),
                rejects(
                        "float",
                        "static int x; @Entry(\"e\") static void e(int n) { x = (int) (n"
                                + " * 0.5f); }",
                        "float arithmetic is not available in kernel code"),
                rejects(
                        "double parameter",
                        "static void f(double d) {}"
                                + "@Entry(\"e\") static void e(int n) { f(n); }",
                        "float or double parameter or result"));
    }

    private static Stream<Arguments> library() {
        return Stream.of(
                rejects(
                        "class literal",
                        "static Object o; @Entry(\"e\") static void e() { o = T.class; }",
                        "class literal T (no reflection in kernel code)"),
                rejects(
                        "getClass",
                        "static final Object O = new Object(); static boolean b;"
                                + "@Entry(\"e\") static void e() { b = O.getClass() == null; }",
                        "call of the native method java.lang.Object.getClass"),
                rejects(
                        "identity hash",
                        "static final Object O = new Object();"
                                + "@Entry(\"e\") static int e()"
                                + " { return System.identityHashCode(O); }",
                        "call of java.lang.System.identityHashCode, which kernel code may not use"),
                rejects(
                        "library class",
                        "@Entry(\"e\") static long e() { return System.nanoTime(); }",
                        "call of java.lang.System.nanoTime, which kernel code may not use"),
                rejects(
                        "native method",
                        "static native void n(); @Entry(\"e\") static void e() { n(); }",
                        "call of the native method t.T.n"),
                rejects(
                        "static state of java.base",
                        "static Object o; @Entry(\"e\") static void e() { o = System.out; }",
                        "use of java.base's static state, the field java.lang.System.out"),
                rejects(
                        "record string",
                        "record R(int x) {} static final Object O = new R(1); static String s;"
                                + "@Entry(\"e\") static void e() { s = ((R) O).toString(); }",
                        "generated toString, hashCode or equals of a record"),
                rejects(
                        "arraycopy of references",
                        "static final Object[] A = new Object[3];"
                                + "@Entry(\"e\") static void e()"
                                + " { System.arraycopy(A, 0, A, 1, 2); }",
                        "System.arraycopy of anything but two primitive arrays of one type"),
                rejects(
                        "moving VarHandle",
                        "static VarHandle v; static int x;"
                                + "@Entry(\"e\") static int e() { return (int) v.getVolatile(); }",
                        "VarHandle.getVolatile on a handle that is not a static final constant"));
    }

    private static Stream<Arguments> rules() {
        return Stream.of(
                rejects(
                        "recursion",
                        "static int f(int n) { return n == 0 ? 0 : f(n - 1); }"
                                + "@Entry(\"e\") static int e(int n) { return f(n); }",
                        "recursion: t.T.f -> t.T.f in t.T.f [e = t.T.e -> t.T.f]"),
                rejects(
                        "mutual recursion through an interface",
                        "interface I { int f(int n); }"
                                + "static final I A = new I() { public int f(int n) {"
                                + " return g(n); } };"
                                + "static int g(int n) { return n == 0 ? 0 : any.f(n - 1); }"
                                + "static I any = A;"
                                + "@Entry(\"e\") static int e(int n) { return g(n); }",
                        "recursion: t.T.g -> t.T$1.f -> t.T.g"),
                rejects(
                        "modelled field",
                        "@Modelled static int state; static void set(int n) { state = n; }"
                                + "@Emits static void good(int n) { set(n); }"
                                + "static void bad(int n) { set(n); }"
                                + "@Entry(\"e\") static void e(int n) { good(n); bad(n); }",
                        "writes the modelled field t.T.state outside @Emits in t.T.set"
                                + " [e = t.T.e -> t.T.bad -> t.T.set]"),
                rejects(
                        "element of a modelled array",
                        "@Modelled static final int[] table = new int[4]; static final T"
                                + " C = new T();"
                                + "@Modelled private final int[] own = new int[3];"
                                + "static T moving = C;"
                                + "@Entry(\"e\") static void e(int n) { moving.own[n] = 1; }",
                        "writes an element of the modelled field t.T.own outside @Emits"),
                rejects(
                        "element of a modelled static array",
                        "@Modelled static final int[] table = new int[4];"
                                + "@Entry(\"e\") static void e(int n) { table[n] = 1; }",
                        "writes an element of the modelled field t.T.table outside @Emits"),
                rejects(
                        "modelled table of tables",
                        "@Modelled static final int[][] table = new int[4][4];"
                                + "@Entry(\"e\") static void e(int n) { table[n][n] = 1; }",
                        "writes an element of the modelled field t.T.table outside @Emits"));
    }

    private static Stream<Arguments> races() {
        return Stream.of(
                rejects(
                        "racy plain field",
                        "static int word; static final VarHandle W; static { try {"
                                + " W = MethodHandles.lookup().findStaticVarHandle("
                                + "T.class, \"word\", int.class);"
                                + " } catch (ReflectiveOperationException x) {"
                                + " throw new Error(x); } }\n"
                                + "@Entry(\"e\") static int e() { W.setRelease(1);\n"
                                + " return word; }",
                        "T.java:4: error: plain access of t.T.word, which is accessed through a"
                                + " VarHandle in t.T.e (T.java:3) in t.T.e [e = t.T.e]"));
    }

    private static Stream<Arguments> images() {
        return Stream.of(
                rejects(
                        "static initialiser that fails",
                        "static int x = Integer.parseInt(\"x\");"
                                + "@Entry(\"e\") static int e() { return x; }",
                        "static initialiser of t.T failed on the build JVM:"
                                + " java.lang.NumberFormatException"),
                rejects(
                        "library object in the image",
                        "static Object m = new java.util.ArrayList<String>();"
                                + "@Entry(\"e\") static boolean e() { return m == null; }",
                        "image heap: error: an object of the JDK class"
                                + " java.util.ArrayList cannot be"
                                + " an image object in the kernel profile, found through t.T.m"),
                rejects(
                        "lambda in the image",
                        "static Runnable r = () -> {};"
                                + "@Entry(\"e\") static boolean e() { return r == null; }",
                        "a lambda or method reference cannot be an image object"),
                rejects(
                        "entry that is not static",
                        "@Entry(\"e\") void e() {}",
                        "@Entry method is not static"),
                rejects(
                        "no entry",
                        "static void e() {}",
                        "root class t.T has neither @Entry nor @AsmLayout"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("programs")
    void rejects_with_message(String name, String body, String message) {
        List<String> errors = errors(body, "t.T");
        assertTrue(
                errors.stream().anyMatch(e -> e.contains(message)),
                () ->
                        name
                                + ": no error contains <"
                                + message
                                + "> but\n"
                                + String.join("\n", errors));
    }

    @Test
    void reports_all_errors_sorted() {
        List<String> errors =
                errors(
                        "static Object o;\n"
                                + "@Entry(\"b\") static void b() {\n o = new Object();\n }\n"
                                + "@Entry(\"a\") static void a() {\n o = new T();\n o = T.class; }",
                        "t.T");
        assertEquals(3, errors.size());
        assertEquals(errors.stream().sorted().toList(), errors);
        assertTrue(errors.stream().noneMatch(e -> e.contains("\n")), "one line each");
    }

    @Test
    void names_a_missing_root() {
        assertEquals(
                List.of("image heap: error: root class not found: t.Missing"),
                errors("", "t.Missing"));
    }

    @Test
    void names_a_missing_class_and_its_user() throws Exception {
        String body =
                "static class Gone {} static Object o; static boolean f() { return o instanceof Gone; }"
                        + "@Entry(\"e\") static boolean e() { return f(); }";
        Path classes = Sources.compileClass(body, directory);
        java.nio.file.Files.delete(classes.resolve("t/T$Gone.class"));
        CompileRequest request =
                new CompileRequest(List.of(classes), List.of("t.T"), directory.resolve("out"));
        List<String> errors = assertThrows(CompileException.class, () -> compile(request)).errors();
        assertTrue(
                errors.contains(
                        "T.java:2: error: class not found: t.T$Gone in t.T.f [e = t.T.e -> t.T.f]"),
                errors::toString);
    }

    private List<String> errors(String body, String root) {
        Path classes = Sources.compileClass(body, directory);
        CompileRequest request =
                new CompileRequest(List.of(classes), List.of(root), directory.resolve("out"));
        return assertThrows(CompileException.class, () -> compile(request)).errors();
    }

    private static void compile(CompileRequest request) throws CompileException, IOException {
        Compiler.compile(request);
    }
}
