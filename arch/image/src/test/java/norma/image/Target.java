// Contract: runs a program of the corpus: on the JVM, as a Linux process, in QEMU.
// Invariant: every process has a deadline and is destroyed by its handle.
// Owner: norma.image tests.
package norma.image;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Ways to run. */
final class Target {
    private static final int DEADLINE_SECONDS = 60;

    private Target() {}

    /** What a run printed, and how it ended. */
    record Run(String output, int status) {}

    static Run onJvm(Path classes, Path work) throws Exception {
        Path runner = work.resolve("Runner.java");
        Files.writeString(
                runner,
                "void main() throws Exception { Class.forName(\"norma.aot.corpus.Main\")"
                        + ".getMethod(\"main\", int.class).invoke(null, 0); System.out.flush(); }");
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        String path = classes + File.pathSeparator + System.getProperty("java.class.path");
        return run(List.of(java.toString(), "-ea", "-cp", path, runner.toString()), work);
    }

    static Run onLinux(Path elf, int argument, Path work) throws Exception {
        return run(List.of(elf.toString(), Integer.toString(argument)), work);
    }

    static Run inQemu(Arch arch, Path elf, Path work) throws Exception {
        List<String> command = new ArrayList<>();
        if (arch == Arch.RISCV64) {
            command.addAll(List.of("qemu-system-riscv64", "-M", "virt", "-bios", "none"));
        } else {
            command.addAll(List.of("qemu-system-x86_64", "-M", "q35", "-cpu", "max"));
            command.addAll(List.of("-bios", "/usr/share/qemu/qboot.rom"));
            command.addAll(List.of("-device", "isa-debug-exit,iobase=0xf4,iosize=4"));
        }
        command.addAll(List.of("-m", "128M", "-nographic", "-nodefaults", "-no-reboot"));
        command.addAll(List.of("-serial", "stdio", "-monitor", "none", "-kernel", elf.toString()));
        Run run = run(command, work);
        // isa-debug-exit ends QEMU with 2 * status + 1.
        return arch == Arch.X86_64 ? new Run(run.output(), run.status() >> 1) : run;
    }

    private static Run run(List<String> command, Path work) throws Exception {
        Path output = Files.createTempFile(work, "run", ".out");
        Path errors = Files.createTempFile(work, "run", ".err");
        Process process =
                new ProcessBuilder(command)
                        .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                        .redirectOutput(output.toFile())
                        .redirectError(errors.toFile())
                        .start();
        try {
            if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError(
                        "no end after "
                                + DEADLINE_SECONDS
                                + " s: "
                                + command.getFirst()
                                + "\n"
                                + Files.readString(output, StandardCharsets.ISO_8859_1));
            }
        } finally {
            process.destroyForcibly();
        }
        String text = Files.readString(output, StandardCharsets.ISO_8859_1);
        return new Run(text + Files.readString(errors), process.exitValue());
    }
}
