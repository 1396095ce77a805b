package norma.cli.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A mutant that nobody noticed is argued, or told with its line. */
class SurvivorsTest {
    @TempDir Path folder;

    private static String mutant(String status, String method, String operator, int line) {
        return "<mutation detected='x' status='"
                + status
                + "'><sourceFile>A.java</sourceFile><mutatedClass>norma.a.A$B</mutatedClass>"
                + "<mutatedMethod>"
                + method
                + "</mutatedMethod><mutator>org.pitest.mutationtest.engine.gregor.mutators."
                + operator
                + "</mutator><lineNumber>"
                + line
                + "</lineNumber><description>changed &lt;it&gt;</description></mutation>";
    }

    private Survivors of(String list, String... mutants) throws IOException {
        Path report = folder.resolve("mutations.xml");
        Files.writeString(
                report,
                "<?xml version='1.0'?><mutations>" + String.join("", mutants) + "</mutations>");
        return Survivors.of(report, Files.writeString(folder.resolve("survivors.txt"), list));
    }

    @Test
    void whatIsNotArguedIsTold() throws Exception {
        Survivors survivors =
                of(
                        "# Why.\nA$B.run Math x2: equal; of no use\n",
                        mutant("KILLED", "run", "MathMutator", 1),
                        mutant("TIMED_OUT", "run", "MathMutator", 2),
                        mutant("MEMORY_ERROR", "run", "MathMutator", 3),
                        mutant("SURVIVED", "run", "MathMutator", 4),
                        mutant("NO_COVERAGE", "run", "MathMutator", 5),
                        mutant("SURVIVED", "run", "MathMutator", 6),
                        mutant("RUN_ERROR", "&lt;init&gt;", "NegateConditionalsMutator", 7));
        assertEquals(7, survivors.mutants());
        assertEquals(2, survivors.argued());
        assertEquals(
                List.of(
                        "A$B.run Math, line 6: changed <it>, SURVIVED",
                        "A$B.<init> NegateConditionals, line 7: changed <it>, RUN_ERROR"),
                survivors.unargued());
    }

    @Test
    void operatorsHaveShortNames() throws Exception {
        Survivors survivors =
                of(
                        "",
                        mutant("SURVIVED", "m", "VoidMethodCallMutator", 1),
                        mutant("SURVIVED", "m", "returns.BooleanTrueReturnValsMutator", 2),
                        mutant("SURVIVED", "m", "IncrementsMutator", 3));
        assertEquals(
                List.of(
                        "A$B.m VoidMethod, line 1: changed <it>, SURVIVED",
                        "A$B.m BooleanTrue, line 2: changed <it>, SURVIVED",
                        "A$B.m Increments, line 3: changed <it>, SURVIVED"),
                survivors.unargued());
    }

    @Test
    void linesAreArguments() throws Exception {
        assertEquals(
                Map.of("A.m Math", 3, "A.<init> Math", 1),
                Survivors.argued(
                        List.of("", "# x", "A.m Math x2: a", "A.m Math: b", "A.<init> Math: c")));
        for (String line : List.of("A.m Math", "A.m Math: ", "A.m: why", "anything")) {
            assertThrows(IOException.class, () -> Survivors.argued(List.of(line)));
        }
    }
}
