package norma.checker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the no-allocation checker rejects, what it lets through, and that it stays off elsewhere.
 */
class NoAllocationCheckerTest {
    private static CheckedCompile compile;

    @BeforeAll
    static void configuration() throws Exception {
        compile = CheckedCompile.fromKernelPom().only("norma.checker.NoAllocationChecker");
    }

    private static List<String> diagnose(String annotation, String statement) throws Exception {
        return compile
                .diagnose(
                        """
                        package norma.kernel;
                        import norma.quals.NoAlloc;
                        @SuppressWarnings({"nullness", "index", "signedness", "lock", "unused"})
                        final class Snippet {
                            private static final int[] TABLE = new int[4];
                            private static Object sink = TABLE;
                            private static long word;
                            static void plain(Object o) {}
                            @NoAlloc(reason = "test") static int marked(int a) { return a; }
                            @NoAlloc(reason = "test") static void take(Object o) {}
                            @NoAlloc(reason = "test") static void many(int... values) {}
                            %s
                            static void body(int a, String text) { %s }
                        }
                        """
                                .formatted(annotation, statement))
                .stream()
                .filter(d -> d.contains("[noalloc]"))
                .toList();
    }

    private static final String ON = "@NoAlloc(reason = \"test\")";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    sink = new Object();            | new Object
                    sink = new int[a];              | array creation
                    Runnable r = () -> {};          | lambda
                    Runnable r = Snippet::new;      | method reference
                    sink = text + a;                | string concatenation
                    text += a;                      | string concatenation
                    plain(text);                    | which is not @NoAlloc
                    take(a);                        | boxing
                    many(a, a);                     | varargs array
                    sink = Integer.valueOf(a);      | which is not @NoAlloc
                    sink = Integer.toString(a);     | which is not @NoAlloc
                    """)
    void rejected(String statement, String message) throws Exception {
        List<String> found = diagnose(ON, statement);
        assertTrue(found.stream().anyMatch(d -> d.contains(message)), found::toString);
        assertEquals(List.of(), diagnose("", statement), "must be off without the annotation");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "marked(TABLE[0]);",
                "word = Math.max(a, 3) + Long.numberOfTrailingZeros(word);",
                "a = text.length() + text.charAt(0);",
                "sink = \"folded \" + \"text\";",
                "if (a < 0) throw new IllegalStateException(\"panic path\" + a);",
                "Thread.onSpinWait();"
            })
    void accepted(String statement) throws Exception {
        assertEquals(List.of(), diagnose(ON, statement));
    }
}
