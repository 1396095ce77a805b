// Contract: the programs in C of userland/programs, a folder each, to one archive (cpio, new ASCII
// format) that a machine is started with as its initial RAM disk.
// Invariant: equal inputs give an equal archive; a failed build leaves none.
// Owner: norma.image.
package norma.image;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.cpio.CpioArchiveEntry;
import org.apache.commons.compress.archivers.cpio.CpioArchiveOutputStream;
import org.apache.commons.compress.archivers.cpio.CpioConstants;

/** Compiles and links programs, and packs them. */
final class ProgramsBuilder {
    /** The archive's name, beside a kernel. */
    static final String ARCHIVE = "programs.cpio";

    private static final List<String> FLAGS =
            List.of(
                    "-std=gnu11",
                    "-O2",
                    "-ffreestanding",
                    "-fvisibility=hidden",
                    "-fno-asynchronous-unwind-tables",
                    "-fno-stack-protector",
                    "-Wall",
                    "-Werror");

    private static final String RUNTIME = "runtime";
    private static final long EXECUTABLE = 0555;

    private final Path sources;
    private final List<Path> include;
    private final Arch arch;
    private final Tools tools;
    private final Path work;

    private ProgramsBuilder(Path sources, List<Path> include, Arch arch, Tools tools, Path work) {
        this.sources = sources;
        this.include = include;
        this.arch = arch;
        this.tools = tools;
        this.work = work;
    }

    /**
     * Builds the archive.
     *
     * @param sources userland/programs
     * @param include where headers are
     * @param out folder of the archive
     */
    static Path build(Path sources, List<Path> include, Arch arch, Path out)
            throws ImageException, IOException, InterruptedException {
        Path work = Files.createTempDirectory(out, "programs");
        try {
            new ProgramsBuilder(sources, include, arch, Tools.find(), work).pack();
            return Files.move(work.resolve(ARCHIVE), out.resolve(ARCHIVE));
        } finally {
            ImageStore.delete(work);
        }
    }

    private void pack() throws ImageException, IOException, InterruptedException {
        try (OutputStream file = Files.newOutputStream(work.resolve(ARCHIVE));
                CpioArchiveOutputStream cpio =
                        new CpioArchiveOutputStream(file, CpioConstants.FORMAT_NEW)) {
            for (String name : names()) {
                byte[] bytes = Files.readAllBytes(program(name));
                CpioArchiveEntry entry =
                        new CpioArchiveEntry(CpioConstants.FORMAT_NEW, name, bytes.length);
                entry.setMode(CpioConstants.C_ISREG | EXECUTABLE);
                cpio.putArchiveEntry(entry);
                cpio.write(bytes);
                cpio.closeArchiveEntry();
            }
            cpio.finish();
        }
    }

    private List<String> names() throws IOException {
        try (Stream<Path> folders = Files.list(sources)) {
            return folders.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .filter(name -> !name.equals(RUNTIME))
                    .sorted()
                    .toList();
        }
    }

    private Path program(String name) throws ImageException, IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        Path elf = work.resolve(name);
        command.addAll(List.of(tools.lld(), "-T", sources.resolve("program.ld").toString()));
        command.addAll(List.of("-nostdlib", "-static", "-z", "max-page-size=4096"));
        for (String folder : List.of(RUNTIME, name)) {
            try (Stream<Path> files = Files.list(sources.resolve(folder))) {
                for (Path source :
                        files.filter(f -> f.toString().endsWith(".c")).sorted().toList()) {
                    command.add(compile(source, name).toString());
                }
            }
        }
        command.addAll(List.of("-o", elf.toString()));
        Tools.run(command, work);
        return elf;
    }

    private Path compile(Path source, String program)
            throws ImageException, IOException, InterruptedException {
        Path object = work.resolve(program + "-" + source.getFileName() + ".o");
        List<String> command = new ArrayList<>();
        command.add(tools.clang());
        command.addAll(arch.programFlags());
        command.addAll(FLAGS);
        command.add("-I" + sources.resolve(RUNTIME));
        include.forEach(folder -> command.add("-I" + folder));
        command.addAll(List.of("-c", source.toString(), "-o", object.toString()));
        Tools.run(command, work);
        return object;
    }
}
