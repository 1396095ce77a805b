package norma.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import norma.conformance.mutant.Edit;
import norma.conformance.mutant.Mutant;
import norma.conformance.mutant.Mutants;
import norma.conformance.mutant.Mutation;
import norma.conformance.mutant.MutationException;
import norma.conformance.mutant.Overlay;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every anchor of every mutant matches exactly one instruction of the kernel as it is. */
class MutantAnchorsTest {
    private static final ClassLoader LOADER = MutantAnchorsTest.class.getClassLoader();

    @TempDir Path folder;

    static List<Mutant> mutants() {
        return Mutants.ALL;
    }

    @ParameterizedTest
    @MethodSource("mutants")
    void matchesOnceAndChangesAValidClass(Mutant mutant) throws Exception {
        new Overlay(LOADER).write(mutant, folder);
        List<Path> files = classes();
        assertFalse(files.isEmpty());
        for (Path file : files) {
            byte[] changed = Files.readAllBytes(file);
            String name = folder.relativize(file).toString();
            try (var in = LOADER.getResourceAsStream(name)) {
                assertFalse(Arrays.equals(in.readAllBytes(), changed), name + " is unchanged");
            }
            assertEquals(List.of(), ClassFile.of().verify(changed), name);
        }
    }

    @Test
    void noMatchAndTwoMatchesAreErrors() {
        assertMessage("aload no_such_variable; *areturn", "matches 0 instructions");
        assertMessage("*invokevirtual TicketLock.acquire", "matches 2 instructions");
    }

    private void assertMessage(String anchor, String message) {
        Mutant mutant =
                new Mutant(
                        "wrong",
                        Mutant.Kind.LOCK,
                        "",
                        List.of(new Mutation("sched/Scheduler", "enqueue", anchor, Edit.drop())),
                        List.of());
        MutationException e =
                assertThrows(
                        MutationException.class, () -> new Overlay(LOADER).write(mutant, folder));
        assertTrue(e.getMessage().contains(message), e.getMessage());
    }

    private List<Path> classes() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(f -> f.toString().endsWith(".class")).toList();
        }
    }
}
