// Contract: the targets an image can be built for and their compiler flags.
// Invariant: kernel code uses neither the red zone nor floating point or vector registers.
// Owner: norma.image.
package norma.image;

import java.util.List;
import java.util.Locale;

/** A target. */
public enum Arch {
    RISCV64(
            List.of(
                    "--target=riscv64-unknown-none-elf",
                    "-march=rv64imac",
                    "-mabi=lp64",
                    "-mcmodel=medany",
                    "-mno-relax")),
    X86_64(
            List.of(
                    "--target=x86_64-unknown-none-elf",
                    "-mno-red-zone",
                    "-mgeneral-regs-only",
                    "-mcmodel=kernel",
                    "-fno-pic")),
    /** A Linux program on x86_64, for tests. */
    LINUX(List.of("--target=x86_64-linux-gnu", "-fno-pie"));

    private final List<String> flags;

    Arch(List<String> flags) {
        this.flags = flags;
    }

    /** The clang flags that choose the target. */
    public List<String> flags() {
        return flags;
    }

    /**
     * The same for programs of user mode: their addresses are above 2 GiB, so what they name is
     * relative to where they are.
     */
    public List<String> programFlags() {
        return this == X86_64
                ? List.of(
                        "--target=x86_64-unknown-none-elf",
                        "-mno-red-zone",
                        "-mgeneral-regs-only",
                        "-fpie")
                : flags;
    }

    /** The name of the architecture's directory under arch/native. */
    public String directory() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Bytes that a call instruction pushes, which -fstack-usage does not count. */
    public int callBytes() {
        return this == RISCV64 ? 0 : 8;
    }

    /** The target with the given directory name. */
    public static Arch of(String directory) {
        for (Arch arch : values()) {
            if (arch.directory().equals(directory)) {
                return arch;
            }
        }
        throw new IllegalArgumentException(
                "unknown architecture '" + directory + "': use riscv64, x86_64 or linux");
    }
}
