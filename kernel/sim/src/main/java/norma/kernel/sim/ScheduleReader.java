package norma.kernel.sim;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import norma.abi.Limits;
import norma.conformance.job.TextFile;
import norma.conformance.job.UsageException;
import norma.kernel.sim.race.WeakMemory;

/** Reads the file of a {@link Schedule}: what is wrong with it is told with line and column. */
final class ScheduleReader {
    /** Decisions of a run that no scenario comes near. */
    private static final int MOST = 10_000_000;

    private static final List<String> KEYS =
            List.of("scenario ", "cpus ", "seed ", "decisions ", "forced");

    private final Path file;
    private final List<String> lines;

    /** A file that is no schedule. */
    static final class MalformedException extends IOException {
        private static final long serialVersionUID = 1;

        MalformedException(String message) {
            super(message);
        }
    }

    private ScheduleReader(Path file, List<String> lines) {
        this.file = file;
        this.lines = lines;
    }

    static Schedule.Stored read(Path file) throws IOException {
        try {
            return new ScheduleReader(file, TextFile.read(file).lines().toList()).stored();
        } catch (UsageException e) {
            throw new MalformedException(String.valueOf(e.getMessage()));
        }
    }

    private Schedule.Stored stored() throws MalformedException {
        if (lines.isEmpty() || !lines.get(0).equals(Schedule.HEADER)) {
            throw wrong(1, 1, "the line " + Schedule.HEADER);
        }
        for (int i = 0; i < KEYS.size(); i++) {
            if (lines.size() < i + 2 || !lines.get(i + 1).startsWith(KEYS.get(i))) {
                throw wrong(i + 2, 1, "a line " + KEYS.get(i).strip());
            }
        }
        int last = KEYS.size() + 1;
        if (lines.size() <= last || !lines.get(last).equals(Schedule.END)) {
            throw wrong(last + 1, 1, "the line end: a part of the schedule is missing");
        }
        if (lines.size() > last + 1) {
            throw wrong(last + 2, 1, "the end of the file");
        }
        String scenario = lines.get(1).substring(KEYS.get(0).length());
        if (Scenario.find(scenario).isEmpty()) {
            throw wrong(2, KEYS.get(0).length() + 1, "the name of a scenario");
        }
        int cpus = (int) number(1, 1, Limits.CORES, "cores");
        long seed = number(2, Long.MIN_VALUE, Long.MAX_VALUE, "a seed");
        int length = (int) number(3, 0, MOST, "decisions");
        return new Schedule.Stored(
                scenario,
                cpus,
                seed,
                new Schedule(forced(length, cpus, Simulator.weak(seed)), length));
    }

    private long number(int key, long least, long most, String what) throws MalformedException {
        int column = KEYS.get(key).length();
        try {
            long number = Long.parseLong(lines.get(key + 1).substring(column));
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below, like a number out of range.
        }
        throw wrong(key + 2, column + 1, what + ": a number from " + least + " to " + most);
    }

    /** The codes: pairs of a decision's number and a code, in rising order. */
    private byte[] forced(int length, int cpus, boolean weak) throws MalformedException {
        int number = KEYS.size();
        String line = lines.get(number);
        byte[] codes = new byte[length];
        int last = -1;
        int from = KEYS.get(number - 1).length();
        while (from < line.length()) {
            int space = line.indexOf(' ', from + 1);
            int end = space < 0 ? line.length() : space;
            String pair = line.substring(from, end);
            int colon = pair.indexOf(':');
            int at = colon < 0 ? -1 : small(pair.substring(1, colon));
            int code = colon < 0 ? -1 : small(pair.substring(colon + 1));
            if (pair.charAt(0) != ' ' || at <= last || at >= length || !known(code, cpus, weak)) {
                throw wrong(
                        number + 1,
                        from + 1,
                        "DECISION:CODE, rising numbers below "
                                + length
                                + " and codes of "
                                + cpus
                                + " cores");
            }
            codes[at] = (byte) code;
            last = at;
            from = end;
        }
        return codes;
    }

    private static boolean known(int code, int cpus, boolean weak) {
        if (weak && code > 0 && code <= WeakMemory.KEPT) {
            return true; // Which message of a word is found.
        }
        return code > 0
                && code <= (Schedule.LEAP | Schedule.CORE)
                && (code & Schedule.CORE) <= cpus;
    }

    private static int small(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private MalformedException wrong(int line, int column, String expected) {
        return new MalformedException(file + ":" + line + ":" + column + ": expected " + expected);
    }
}
