package norma.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import norma.conformance.job.Verdicts;
import norma.conformance.mutant.Mutant;
import norma.conformance.mutant.Mutants;
import norma.conformance.mutant.Overlay;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * {@code --mutant-classes}: what was found is told like that of a scenario, and can be replayed.
 */
class GivenMutantsTest {
    private static final ClassLoader LOADER = GivenMutantsTest.class.getClassLoader();
    private static final String KERNEL_CLASS = "norma/kernel/ipc/Ipc.class";

    @TempDir Path dir;
    private Path bug;

    @BeforeEach
    void folder() throws Exception {
        bug = Files.createDirectory(dir.resolve("bug"));
    }

    private static byte[] original(String name) throws Exception {
        try (var in = LOADER.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }

    private void put(String place, byte[] bytes) throws Exception {
        Path file = bug.resolve(place);
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }

    private void refused(Path classes, String message) {
        StringWriter err = new StringWriter();
        CommandLine line = Main.commandLine();
        line.setErr(new PrintWriter(err, true));
        assertEquals(
                Verdicts.USAGE, line.execute("conform", "--mutant-classes", classes.toString()));
        assertTrue(err.toString().contains(message), err::toString);
    }

    @Test
    void aFileIsNoFolder() throws Exception {
        refused(Files.createFile(dir.resolve("file")), "no such folder");
    }

    @Test
    void aFolderWithoutMutants() {
        refused(bug, "holds no mutant");
    }

    @Test
    void aMutantWithoutClasses() {
        refused(dir, "no class file in");
    }

    @Test
    void aClassThatTheKernelDoesNotHave() throws Exception {
        String other = "norma/conformance/check/Reason.class";
        put(other, original(other));
        refused(dir, "the kernel has no class norma/conformance/check/Reason");
    }

    @Test
    void aClassInTheWrongPlace() throws Exception {
        put("Ipc.class", original(KERNEL_CLASS));
        refused(dir, "it belongs to " + bug.resolve(KERNEL_CLASS));
    }

    @Test
    void bytesThatAreNoClass() throws Exception {
        put(KERNEL_CLASS, new byte[] {1, 2, 3, 4});
        refused(dir, "not a class file");
    }

    @Test
    void aClassThatCannotBeRead() throws Exception {
        Files.createDirectories(bug.resolve(KERNEL_CLASS));
        refused(dir, "cannot read");
    }

    @Test
    void aClassThatIsTheKernelsOwn() throws Exception {
        put(KERNEL_CLASS, original(KERNEL_CLASS));
        refused(dir, "do what the kernel's own do");
    }

    @Test
    void aKillIsToldAndItsReplayKillsAgain() throws Exception {
        Mutant mutant =
                Mutants.ALL.stream()
                        .filter(m -> m.name().equals("answered-not-woken"))
                        .findFirst()
                        .orElseThrow();
        new Overlay(LOADER).write(mutant, bug);
        List<String> found =
                lines(
                        "conform",
                        "--mutant-classes",
                        dir.toString(),
                        "--scenario",
                        "rendezvous",
                        "--arch",
                        "riscv64",
                        "--cpus",
                        "2",
                        "--accel",
                        "icount",
                        "--seed",
                        "4",
                        "--seeds",
                        "1");
        assertTrue(one(found, "killed ").contains(" rendezvous/icount2 "), found::toString);
        one(found, "shortest failing prefix: ");
        String prefix = one(found, "as ITF: ").strip().substring("as ITF: ".length());
        assertTrue(Files.exists(Path.of(prefix)), prefix);
        String replay = one(found, "replay: ").strip().substring("replay: ./norma ".length());
        assertTrue(replay.endsWith("--cpus 2 --accel icount --seed 4 --seeds 1"), replay);
        List<String> again = lines(replay.split(" "));
        assertEquals(
                one(found, "ACTION_NOT_ENABLED: "),
                one(again, "ACTION_NOT_ENABLED: "),
                again::toString);
    }

    private static String one(List<String> lines, String begins) {
        List<String> found = lines.stream().filter(l -> l.strip().startsWith(begins)).toList();
        assertEquals(1, found.size(), () -> begins + " in " + lines);
        return found.getFirst();
    }

    private static List<String> lines(String... command) {
        PrintStream before = System.out;
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        System.setOut(new PrintStream(text, true, StandardCharsets.UTF_8));
        try {
            assertEquals(
                    Verdicts.PASS,
                    Main.execute(Main.commandLine(), command),
                    () -> text.toString());
        } finally {
            System.setOut(before);
        }
        return text.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
