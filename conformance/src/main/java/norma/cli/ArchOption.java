package norma.cli;

import norma.conformance.machine.Arch;
import picocli.CommandLine.Option;

/** {@code --arch}, for commands about one architecture. */
final class ArchOption {
    @Option(
            names = "--arch",
            paramLabel = "ARCH",
            defaultValue = "riscv64",
            converter = LabelConverters.ArchConverter.class,
            completionCandidates = LabelConverters.ArchCandidates.class,
            description = "One of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Arch arch;

    Arch value() {
        return arch;
    }
}
