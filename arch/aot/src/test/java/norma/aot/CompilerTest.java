// Contract: what the driver produces: stable C, layout constants, mutants on the class path.
// Owner: norma.aot tests.
package norma.aot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CompilerTest {
    @TempDir Path directory;

    /** Compiles the corpus; run in a JVM of its own by the determinism test. */
    public static void main(String[] arguments) throws Exception {
        Compiler.compile(
                new CompileRequest(
                        List.of(Path.of(arguments[0])),
                        List.of("norma.aot.corpus.Main"),
                        Path.of(arguments[1])));
    }

    @Test
    void two_jvms_produce_the_same_bytes() throws Exception {
        Path classes = Sources.compileAll(Sources.corpus(), directory.resolve("classes"));
        Path first = inNewJvm(classes, "first", "-XX:hashCode=0", "-Xmx512m");
        Path second = inNewJvm(classes, "second", "-XX:hashCode=3", "-XX:+UseSerialGC");
        assertEquals(-1, Files.mismatch(first.resolve("kernel.c"), second.resolve("kernel.c")));
        assertEquals(-1, Files.mismatch(first.resolve("offsets.h"), second.resolve("offsets.h")));
    }

    private Path inNewJvm(Path classes, String name, String... options) throws Exception {
        Path out = directory.resolve(name);
        List<String> command = new java.util.ArrayList<>();
        command.add(
                System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
        command.add("-XX:+UnlockExperimentalVMOptions");
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(CompilerTest.class.getName(), classes.toString(), out.toString()));
        Path log = directory.resolve(name + ".log");
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        try {
            assertTrue(process.waitFor(2, TimeUnit.MINUTES), "compiler did not finish");
        } finally {
            process.destroyForcibly();
        }
        assertEquals(0, process.exitValue(), () -> read(log));
        return out;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private CompileResult compile(Path... classPath) throws Exception {
        return Compiler.compile(
                new CompileRequest(List.of(classPath), List.of("t.T"), directory.resolve("out")));
    }

    @Test
    void publishes_layouts_for_assembly() throws Exception {
        Path classes =
                Sources.compileClass(
                        "@AsmLayout(\"FRAME\") static final class Frame {"
                                + " static final int REGISTERS = 31;"
                                + " static final long MAGIC = 0x123456789abcL;"
                                + " byte small; long userSp; int x; }"
                                + "static final Frame F = new Frame();"
                                + "@Entry(\"e\") static long e() { return F.userSp; }",
                        directory);
        List<String> header = Files.readAllLines(compile(classes).offsetsHeader());
        assertTrue(header.contains("#define FRAME_SMALL 4"), header::toString);
        assertTrue(header.contains("#define FRAME_USER_SP 8"), header::toString);
        assertTrue(header.contains("#define FRAME_X 16"), header::toString);
        assertTrue(header.contains("#define FRAME_SIZE 24"), header::toString);
        assertTrue(header.contains("#define FRAME_REGISTERS 31"), header::toString);
        assertTrue(header.contains("#define FRAME_MAGIC 0x123456789abc"), header::toString);
    }

    @Test
    void marks_cold_and_inlined_methods_for_the_c_compiler() throws Exception {
        Path classes =
                Sources.compileClass(
                        "@Cold static int rare(int x) { return x; }"
                                + "@Inline static int small(int x) { return x; }"
                                + "@NoInline static int large(int x) { return x; }"
                                + "@Entry(\"e\") static int e(int x) { return rare(x) + small(x)"
                                + " + large(x); }",
                        directory);
        String source = Files.readString(compile(classes).cFile());
        assertTrue(source.contains("static RT_COLD int32_t t_T_rare(int32_t v0i);"), source);
        assertTrue(source.contains("static RT_NOINLINE int32_t t_T_large(int32_t v0i);"), source);
        assertTrue(source.contains("static RT_INLINE int32_t t_T_small(int32_t v0i);"), source);
    }

    @Test
    void longs_are_compared_where_the_branch_is() throws Exception {
        Path classes =
                Sources.compileClass(
                        "@Entry(\"e\") static int e(long x, long y) { return x < y ? 1 : 2; }",
                        directory);
        String source = Files.readString(compile(classes).cFile());
        assertTrue(source.contains("if (s0l >= s1l) goto"), source);
    }

    @Test
    void a_root_may_only_publish_constants() throws Exception {
        String body =
                "@AsmLayout(\"ABI\") static final class Numbers { static final int CALL = 7; }"
                        + "@Entry(\"e\") static void e() {}";
        Path classes = Sources.compileClass(body, directory);
        CompileResult result =
                Compiler.compile(
                        new CompileRequest(
                                List.of(classes),
                                List.of("t.T", "t.T$Numbers"),
                                directory.resolve("out")));
        List<String> header = Files.readAllLines(result.offsetsHeader());
        assertTrue(header.contains("#define ABI_CALL 7"), header::toString);
        assertEquals(List.of("e"), result.entrySymbols());
    }

    @Test
    void first_directory_of_the_class_path_wins() throws Exception {
        String program =
                "@Entry(\"e\") static int e() { return K; } static final int K = f();"
                        + "static int f() { return %d; }";
        Path original = Sources.compileClass(program.formatted(1111), directory.resolve("a"));
        Path mutant = Sources.compileClass(program.formatted(2222), directory.resolve("b"));
        String c = Files.readString(compile(mutant, original).cFile());
        assertTrue(c.contains("2222") && !c.contains("1111"), c);
    }

    @Test
    void big_zero_tables_have_no_initialiser() throws Exception {
        Path classes =
                Sources.compileClass(
                        "static final int[] BIG = new int[5000]; static final int[] SMALL"
                                + " = new int[3];"
                                + "@Entry(\"e\") static void e(int i) { BIG[i] = SMALL[i]; }",
                        directory);
        String c = Files.readString(compile(classes).cFile());
        assertTrue(c.contains("{(struct rt_array *)&I_0, "), c);
        assertFalse(c.contains("I_0 = {"), c);
        assertTrue(c.contains("static const struct A_1 I_1 = {"), "never stored to: const");
    }

    /** A second line of C would be taken for the next line of Java by debuggers and profiles. */
    @Test
    void a_line_of_java_is_one_line_of_c() throws Exception {
        Path classes =
                Sources.compileClass(
                        "static int v; static int f(int a) { v = a * 3; v += a / 2; return v; }"
                                + "\n@Entry(\"e\") static int e(int a) {\n int b = f(a) + f(a + 1);"
                                + "\n return b > 7 ? f(b) : v;\n }",
                        directory);
        List<String> c = Files.readAllLines(compile(classes).cFile());
        int directives = 0;
        for (int i = 0; i + 2 < c.size(); i++) {
            if (c.get(i).startsWith("#line ") && c.get(i).contains("T.java")) {
                directives++;
                assertTrue(c.get(i + 2).startsWith("#line "), c.get(i + 2));
            }
        }
        assertTrue(directives >= 5, () -> String.join("\n", c));
    }

    @Test
    void unused_code_and_fields_are_left_out() throws Exception {
        Path classes =
                Sources.compileClass(
                        "static final boolean DEBUG = Boolean.getBoolean(\"no.such\");"
                                + "int used; int unused; static T cell = new T();"
                                + "static void debug() { cell.unused = 1; }"
                                + "@Entry(\"e\") static int e() {"
                                + " if (DEBUG) debug(); return cell.used; }",
                        directory);
        String c = Files.readString(compile(classes).cFile());
        assertFalse(c.contains("unused"), c);
        assertFalse(c.contains("t_T_debug"), c);
    }
}
