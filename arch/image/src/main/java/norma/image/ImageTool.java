// Contract: builds the kernel image of this installation, once for each content.
// Owner: norma.image. Invariant: an image under .norma/images appears by one rename, whole, and
// stays
// while a process that asked for it runs.
package norma.image;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import norma.aot.CompileException;
import norma.aot.CompileRequest;
import norma.aot.CompileResult;
import norma.aot.Compiler;
import org.jspecify.annotations.Nullable;

/**
 * {@code norma-image --root DIR --arch ARCH [--overlay DIR] [--gates] [--out FILE]}: builds the
 * kernel from the classes on this JVM's class path and prints, as its last line, where the ELF is.
 * Classes in the overlay folder replace the kernel's (mutants); with gates its interleavings can be
 * chosen ({@link norma.abi.Gate}). Exit code 0 built, 1 the classes do not compile, 2 usage, 3 a
 * tool is missing or failed.
 */
public final class ImageTool implements ToolProvider {
    /** Classes whose constants the native side needs. */
    public static final List<String> CONSTANTS =
            List.of(
                    "norma.abi.Addresses",
                    "norma.abi.Gate",
                    "norma.abi.Limits",
                    "norma.abi.Rights",
                    "norma.abi.Shared",
                    "norma.kernel.hal.Cpu");

    /** The class whose entries find the memory before a kernel boots, and those constants. */
    public static final List<String> BOOT =
            Stream.concat(Stream.of("norma.kernel.boot.BootEntry"), CONSTANTS.stream()).toList();

    /** Classes whose entries make a kernel. */
    public static final List<String> ROOTS =
            Stream.concat(Stream.of("norma.kernel.entry.KernelEntry"), BOOT.stream()).toList();

    /** Classes whose entry is what every thread runs, and the constants of its native side. */
    public static final List<String> USER_ROOTS =
            List.of(
                    "norma.user.ScriptRunner",
                    "norma.abi.Addresses",
                    "norma.abi.Code",
                    "norma.abi.Forbidden",
                    "norma.abi.Gate",
                    "norma.abi.Rights",
                    "norma.abi.Shared",
                    "norma.abi.SystemCall");

    /** The entry of user mode. */
    private static final String USER_ENTRY = "norma_user_main";

    /** Programs of user mode that are no part of a kernel's image. */
    private static final String PROGRAMS = "userland/programs";

    private static final List<String> JARS = List.of("quals", "abi", "kernel", "runtime");

    /** What makes images: another compiler makes other images of the same classes. */
    private static final List<String> COMPILER = List.of("aot", "image");

    /** For the service loader. */
    public ImageTool() {}

    @Override
    public String name() {
        return "norma-image";
    }

    /** The options of one call. */
    private record Options(
            Path root, Arch arch, @Nullable Path overlay, boolean gates, @Nullable Path out) {}

    @Override
    public int run(PrintWriter out, PrintWriter err, String... arguments) {
        Options options;
        try {
            options = parse(arguments);
        } catch (IllegalArgumentException e) {
            err.println("norma-image: " + e.getMessage());
            return 2;
        }
        try {
            Path elf = build(options, out);
            Path target = options.out();
            if (target != null) {
                Files.copy(elf, target, StandardCopyOption.REPLACE_EXISTING);
                elf = target;
            }
            out.println(elf);
            return 0;
        } catch (CompileException e) {
            e.errors().forEach(err::println);
            return 1;
        } catch (AccessDeniedException e) {
            // Its message is the file's name alone.
            err.println("norma-image: may not write " + e.getMessage());
            return 3;
        } catch (ImageException | IOException e) {
            err.println("norma-image: " + e.getMessage());
            return 3;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 3;
        }
    }

    private static Options parse(String[] arguments) {
        Path root = null;
        Path overlay = null;
        Path out = null;
        Arch arch = null;
        boolean gates = false;
        for (int i = 0; i < arguments.length; i += 2) {
            if (arguments[i].equals("--gates")) {
                gates = true;
                i--;
                continue;
            }
            if (i + 1 == arguments.length) {
                throw new IllegalArgumentException(arguments[i] + " needs a value");
            }
            String value = arguments[i + 1];
            switch (arguments[i]) {
                case "--root" -> root = Path.of(value);
                case "--arch" -> arch = Arch.of(value);
                case "--overlay" -> overlay = Path.of(value);
                case "--out" -> out = Path.of(value);
                default -> throw new IllegalArgumentException("unknown option " + arguments[i]);
            }
        }
        if (root == null || arch == null) {
            throw new IllegalArgumentException("--root DIR --arch ARCH are needed");
        }
        return new Options(root, arch, overlay, gates, out);
    }

    private static Path build(Options options, PrintWriter out)
            throws IOException, CompileException, ImageException, InterruptedException {
        List<Path> classPath = classPath(options.overlay());
        Path sources = options.root().resolve("arch/native");
        ImageStore store = ImageStore.in(options.root().resolve(".norma/images"));
        String key =
                key(classPath, List.of(sources, options.root().resolve(PROGRAMS)))
                        + (options.gates() ? "-gates-" : "-")
                        + options.arch().directory();
        Path ready = store.use(key);
        Path elf = ready.resolve("norma-" + options.arch().directory() + ".elf");
        if (Files.exists(elf)) {
            return elf;
        }
        Path fresh = store.fresh();
        CompileResult program =
                Compiler.compile(
                        new CompileRequest(
                                classPath, ROOTS, options.gates(), fresh.resolve("generated")));
        Path target = sources.resolve(options.arch().directory());
        List<Path> folders = new ArrayList<>(folders(sources, options.arch()));
        if (options.gates()) {
            folders.add(sources.resolve("gates"));
        }
        ImageResult image =
                ImageBuilder.build(
                        new ImageRequest(
                                program,
                                user(classPath, sources, options.arch(), fresh),
                                options.arch(),
                                folders,
                                target.resolve("link.ld"),
                                options.gates(),
                                fresh));
        ProgramsBuilder.build(
                options.root().resolve(PROGRAMS),
                List.of(sources.resolve("paging"), fresh.resolve("generated-user")),
                options.arch(),
                fresh);
        out.print(image.report());
        publish(fresh, ready);
        store.prune(ImageStore.KEPT);
        return elf;
    }

    /** Where a kernel's native side is; {@code sources} is arch/native. */
    public static List<Path> folders(Path sources, Arch arch) {
        return List.of(
                sources.resolve("common"),
                sources.resolve("paging"),
                sources.resolve(arch.directory()));
    }

    /** User mode's program, from the same classes; {@code sources} is arch/native. */
    public static ImageRequest.User user(List<Path> classPath, Path sources, Arch arch, Path out)
            throws IOException, CompileException {
        CompileResult program =
                Compiler.compile(
                        new CompileRequest(classPath, USER_ROOTS, out.resolve("generated-user")));
        Path user = sources.resolve("user");
        List<Path> folders = List.of(user.resolve("common"), user.resolve(arch.directory()));
        return new ImageRequest.User(program, folders, USER_ENTRY);
    }

    /** Another process may have built the same image meanwhile: then its is as good. */
    static void publish(Path fresh, Path ready) throws IOException {
        try {
            Files.move(fresh, ready, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            // Not always the kind that says that there is one: a rename's own reason, too.
            if (!Files.isDirectory(ready)) {
                throw e;
            }
            ImageStore.delete(fresh);
        }
    }

    /** The overlay, then the jars (or class folders) of the kernel and what it is made of. */
    private static List<Path> classPath(@Nullable Path overlay) {
        List<Path> result = new ArrayList<>();
        if (overlay != null) {
            result.add(overlay);
        }
        result.addAll(classes());
        return result;
    }

    /** What this JVM has of the kernel, of user mode and of what they are made of. */
    public static List<Path> classes() {
        return onClassPath(JARS);
    }

    /** Folders of the class path, and jars of these modules. */
    private static List<Path> onClassPath(List<String> modules) {
        List<Path> result = new ArrayList<>();
        // Test runners put the class path into a manifest, and say so in a property.
        String all =
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path"));
        for (String entry : all.split(java.io.File.pathSeparator)) {
            Path path = Path.of(entry);
            String file = String.valueOf(path.getFileName());
            if (Files.isDirectory(path)
                    || modules.stream().anyMatch(j -> file.startsWith(j + "-0"))) {
                result.add(path);
            }
        }
        return result;
    }

    private static String key(List<Path> classPath, List<Path> sources) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            List<Path> all = new ArrayList<>(classPath);
            all.addAll(onClassPath(COMPILER));
            all.addAll(sources);
            for (Path path : all) {
                try (Stream<Path> files = Files.walk(path)) {
                    for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                        digest.update(
                                path.relativize(file)
                                        .toString()
                                        .getBytes(java.nio.charset.StandardCharsets.UTF_8));
                        digest.update(Files.readAllBytes(file));
                    }
                }
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
