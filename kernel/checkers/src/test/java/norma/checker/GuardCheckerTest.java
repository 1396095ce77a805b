package norma.checker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Guarded fields, locks through branches and loops, and locks left held. */
class GuardCheckerTest {
    private static CheckedCompile compile;

    @BeforeAll
    static void configuration() throws Exception {
        compile = CheckedCompile.fromKernelPom().only("norma.checker.GuardChecker");
    }

    private static List<String> diagnose(String annotation, String body) throws Exception {
        String source =
                """
                package norma.kernel;
                import norma.quals.*;
                final class Snippet {
                    static final class Lock {
                        @Acquires void acquire() {}
                        @Releases void release() {}
                    }
                    static final class Item {
                        final Lock lock = new Lock();
                        @GuardedBy("Item.lock") int state;
                        @GuardedBy({"Item.lock", "Snippet.lock"}) int[] either = new int[2];
                        Item() { state = 1; }
                    }
                    final Lock lock = new Lock();
                    @Holding("Item.lock") static int peek(Item i) { return i.state; }
                    @Acquires("Item.lock") @SuppressWarnings("guard")
                    static void lockIfAny(Item i) { if (i != null) i.lock.acquire(); }
                    @Releases("Item.lock") static void unlock(Item i) { i.lock.release(); }
                    %s
                    int body(Item i, Item j, boolean c) { %s }
                }
                """
                        .formatted(annotation, body);
        return compile.diagnose(source);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "i.lock.acquire(); int s = i.state; i.lock.release(); return s;",
                "lock.acquire(); i.either[0] = 1; lock.release(); return 0;",
                "i.lock.acquire(); int s = peek(i); i.lock.release(); return s;",
                "if (c) { i.lock.acquire(); i.state = 2; i.lock.release(); return 1; } return 0;",
                "i.lock.acquire(); if (c) { i.lock.release(); return 1; } i.state = 3;"
                        + " i.lock.release(); return 0;",
                "while (true) { i.lock.acquire(); if (i.state == 0) { break; } i.lock.release(); }"
                        + " i.state = 1; i.lock.release(); return 0;",
                "if (i != null) { i.lock.acquire(); } if (i != null) { i.state = 1; }"
                        + " if (i != null) { i.lock.release(); } return 0;",
                "lockIfAny(i); i.state = 1; unlock(i); return 0;",
                "i.lock.acquire(); j.lock.acquire(); j.state = 1; j.lock.release(); i.state = 1;"
                        + " i.lock.release(); return 0;",
                "i.lock.acquire(); switch (i.state) { case 0 -> i.state = 1;"
                        + " default -> throw new IllegalStateException(); }"
                        + " i.lock.release(); return 0;",
                "for (int n = 0; n < 2; n++) { i.lock.acquire(); i.state++; i.lock.release(); }"
                        + " return 0;"
            })
    void accepted(String body) throws Exception {
        assertEquals(List.of(), diagnose("", body));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    return i.state;                                         | Item.state needs Item.lock, no lock is held
                    i.state = 1; return 0;                                  | Item.state needs Item.lock
                    lock.acquire(); i.state = 1; lock.release(); return 0;  | Item.state needs Item.lock
                    return i.either[0];                                     | Item.either needs Item.lock or Snippet.lock
                    return peek(i);                                         | call of peek needs Item.lock
                    i.lock.acquire(); return 0;                             | returns with {Item.lock=1} held, declared is no lock
                    i.lock.release(); return 0;                             | releases Item.lock, no lock is held
                    if (c) { i.lock.acquire(); } i.state = 1; return 0;     | Item.state needs Item.lock
                    if (c) { i.lock.acquire(); return 1; } return 0;        | returns with {Item.lock=1} held
                    while (c) { i.lock.acquire(); } return 0;               | a round of the loop begins with no lock
                    i.lock.acquire(); unlock(i); return i.state;            | Item.state needs Item.lock
                    Lock l = lock; l.acquire(); return 0;                   | the lock is not a field
                    """)
    void rejected(String body, String message) throws Exception {
        List<String> found = diagnose("", body);
        assertTrue(found.stream().anyMatch(d -> d.contains("[guard] " + message)), found::toString);
        assertEquals(List.of(), diagnose("@SuppressWarnings(\"guard\")", body));
    }
}
