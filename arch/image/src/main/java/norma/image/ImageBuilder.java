// Contract: generated C plus native sources to a linked ELF file, its map and a report.
// Invariant: works in a temporary directory beside the output and moves finished files atomically,
// so that a failed build leaves the previous image alone.
// Owner: norma.image.
package norma.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import norma.aot.CompileResult;
import norma.aot.report.StackBounds;

/** Compiles and links images. */
public final class ImageBuilder {
    private static final List<String> COMMON_FLAGS =
            List.of(
                    "-std=gnu11",
                    "-O2",
                    "-g",
                    "-ffreestanding",
                    "-fwrapv",
                    "-fno-strict-aliasing",
                    "-fno-delete-null-pointer-checks",
                    "-fno-finite-loops",
                    "-fno-asynchronous-unwind-tables",
                    "-fno-stack-protector",
                    "-Wall",
                    "-Werror=implicit-function-declaration",
                    "-Werror=int-conversion",
                    "-Wno-unused");

    /** Entries that go through arch/native/gates first. */
    private static final List<String> WRAPPED = List.of("norma_trap", "norma_core_main");

    private final ImageRequest request;
    private final Tools tools;
    private final Path work;

    private ImageBuilder(ImageRequest request, Tools tools, Path work) {
        this.request = request;
        this.tools = tools;
        this.work = work;
    }

    /** Builds the image. */
    public static ImageResult build(ImageRequest request)
            throws ImageException, IOException, InterruptedException {
        Tools tools = Tools.find();
        Files.createDirectories(request.outDir());
        Path work = Files.createTempDirectory(request.outDir(), "build");
        try {
            return new ImageBuilder(request, tools, work).build();
        } finally {
            deleteTree(work);
        }
    }

    private ImageResult build() throws ImageException, IOException, InterruptedException {
        long start = System.nanoTime();
        List<Path> objects = new ArrayList<>();
        Path program = work.resolve("kernel.o");
        compile(request.program().cFile(), program, programFlags());
        objects.add(program);
        ImageRequest.User user = request.user();
        if (user != null) {
            objects.add(userProgram(user));
        }
        for (Path source : nativeSources()) {
            Path object = work.resolve("native" + objects.size() + ".o");
            boolean runtime = source.endsWith("rt.c");
            compile(source, object, nativeFlags(runtime));
            objects.add(object);
        }
        long compiled = System.nanoTime();
        Path elf = work.resolve("kernel.elf");
        link(objects, elf);
        long linked = System.nanoTime();
        String sizes = Tools.run(List.of(tools.size(), elf.toString()), work);
        Map<String, Long> bounds = stackBounds();
        String report = report(sizes, bounds, compiled - start, linked - compiled);
        Files.writeString(work.resolve("report.txt"), report);
        String name = "norma-" + request.arch().directory();
        Path finalElf = move("kernel.elf", name + ".elf");
        Path finalMap = move("kernel.map", name + ".map");
        move("report.txt", name + ".report.txt");
        return new ImageResult(finalElf, finalMap, report, bounds);
    }

    /**
     * User mode's program as one object: all its symbols but the entry are its own, and its
     * sections are called after it, so that the linker script puts them elsewhere.
     */
    private Path userProgram(ImageRequest.User user)
            throws ImageException, IOException, InterruptedException {
        Path program = work.resolve("user.o");
        Path library = work.resolve("user-rt.o");
        Path linked = work.resolve("user-linked.o");
        Path whole = work.resolve("user-program.o");
        List<Path> folders = new ArrayList<>(user.nativeDirs());
        folders.addAll(request.nativeDirs());
        compile(user.program(), folders, user.program().cFile(), program, programFlags());
        for (Path folder : request.nativeDirs()) {
            Path runtime = folder.resolve("rt.c");
            if (Files.exists(runtime)) {
                compile(user.program(), folders, runtime, library, List.of("-fno-builtin"));
            }
        }
        Tools.run(
                List.of(
                        tools.lld(),
                        "-r",
                        program.toString(),
                        library.toString(),
                        "-o",
                        linked.toString()),
                work);
        Tools.run(
                List.of(
                        tools.objcopy(),
                        "--prefix-alloc-sections=.user",
                        "--keep-global-symbol=" + user.entry(),
                        linked.toString(),
                        whole.toString()),
                work);
        return whole;
    }

    private List<String> programFlags() {
        return request.gates()
                ? List.of("-fstack-usage", "-DNORMA_GATES")
                : List.of("-fstack-usage");
    }

    private static List<String> nativeFlags(boolean runtime) {
        return runtime ? List.of("-fstack-usage", "-fno-builtin") : List.of("-fstack-usage");
    }

    private Path move(String from, String to) throws IOException {
        return Files.move(
                work.resolve(from),
                request.outDir().resolve(to),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    /** All C and assembly files of the native directories, in name order within each. */
    private List<Path> nativeSources() throws IOException {
        List<Path> sources = new ArrayList<>();
        for (Path directory : request.nativeDirs()) {
            try (Stream<Path> files = Files.list(directory)) {
                files.filter(f -> f.toString().endsWith(".c") || f.toString().endsWith(".S"))
                        .sorted()
                        .forEach(sources::add);
            }
        }
        return sources;
    }

    private void compile(Path source, Path object, List<String> extra)
            throws ImageException, IOException, InterruptedException {
        compile(request.program(), request.nativeDirs(), source, object, extra);
    }

    private void compile(
            CompileResult program, List<Path> folders, Path source, Path object, List<String> extra)
            throws ImageException, IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(tools.clang());
        command.addAll(request.arch().flags());
        if (source.toString().endsWith(".c")) {
            command.addAll(COMMON_FLAGS);
            command.addAll(extra);
        }
        // Debug information names no directory of this machine, so equal inputs give equal images.
        command.add("-fdebug-compilation-dir=.");
        for (Path directory : folders) {
            command.add("-I" + directory);
            command.add("-ffile-prefix-map=" + directory + "=native/" + directory.getFileName());
        }
        Path generated = program.offsetsHeader().toAbsolutePath().getParent();
        command.add("-I" + generated);
        command.add("-ffile-prefix-map=" + generated + "=generated");
        command.addAll(List.of("-c", source.toAbsolutePath().toString(), "-o", object.toString()));
        Tools.run(command, work);
    }

    private void link(List<Path> objects, Path elf)
            throws ImageException, IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        String map = work.resolve("kernel.map").toString();
        if (request.arch() == Arch.LINUX) {
            command.addAll(List.of(tools.clang(), "-no-pie", "-fuse-ld=" + tools.lld()));
            command.addAll(List.of("-Wl,-T," + request.linkScript(), "-Wl,-Map=" + map));
        } else {
            command.addAll(List.of(tools.lld(), "-T", request.linkScript().toString()));
            request.nativeDirs().forEach(folder -> command.add("-L" + folder));
            command.addAll(List.of("-nostdlib", "-static", "-Map=" + map));
        }
        if (request.gates()) {
            WRAPPED.forEach(entry -> command.add("--wrap=" + entry));
        }
        objects.forEach(o -> command.add(o.toString()));
        command.addAll(List.of("-o", elf.toString()));
        Tools.run(command, work);
    }

    /**
     * The bound of compiled Java plus the frames of all native C functions: each of them is on the
     * stack at most once, since none of them is recursive or calls back into Java.
     */
    private Map<String, Long> stackBounds() throws IOException {
        int call = request.arch().callBytes();
        Map<String, Long> bounds =
                StackBounds.compute(
                        request.program().callGraph(),
                        request.program().entrySymbols(),
                        StackBounds.parse(Files.readAllLines(work.resolve("kernel.su"))),
                        call);
        long nativeBytes = 0;
        try (Stream<Path> files = Files.list(work)) {
            List<Path> usages =
                    files.filter(f -> f.getFileName().toString().matches("native\\d+\\.su"))
                            .sorted()
                            .toList();
            for (Path usage : usages) {
                for (long frame : StackBounds.parse(Files.readAllLines(usage)).values()) {
                    nativeBytes += frame + call;
                }
            }
        }
        long allowance = nativeBytes;
        bounds.replaceAll((entry, bytes) -> bytes + allowance);
        return bounds;
    }

    private String report(String sizes, Map<String, Long> bounds, long compile, long link) {
        StringBuilder text = new StringBuilder();
        text.append("target ").append(request.arch().directory()).append('\n');
        request.program().statistics().forEach(s -> text.append(s).append('\n'));
        text.append(sizes.strip()).append('\n');
        text.append("java to C ").append(request.program().time().toMillis()).append(" ms\n");
        text.append("C to objects ").append(compile / 1_000_000).append(" ms\n");
        text.append("link ").append(link / 1_000_000).append(" ms\n");
        bounds.forEach((entry, bytes) ->
                text.append("stack bound ")
                        .append(entry)
                        .append(' ')
                        .append(bytes)
                        .append(" bytes\n"));
        return text.toString();
    }

    private static void deleteTree(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
