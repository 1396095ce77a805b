package norma.conformance.saved;

import java.util.HashMap;
import java.util.Map;
import norma.abi.Limits;
import norma.conformance.check.Memory;
import norma.conformance.check.Validator;
import norma.conformance.machine.Arch;

/**
 * What a saved trace says about its run.
 *
 * @param arch architecture
 * @param cpus cores
 * @param accel way of running
 * @param seed seed
 * @param firstPriority priority of the first thread
 * @param locks lock events were recorded
 * @param suffix the rings were overwritten: the trace begins somewhere
 * @param memory address spaces and memory; a header without them is of a run without
 */
public record TraceHeader(
        String arch,
        int cpus,
        String accel,
        long seed,
        int firstPriority,
        boolean locks,
        boolean suffix,
        Memory memory) {
    private static final String FORMAT = "norma-trace-3";

    /** Of a run without address spaces. */
    public TraceHeader(
            String arch,
            int cpus,
            String accel,
            long seed,
            int firstPriority,
            boolean locks,
            boolean suffix) {
        this(arch, cpus, accel, seed, firstPriority, locks, suffix, Memory.NONE);
    }

    String text() {
        String spaces =
                memory.pages() == 0
                        ? ""
                        : "pages=" + memory.pages() + "\nframes=" + memory.frames() + "\n";
        return String.join(
                "\n",
                "format=" + FORMAT,
                "arch=" + arch,
                "cpus=" + cpus,
                "accel=" + accel,
                "seed=" + seed,
                "priority=" + firstPriority,
                "locks=" + locks,
                "suffix=" + suffix,
                spaces);
    }

    /**
     * Parses the text of a header block; throws IllegalArgumentException if it is not, to the last
     * byte, what {@link #text} writes of some run.
     */
    static TraceHeader parse(String text) {
        Map<String, String> values = new HashMap<>();
        for (String line : text.split("\n")) {
            int at = line.indexOf('=');
            if (at > 0) {
                values.put(line.substring(0, at), line.substring(at + 1));
            }
        }
        if (!FORMAT.equals(values.get("format"))) {
            throw new IllegalArgumentException("not a trace of format " + FORMAT);
        }
        TraceHeader header =
                new TraceHeader(
                        value(values, "arch"),
                        (int) number(values, "cpus", 1, Limits.CORES),
                        value(values, "accel"),
                        number(values, "seed", Long.MIN_VALUE, Long.MAX_VALUE),
                        (int) number(values, "priority", 0, Limits.PRIORITIES - 1),
                        Boolean.parseBoolean(value(values, "locks")),
                        Boolean.parseBoolean(value(values, "suffix")),
                        memory(values));
        if (!header.text().equals(text)) {
            throw new IllegalArgumentException("a header that nobody writes");
        }
        return header;
    }

    private static Memory memory(Map<String, String> values) {
        return values.containsKey("pages")
                ? new Memory(
                        (int) number(values, "pages", 1, Limits.PAGES),
                        (int) number(values, "frames", 0, Limits.FRAMES))
                : Memory.NONE;
    }

    private static long number(Map<String, String> values, String key, long low, long high) {
        String value = value(values, key);
        try {
            long number = Long.parseLong(value);
            if (number >= low && number <= high) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("the trace's header has " + key + "=" + value, e);
        }
        throw new IllegalArgumentException("the trace's header has " + key + "=" + value);
    }

    private static String value(Map<String, String> values, String key) {
        String value = values.get(key);
        if (value == null) {
            throw new IllegalArgumentException("the trace's header has no " + key);
        }
        return value;
    }

    /** The same, and the threads' logs are compared, although the beginning is missing. */
    Validator.Setup witnessed() {
        return new Validator.Setup(firstPriority, privilegedCause(), locks, true, memory);
    }

    /** What the validator must know. */
    public Validator.Setup setup() {
        return new Validator.Setup(firstPriority, privilegedCause(), locks, !suffix, memory);
    }

    /** Cause of a privileged instruction's fault on the trace's architecture; 0 if unknown. */
    private int privilegedCause() {
        for (Arch known : Arch.values()) {
            if (known.label().equals(arch)) {
                return known.privilegedCause();
            }
        }
        return 0;
    }
}
