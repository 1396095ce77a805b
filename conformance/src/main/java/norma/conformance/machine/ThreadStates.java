package norma.conformance.machine;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** What Linux says of a process's threads in {@code /proc/PID/task/TID/stat}. */
final class ThreadStates {
    private ThreadStates() {}

    /** Whether every thread is stopped or ending; true when there is no such process. */
    static boolean allStopped(long pid) {
        Path tasks = Path.of("/proc", Long.toString(pid), "task");
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(tasks)) {
            for (Path thread : threads) {
                if (!isStopped(thread.resolve("stat"))) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            return !Files.exists(tasks);
        }
    }

    /** The state letter follows the name, which is in parentheses and may hold any character. */
    private static boolean isStopped(Path stat) {
        try {
            String text = Files.readString(stat);
            char state = text.charAt(text.lastIndexOf(')') + 2);
            return state == 'T' || state == 't' || state == 'Z' || state == 'X';
        } catch (IOException e) {
            return true; // The thread ended between the listing and the reading.
        }
    }
}
