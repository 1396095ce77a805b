// Contract: runs the front passes on a class given as source, for the unit tests of each pass.
// Owner: norma.aot tests.
package norma.aot;

import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;
import norma.aot.load.ClassWorld;
import norma.aot.load.HostWorld;
import norma.aot.load.JavaClass;
import norma.aot.load.JavaField;
import norma.aot.load.JavaMethod;
import norma.aot.reach.Program;
import norma.aot.reach.Reachability;

/** The closed world of one test class t.T. */
public final class Fixture implements AutoCloseable {
    private final ClassWorld world;
    private final HostWorld host;

    /** Compiles the body of class t.T. */
    public Fixture(Path directory, String body) {
        List<Path> classPath = List.of(Sources.compileClass(body, directory));
        world = new ClassWorld(classPath);
        host = new HostWorld(classPath);
    }

    public ClassWorld world() {
        return world;
    }

    public HostWorld host() {
        return host;
    }

    /** The closed world from the entries of t.T. */
    public Program program() {
        return Reachability.run(world, host, List.of("t.T"));
    }

    public JavaClass type(String name) {
        return world.get("t/" + name);
    }

    /** A method of t.T, by its name alone. */
    public JavaMethod method(String name) {
        return type("T").methods().stream()
                .filter(m -> m.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException(name));
    }

    /** A field of t.T. */
    public JavaField field(String name) {
        return type("T").findField(name).orElseThrow();
    }

    @Override
    public void close() throws java.io.IOException {
        host.close();
    }
}
