package norma.conformance.machine;

import java.util.List;

/** A guest architecture: how its QEMU is called and where its RAM begins. */
public enum Arch {
    RISCV64(
            "riscv64",
            "qemu-system-riscv64",
            0x8000_0000L,
            128,
            List.of("-M", "virt,memory-backend=ram", "-cpu", "rv64")),
    X86_64(
            "x86_64",
            "qemu-system-x86_64",
            0,
            255,
            List.of(
                    "-M",
                    "q35,memory-backend=ram",
                    "-cpu",
                    "max",
                    "-bios",
                    "/usr/share/qemu/qboot.rom",
                    "-device",
                    "isa-debug-exit,iobase=0xf4,iosize=4"));

    private final String label;
    private final String program;
    private final long ramBase;
    private final int maxCpus;
    private final List<String> machineArguments;

    Arch(String label, String program, long ramBase, int maxCpus, List<String> machineArguments) {
        this.label = label;
        this.program = program;
        this.ramBase = ramBase;
        this.maxCpus = maxCpus;
        this.machineArguments = machineArguments;
    }

    /** The name used on command lines and in reports. */
    public String label() {
        return label;
    }

    /** The QEMU program. */
    public String program() {
        return program;
    }

    /** The physical address of the RAM file's first byte. */
    public long ramBase() {
        return ramBase;
    }

    /** More than this QEMU refuses. */
    public int maxCpus() {
        return maxCpus;
    }

    /**
     * Cause that the kernel records for a privileged instruction in user mode: 16 and the
     * architecture's own number (illegal instruction 2; general protection 13).
     */
    public int privilegedCause() {
        return this == RISCV64 ? 18 : 29;
    }

    List<String> machineArguments() {
        return machineArguments;
    }

    @Override
    public String toString() {
        return label;
    }
}
