package norma.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ImageStoreTest {
    @TempDir Path folder;

    /** Uses an image, says so, and goes on until its input ends: another process. */
    public static void main(String[] arguments) throws Exception {
        ImageStore.in(Path.of(arguments[0])).use(arguments[1]);
        System.out.println("using");
        System.out.flush();
        int end = System.in.read();
        System.exit(end < 0 ? 0 : 1);
    }

    private void image(String name, int hoursAgo) throws IOException {
        Path image = Files.createDirectories(folder.resolve(name));
        Files.writeString(image.resolve("norma.elf"), name);
        Instant at = Instant.now().minus(Duration.ofHours(hoursAgo));
        Files.setLastModifiedTime(image, FileTime.from(at));
    }

    private List<String> images() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isDirectory)
                    .map(f -> f.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void least_recently_used_images_go_first() throws Exception {
        for (int i = 1; i <= 6; i++) {
            image("image" + i, i);
        }
        image(".new-left", 2);
        image(".new-being-built", 0);
        ImageStore store = ImageStore.in(folder);
        assertTrue(Files.exists(store.use("image6").resolve("norma.elf")));
        store.prune(3);
        assertEquals(List.of(".new-being-built", "image1", "image2", "image6"), images());
        store.prune(0);
        assertEquals(List.of(".new-being-built", "image6"), images(), "used by this process");
    }

    @Test
    void of_two_that_build_one_image_both_have_it() throws Exception {
        Path first = Files.createDirectories(folder.resolve(".new-1"));
        Path second = Files.createDirectories(folder.resolve(".new-2"));
        for (Path fresh : List.of(first, second)) {
            Files.writeString(fresh.resolve("norma.elf"), "image");
            ImageTool.publish(fresh, folder.resolve("image"));
        }
        assertEquals(List.of("image"), images());
        assertTrue(Files.exists(folder.resolve("image/norma.elf")));
    }

    @Test
    void an_image_of_another_process_stays_until_that_ends() throws Exception {
        image("theirs", 3);
        image("nobodys", 2);
        Process other =
                new ProcessBuilder(
                                System.getProperty("java.home") + File.separator + "bin/java",
                                "-cp",
                                System.getProperty("java.class.path"),
                                ImageStoreTest.class.getName(),
                                folder.toString(),
                                "theirs")
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try {
            assertEquals("using", other.inputReader().readLine());
            ImageStore store = ImageStore.in(folder);
            store.prune(0);
            assertEquals(List.of("theirs"), images());
            other.getOutputStream().close();
            assertTrue(other.waitFor(30, TimeUnit.SECONDS));
            store.prune(0);
            assertEquals(List.of(), images());
        } finally {
            other.destroyForcibly();
        }
        assertFalse(other.isAlive());
    }
}
