package norma.conformance.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The RAM file and its sweep, the memory view, and the bounded tail. */
class RamFileTest {
    @TempDir Path dir;

    @Test
    void sweepTakesOldFilesOfDeadProcessesOnly() throws Exception {
        FileTime old = FileTime.from(Instant.now().minusSeconds(600));
        Path dead = Files.createFile(dir.resolve("norma-99999999-1.ram"));
        Path alive =
                Files.createFile(dir.resolve("norma-" + ProcessHandle.current().pid() + "-77.ram"));
        Path fresh = Files.createFile(dir.resolve("norma-99999998-1.ram"));
        Path other = Files.createFile(dir.resolve("norma-notes.ram"));
        for (Path file : List.of(dead, alive, other)) {
            Files.setLastModifiedTime(file, old);
        }
        RamFile.sweep(dir);
        assertFalse(Files.exists(dead));
        assertTrue(Files.exists(alive));
        assertTrue(Files.exists(fresh));
        assertTrue(Files.exists(other));
    }

    @Test
    void memoryIsLittleEndianAndPhysicallyAddressed() throws Exception {
        try (RamFile file = RamFile.create(1 << 20, List.of(dir))) {
            assertEquals(1 << 20, Files.size(file.path()));
            assertEquals("", names(dir));
            GuestMemory memory = new GuestMemory(file.segment(), 0x8000_0000L);
            memory.putLongRelease(0x8000_0010L, 0x0102_0304_0506_0708L);
            assertEquals(8, memory.getByte(0x8000_0010L));
            assertEquals(0x0102_0304, memory.getIntAcquire(0x8000_0014L));
            assertEquals(8, memory.read(0x8000_0010L, 8)[0]);
            memory.clear(0x8000_0010L, 8);
            assertEquals(0, memory.getLongAcquire(0x8000_0010L));
            memory.write(0x8000_0020L, new byte[] {1, 2, 3});
            assertEquals(0x03_0201, memory.getInt(0x8000_0020L));
        }
    }

    @Test
    void fallsBackToTheNextDirectoryWithRoom() throws Exception {
        try (RamFile file = RamFile.create(1 << 20, List.of(Path.of("/proc"), dir))) {
            Path was = Files.readSymbolicLink(file.path());
            assertTrue(was.startsWith(dir.toRealPath()), was.toString());
        }
    }

    /** The files of a folder, a name a line. */
    static String names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(f -> String.valueOf(f.getFileName()))
                    .collect(Collectors.joining("\n"));
        }
    }

    @Test
    void tailKeepsTheLastBytes() {
        TailBuffer tail = new TailBuffer(8);
        byte[] text = "abcdefghijkl".getBytes(StandardCharsets.UTF_8);
        tail.append(text, 3);
        assertEquals("abc", tail.text());
        tail.append(text, 12);
        assertEquals("efghijkl", tail.text());
        assertEquals(15, tail.total());
    }
}
