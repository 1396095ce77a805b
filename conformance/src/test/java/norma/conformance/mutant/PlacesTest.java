package norma.conformance.mutant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlacesTest {
    private static final String SOURCE =
            """
            package p;
            class C {
                int v;
                int f(int a) {
                    v = a;
                    if (a > 3) {
                        v++;
                        v--;
                        f(a - 1);
                    }
                    return v;
                }
                int g(int a) {
                    return a;
                }
            }
            """;

    @TempDir Path folder;

    private Path compile(String name, String source) throws IOException {
        Path file = Files.createDirectories(folder.resolve(name + "-src")).resolve("C.java");
        Files.writeString(file, source);
        Path classes = folder.resolve(name);
        int code =
                ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "-g", "-d", classes.toString(), file.toString());
        assertEquals(0, code);
        return classes;
    }

    private static Place place(ClassModel model, String method, String anchor) {
        for (MethodModel m : model.methods()) {
            if (m.methodName().equalsString(method)) {
                int at = new Listing(m.code().orElseThrow()).find(anchor).getFirst();
                return Places.of(model, m, at);
            }
        }
        throw new AssertionError(method);
    }

    @Test
    void anEditHasALineABlockAndAMethod() throws IOException {
        ClassModel model = ClassFile.of().parse(compile("a", SOURCE).resolve("p/C.class"));
        Set<Integer> lines = Set.of(5, 6, 7, 8, 9, 11);
        assertEquals(
                new Place("p/C.java", "f", 8, Set.of(7, 9), lines),
                place(model, "f", "isub; *putfield C.v"));
        assertEquals(
                new Place("p/C.java", "f", 5, Set.of(6), lines),
                place(model, "f", "iload a; *putfield C.v"));
    }

    @Test
    void changedMethodsAreFoundWhateverTheirLines() throws IOException {
        Path original = compile("original", SOURCE);
        Path moved = compile("moved", SOURCE.replace("class C", "\n\nclass C"));
        Path jumps =
                compile(
                        "jumps",
                        SOURCE.replace("v--;", "").replace("f(a - 1);\n", "}{v--;\nf(a - 1);"));
        Path more =
                compile("more", SOURCE.replace("return a;", "return a + h();} int h() {return 1;"));
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {original.toUri().toURL()}, null)) {
            assertEquals(List.of(), Places.changed(moved, loader));
            assertEquals(List.of("f"), names(Places.changed(jumps, loader)));
            assertEquals(List.of("g", "h"), names(Places.changed(more, loader)));
            Files.writeString(original.resolve("x.class"), "no class");
            assertThrows(IOException.class, () -> Places.changed(original, loader));
        }
    }

    private static List<String> names(List<Place> places) {
        return places.stream().map(Place::method).toList();
    }
}
