// Contract: finds and parses class files: the request's class path in order, then java.base.
// Invariant: one JavaClass per name; classes of java.* never come from the class path.
// Owner: norma.aot.load.
package norma.aot.load;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** All classes the compiler has looked at. */
public final class ClassWorld {
    private final List<Path> classPath;
    private final Map<String, JavaClass> classes = new LinkedHashMap<>();

    public ClassWorld(List<Path> classPath) {
        this.classPath = List.copyOf(classPath);
    }

    /** The class of the given internal name, such as {@code a/b/C} or {@code [I}. */
    public JavaClass get(String internalName) {
        JavaClass known = classes.get(internalName);
        if (known != null) {
            return known;
        }
        // Superclasses are created inside the constructor, so no computeIfAbsent here.
        JavaClass created =
                internalName.startsWith("[")
                        ? new JavaClass(this, internalName)
                        : new JavaClass(this, internalName, parse(internalName));
        classes.put(internalName, created);
        return created;
    }

    /** The class of a reference descriptor, such as {@code La/b/C;} or {@code [I}. */
    public JavaClass ofDescriptor(String descriptor) {
        return get(
                descriptor.startsWith("L")
                        ? descriptor.substring(1, descriptor.length() - 1)
                        : descriptor);
    }

    /** The class of an object of the build JVM. */
    public JavaClass ofHost(Class<?> host) {
        return ofDescriptor(host.descriptorString());
    }

    private ClassModel parse(String internalName) {
        byte[] bytes = read(internalName + ".class");
        if (bytes == null) {
            throw new ClassMissingException(internalName.replace('/', '.'));
        }
        return ClassFile.of().parse(bytes);
    }

    private byte @Nullable [] read(String resource) {
        try {
            if (!resource.startsWith("java/")) {
                for (Path root : classPath) {
                    byte[] bytes = readFrom(root, resource);
                    if (bytes != null) {
                        return bytes;
                    }
                }
            }
            try (InputStream in = Object.class.getModule().getResourceAsStream(resource)) {
                return in == null ? null : in.readAllBytes();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource, e);
        }
    }

    private static byte @Nullable [] readFrom(Path root, String resource) throws IOException {
        if (Files.isDirectory(root)) {
            Path file = root.resolve(resource);
            return Files.isRegularFile(file) ? Files.readAllBytes(file) : null;
        }
        if (!Files.isRegularFile(root)) {
            return null;
        }
        try (ZipFile jar = new ZipFile(root.toFile())) {
            ZipEntry entry = jar.getEntry(resource);
            if (entry == null) {
                return null;
            }
            try (InputStream in = jar.getInputStream(entry)) {
                return in.readAllBytes();
            }
        }
    }

    /** A class file that is neither on the class path nor in java.base. */
    public static final class ClassMissingException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ClassMissingException(String className) {
            super("class not found: " + className);
        }
    }
}
