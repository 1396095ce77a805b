// Contract: loads and initialises the request's classes in the build JVM and reads their fields.
// Invariant: classes outside java.* come from the request's class path only, the first directory
// wins; a class is initialised when the compiler first asks for one of its static fields or
// compiles
// one of its methods.
// Owner: norma.aot.load.
package norma.aot.load;

import java.io.IOException;
import java.lang.reflect.Field;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The build-time image of the program's static state. */
public final class HostWorld implements AutoCloseable {
    private final KernelClassLoader loader;
    private final Map<JavaClass, Class<?>> initialised = new HashMap<>();
    private final Map<JavaField, Field> reflected = new HashMap<>();

    public HostWorld(List<Path> classPath) {
        loader = new KernelClassLoader(classPath);
        loader.setDefaultAssertionStatus(true);
    }

    /** Loads the class and runs its static initialiser, once. */
    public Class<?> initialise(JavaClass javaClass) {
        Class<?> known = initialised.get(javaClass);
        if (known != null) {
            return known;
        }
        try {
            Class<?> host = Class.forName(javaClass.toString(), true, loader);
            initialised.put(javaClass, host);
            return host;
        } catch (ReflectiveOperationException | LinkageError e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new HostInitialisationException(
                    "static initialiser of " + javaClass + " failed on the build JVM: " + cause, e);
        }
    }

    /** The present value of a field; {@code receiver} is null for a static field. */
    public @Nullable Object read(JavaField field, @Nullable Object receiver) {
        if (field.owner().name().equals("java/lang/Enum")) {
            Enum<?> constant = (Enum<?>) Objects.requireNonNull(receiver);
            return switch (field.name()) {
                case "name" -> constant.name();
                case "ordinal" -> constant.ordinal();
                default -> 0;
            };
        }
        try {
            Field host = reflected.get(field);
            if (host == null) {
                host = initialise(field.owner()).getDeclaredField(field.name());
                host.setAccessible(true);
                reflected.put(field, host);
            }
            return host.get(receiver);
        } catch (ReflectiveOperationException | RuntimeException e) {
            if (e instanceof HostInitialisationException h) {
                throw h;
            }
            throw new HostInitialisationException(
                    "cannot read " + field + " on the build JVM: " + e, e);
        }
    }

    @Override
    public void close() throws IOException {
        loader.close();
    }

    /** A static initialiser that threw, or a field of the build JVM that cannot be read. */
    public static final class HostInitialisationException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        HostInitialisationException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** Child-first for everything outside java.*: the parent never supplies kernel classes. */
    private static final class KernelClassLoader extends URLClassLoader {
        KernelClassLoader(List<Path> classPath) {
            super(
                    "norma-image",
                    classPath.stream().map(KernelClassLoader::url).toArray(URL[]::new),
                    ClassLoader.getPlatformClassLoader());
        }

        private static URL url(Path path) {
            try {
                return path.toUri().toURL();
            } catch (MalformedURLException e) {
                throw new IllegalArgumentException("bad class path entry " + path, e);
            }
        }
    }
}
