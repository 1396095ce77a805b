package norma.kernel.sim;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import norma.conformance.saved.Unfinished;

/**
 * All choices of a run: one code per decision, in order. Code 0 is the default, whatever it is at
 * that point, so a schedule stays meaningful when some of its codes are replaced by 0, and
 * decisions beyond its end are defaults.
 *
 * <p>On weak memory a decision may also be which message of a word a core finds, or behind which it
 * writes: 0 is the newest.
 *
 * <p>As a file: lines of a key and a value, then the codes that are not 0 as {@code number:code},
 * and a last line that shows that none is lost.
 */
public final class Schedule {
    /** Low bits of a code: 0, or one more than the core that runs on. */
    static final int CORE = 7;

    /** Bit of a code: before that, time leaps to the next deadline. */
    static final int LEAP = 8;

    static final String HEADER = "norma-schedule 2";

    static final String END = "end";

    private final byte[] codes;
    private final int length;

    Schedule(byte[] codes, int length) {
        this.codes = codes;
        this.length = length;
    }

    /** Decisions. */
    public int length() {
        return length;
    }

    /** Decisions that are not the default. */
    public int forced() {
        int count = 0;
        for (int i = 0; i < length; i++) {
            if (codes[i] != 0) {
                count++;
            }
        }
        return count;
    }

    int code(int at) {
        return at < length ? codes[at] : 0;
    }

    /** Numbers of the decisions that are not the default. */
    int[] forcedAt() {
        int[] at = new int[forced()];
        int count = 0;
        for (int i = 0; i < length; i++) {
            if (codes[i] != 0) {
                at[count++] = i;
            }
        }
        return at;
    }

    /** This schedule with some decisions back at the default. */
    Schedule without(int[] numbers, int from, int to) {
        byte[] less = Arrays.copyOf(codes, length);
        for (int i = from; i < to; i++) {
            less[numbers[i]] = 0;
        }
        return new Schedule(less, length);
    }

    /** Of which run a stored schedule is. */
    public record Stored(String scenario, int cpus, long seed, Schedule schedule) {}

    /** Writes a schedule with what it belongs to. */
    public void write(Path file, String scenario, int cpus, long seed) throws IOException {
        StringBuilder text = new StringBuilder(HEADER).append('\n');
        text.append("scenario ").append(scenario).append('\n');
        text.append("cpus ").append(cpus).append('\n');
        text.append("seed ").append(seed).append('\n');
        text.append("decisions ").append(length).append('\n');
        text.append("forced");
        for (int at : forcedAt()) {
            text.append(' ').append(at).append(':').append(codes[at]);
        }
        Unfinished.write(file, text.append('\n').append(END).append('\n').toString());
    }

    /** Reads what {@link #write} wrote; an {@link IOException} names what is wrong, and where. */
    public static Stored read(Path file) throws IOException {
        return ScheduleReader.read(file);
    }
}
