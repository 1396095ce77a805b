package norma.conformance.machine;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** What Linux says of a process and its threads in {@code /proc/PID}. */
final class ThreadStates {
    /** Fields of {@code stat} after the name: state is the first, utime and stime these. */
    private static final int USER_TIME = 11;

    private static final int SYSTEM_TIME = 12;

    private ThreadStates() {}

    /**
     * What a process did with its time.
     *
     * @param ticks time on a processor so far, in the host's ticks of 10 ms
     * @param sleeps every thread waits for something of its own accord
     * @param stopped some thread is stopped by a signal or a debugger
     */
    record Usage(long ticks, boolean sleeps, boolean stopped) {
        /** There is nothing to look at: whoever asks finds out in another way. */
        static final Usage UNKNOWN = new Usage(0, true, false);
    }

    /** What the process and its threads do now. */
    static Usage usage(long pid) {
        Path process = Path.of("/proc", Long.toString(pid));
        boolean sleeps = true;
        boolean stopped = false;
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(process.resolve("task"))) {
            for (Path thread : threads) {
                char state = state(thread.resolve("stat"));
                // Running, or not allowed to: a thread that sleeps of its own accord is S or I.
                sleeps &= state == 'S' || state == 'I' || ended(state);
                stopped |= stopped(state);
            }
            String[] fields = fields(process.resolve("stat"));
            long ticks = Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[SYSTEM_TIME]);
            return new Usage(ticks, sleeps, stopped);
        } catch (IOException e) {
            return Usage.UNKNOWN;
        }
    }

    /** Whether every thread is stopped or ending; true when there is no such process. */
    static boolean allStopped(long pid) {
        Path tasks = Path.of("/proc", Long.toString(pid), "task");
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(tasks)) {
            for (Path thread : threads) {
                char state = state(thread.resolve("stat"));
                if (!stopped(state) && !ended(state)) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            return !Files.exists(tasks);
        }
    }

    private static boolean stopped(char state) {
        return state == 'T' || state == 't';
    }

    private static boolean ended(char state) {
        return state == 'Z' || state == 'X';
    }

    private static char state(Path stat) {
        try {
            return fields(stat)[0].charAt(0);
        } catch (IOException e) {
            return 'X'; // The thread ended between the listing and the reading.
        }
    }

    /** The fields after the name, which is in parentheses and may hold any character. */
    private static String[] fields(Path stat) throws IOException {
        String text = Files.readString(stat);
        return text.substring(text.lastIndexOf(')') + 2).split(" ", -1);
    }
}
