package norma.cli;

import norma.abi.Limits;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code --cpus}, for commands that run one number of cores. */
final class CpusOption {
    /** Cores that the kernel schedules in this version. */
    static final int MOST = Limits.CORES;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--cpus",
            paramLabel = "N",
            defaultValue = "2",
            description = "Cores of the machine, 1 to " + MOST + " (default: ${DEFAULT-VALUE}).")
    private int cpus;

    /** The number; a usage error if it is out of range. */
    int checked() {
        Checks.range(command, "--cpus", cpus, 1, MOST);
        return cpus;
    }
}
