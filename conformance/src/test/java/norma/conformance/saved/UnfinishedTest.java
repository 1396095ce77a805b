package norma.conformance.saved;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import norma.conformance.trace.WitnessSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However a process ends in the middle of a file, the file goes, at the latest with the next. */
class UnfinishedTest {
    private static final long NOBODY = 99_999_999;

    @TempDir Path dir;

    /** Threads that have logged nothing. */
    private static final WitnessSource SILENT =
            new WitnessSource() {
                @Override
                public long halves(int slot) {
                    return 0;
                }

                @Override
                public long first(int slot) {
                    return 0;
                }

                @Override
                public void entry(int slot, long number, long[] into) {}

                @Override
                public void release(int slot, long number) {}
            };

    private static TraceWriter writer(Path target) throws IOException {
        TraceHeader header = new TraceHeader("riscv64", 1, "single", 1, 4, false, false);
        return TraceWriter.open(target, 1, header, SILENT);
    }

    /** A child JVM in the middle of a trace, of a file not yet settled, and of a folder. */
    static final class Harness {
        public static void main(String[] args) throws Exception {
            Path folder = Path.of(args[0]);
            Path work = Files.createTempDirectory(folder, Unfinished.prefix("work"));
            Unfinished.add(work);
            Files.createFile(work.resolve("image"));
            Path trace = Files.createFile(folder.resolve("unsettled.trace"));
            Unfinished.add(trace);
            try (TraceWriter writer = writer(folder.resolve("new.trace"))) {
                System.out.println("ready");
                Thread.sleep(Duration.ofMinutes(2));
                assertNotNull(writer);
            }
        }
    }

    private Process harness() throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(Harness.class.getName(), dir.toString()));
        Process harness =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        assertEquals("ready", harness.inputReader().readLine());
        assertTrue(names().contains("new.trace.part-" + harness.pid()), names());
        return harness;
    }

    private String names() throws IOException {
        try (Stream<Path> files = Files.list(dir)) {
            return files.map(f -> String.valueOf(f.getFileName()))
                    .sorted()
                    .collect(Collectors.joining(" "));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"})
    void aSignalLeavesNothing(String signal) throws Exception {
        Process harness = harness();
        new ProcessBuilder("kill", "-" + signal, Long.toString(harness.pid())).start().waitFor();
        assertTrue(harness.waitFor(20, TimeUnit.SECONDS));
        assertEquals("", names());
    }

    @Test
    void aTextIsWrittenAsAWholeOrNotAtAll() throws Exception {
        Path file = dir.resolve("report");
        Unfinished.write(file, "one");
        Object before = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        Unfinished.write(file, "two");
        Object after = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        assertNotEquals(before, after, "written over what was there");
        assertEquals("two", Files.readString(file));
        assertEquals("report", names());
        Path gone = dir.resolve("gone/report");
        IOException e = assertThrows(IOException.class, () -> Unfinished.write(gone, "three"));
        assertTrue(e.toString().contains("cannot write " + gone + ": "), e.toString());
        // What is there is nobody's file: it stays, and nothing is left beside it.
        Path folder = Files.createDirectories(dir.resolve("folder/in")).getParent();
        assertThrows(IOException.class, () -> Unfinished.write(folder, "four"));
        assertEquals("folder report", names());
    }

    @Test
    void theNextSweepsWhatAKilledOneLeft() throws Exception {
        Process harness = harness();
        Unfinished.sweepParts(dir);
        Unfinished.sweepFolders(dir);
        assertTrue(names().contains(".part-"), "swept while its process is alive");
        assertTrue(names().contains("norma-work-"), "swept while its process is alive");
        harness.destroyForcibly();
        assertTrue(harness.waitFor(20, TimeUnit.SECONDS));
        Unfinished.sweepParts(dir);
        Unfinished.sweepFolders(dir);
        assertEquals("unsettled.trace", names());
    }

    @Test
    void aWriterSweepsItsOwnNameOnly() throws Exception {
        Files.createFile(dir.resolve("a.trace.part-" + NOBODY));
        Files.createFile(dir.resolve("b.trace.part-" + NOBODY));
        try (TraceWriter writer = writer(dir.resolve("a.trace"))) {
            assertNotNull(writer);
        }
        assertEquals("b.trace.part-" + NOBODY, names());
    }

    @Test
    void aLockedPartIsSomebodys() throws Exception {
        Path part = Files.createFile(dir.resolve("a.trace.part-" + NOBODY));
        try (FileChannel file = FileChannel.open(part, StandardOpenOption.WRITE);
                FileLock lock = file.tryLock()) {
            assertTrue(lock.isValid());
            Unfinished.sweepParts(dir);
            assertTrue(Files.exists(part));
        }
        Unfinished.sweepParts(dir);
        assertFalse(Files.exists(part));
    }
}
