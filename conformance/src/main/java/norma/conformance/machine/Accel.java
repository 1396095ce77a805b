package norma.conformance.machine;

import java.util.List;

/** How the guest's virtual CPUs are run; the trade is reproducibility against real concurrency. */
public enum Accel {
    /** One host thread a virtual CPU: real races, no reproducibility. */
    MULTI("multi", List.of("-accel", "tcg,thread=multi")),
    /** One host thread, round robin in host time: for more virtual CPUs than host cores. */
    SINGLE("single", List.of("-accel", "tcg,thread=single")),
    /** One host thread, time counted in instructions: two runs give the same bytes. */
    ICOUNT("icount", List.of("-accel", "tcg,thread=single"));

    private final String label;
    private final List<String> arguments;

    Accel(String label, List<String> arguments) {
        this.label = label;
        this.arguments = arguments;
    }

    /** The name used on command lines and in reports. */
    public String label() {
        return label;
    }

    List<String> arguments(int icountShift) {
        if (this != ICOUNT) {
            return arguments;
        }
        return List.of(
                arguments.get(0),
                arguments.get(1),
                "-icount",
                "shift=" + icountShift + ",sleep=off");
    }

    @Override
    public String toString() {
        return label;
    }
}
