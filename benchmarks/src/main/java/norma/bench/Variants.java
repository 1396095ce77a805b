package norma.bench;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import norma.aot.CompileException;
import norma.aot.CompileRequest;
import norma.aot.Compiler;
import norma.conformance.machine.Arch;
import norma.image.ImageBuilder;
import norma.image.ImageException;
import norma.image.ImageRequest;
import norma.image.ImageResult;
import norma.image.ImageTool;

/**
 * Builds the images that are compared: the system's own, the system without its recorder, and the
 * twin in C. All by the same image builder: same compiler, flags, assembly, boot code and user
 * program.
 */
final class Variants {
    /** The user program, and the layout and constants that the assembly needs. */
    private static final List<String> TWIN =
            Stream.concat(Stream.of("norma.kernel.thread.Frame"), ImageTool.BOOT.stream()).toList();

    private static final List<String> JARS = List.of("quals-0", "abi-0", "kernel-0", "runtime-0");
    private static final String LOWEST = "norma/kernel/lang/";

    private final Path root;
    private final Path work;

    /** Works in {@code work}, with the sources of the checkout {@code root}. */
    Variants(Path root, Path work) {
        this.root = root;
        this.work = work;
    }

    /** The system's own image. */
    ImageResult system(Arch arch, String name) throws IOException, BenchException {
        return build(arch, name, ImageTool.ROOTS, List.of(), List.of());
    }

    /**
     * The system with methods of its lowest layer that ask "on?" answering no, for ever; {@code
     * questions} are their names by class.
     */
    Path without(Arch arch, String name, Map<String, Set<String>> questions)
            throws IOException, BenchException {
        Path overlay = work.resolve(name + "-overlay");
        Files.createDirectories(overlay.resolve(LOWEST));
        for (Map.Entry<String, Set<String>> entry : questions.entrySet()) {
            String file = LOWEST + entry.getKey() + ".class";
            Files.write(overlay.resolve(file), answeringNo(file, entry.getValue()));
        }
        return build(arch, name, ImageTool.ROOTS, List.of(overlay), List.of()).elf();
    }

    /** The twin in C; {@code folder} under benchmarks/native. */
    Path twin(Arch arch, String folder) throws IOException, BenchException {
        Path sources = root.resolve("benchmarks/native").resolve(folder);
        return build(arch, folder, TWIN, List.of(), List.of(sources)).elf();
    }

    private ImageResult build(
            Arch arch, String name, List<String> roots, List<Path> overlay, List<Path> more)
            throws IOException, BenchException {
        Path out = work.resolve(name + "-" + arch.label());
        Path target = root.resolve("arch/native").resolve(arch.label());
        List<Path> classPath = new ArrayList<>(overlay);
        classPath.addAll(classPath());
        norma.image.Arch image = norma.image.Arch.of(arch.label());
        List<Path> natives = new ArrayList<>(ImageTool.folders(root.resolve("arch/native"), image));
        natives.addAll(more);
        try {
            return ImageBuilder.build(
                    new ImageRequest(
                            Compiler.compile(
                                    new CompileRequest(classPath, roots, out.resolve("generated"))),
                            ImageTool.user(classPath, root.resolve("arch/native"), image, out),
                            image,
                            natives,
                            target.resolve("link.ld"),
                            false,
                            out));
        } catch (CompileException e) {
            throw new BenchException(name + ": " + String.join("; ", e.errors()), e);
        } catch (ImageException e) {
            throw new BenchException(name + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted", e);
        }
    }

    /** The jars (or class folders) of the kernel, its ABI and the user program. */
    private static List<Path> classPath() {
        List<Path> result = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path path = Path.of(entry);
            String file = String.valueOf(path.getFileName());
            if (Files.isDirectory(path) || JARS.stream().anyMatch(file::startsWith)) {
                result.add(path);
            }
        }
        return result;
    }

    private static byte[] answeringNo(String file, Set<String> questions) throws IOException {
        try (InputStream in = Variants.class.getResourceAsStream("/" + file)) {
            if (in == null) {
                throw new IOException("no " + file + " on the class path");
            }
            ClassFile context = ClassFile.of();
            return context.transformClass(
                    context.parse(in.readAllBytes()),
                    ClassTransform.transformingMethodBodies(
                            method -> questions.contains(method.methodName().stringValue()),
                            new AlwaysNo()));
        }
    }

    /** A method body that returns false. */
    private static final class AlwaysNo implements CodeTransform {
        @Override
        public void accept(CodeBuilder builder, CodeElement element) {}

        @Override
        public void atEnd(CodeBuilder builder) {
            builder.iconst_0().ireturn();
        }
    }
}
