package norma.checker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Every checker of the kernel build really fires: one bad snippet each, with the message expected,
 * and the repaired snippet, which must pass all of them together.
 */
class CheckersFireTest {
    private static CheckedCompile compile;

    @BeforeAll
    static void configuration() throws Exception {
        compile = CheckedCompile.fromKernelPom();
    }

    @Test
    void kernelPomRunsAllSixAndTreatsWarningsAsErrors() {
        assertEquals(
                List.of(
                        "org.checkerframework.checker.nullness.NullnessChecker",
                        "org.checkerframework.checker.index.IndexChecker",
                        "org.checkerframework.checker.signedness.SignednessChecker",
                        "org.checkerframework.checker.lock.LockChecker",
                        "norma.checker.AddressChecker",
                        "norma.checker.NoAllocationChecker"),
                compile.processors());
        assertTrue(compile.options().contains("-Werror"));
        assertTrue(compile.options().contains("-Awarns"));
    }

    @Test
    void nullness() throws Exception {
        rejects(
                "[dereference.of.nullable]",
                """
                import org.checkerframework.checker.nullness.qual.Nullable;
                final class Snippet {
                    int length(@Nullable String text) { return text.length(); }
                }
                """);
        accepts(
                """
                import org.checkerframework.checker.nullness.qual.Nullable;
                final class Snippet {
                    int length(@Nullable String text) { return text == null ? 0 : text.length(); }
                }
                """);
    }

    @Test
    void index() throws Exception {
        rejects(
                "[array.access.unsafe.high]",
                """
                final class Snippet {
                    int at(int[] table, int slot) { return slot < 0 ? 0 : table[slot]; }
                }
                """);
        accepts(
                """
                final class Snippet {
                    int at(int[] table, int slot) {
                        return slot < 0 || slot >= table.length ? 0 : table[slot];
                    }
                }
                """);
    }

    @Test
    void signedness() throws Exception {
        rejects(
                "[comparison.unsignedlhs]",
                """
                import org.checkerframework.checker.signedness.qual.Unsigned;
                final class Snippet {
                    boolean less(@Unsigned long a, @Unsigned long b) { return a < b; }
                }
                """);
        accepts(
                """
                import org.checkerframework.checker.signedness.qual.Unsigned;
                final class Snippet {
                    boolean less(@Unsigned long a, @Unsigned long b) {
                        return Long.compareUnsigned(a, b) < 0;
                    }
                }
                """);
    }

    private static String guarded(String body) {
        return """
        import org.checkerframework.checker.lock.qual.*;
        final class Snippet {
            static final class TicketLock {
                @EnsuresLockHeld("this") @ReleasesNoLocks
                @SuppressWarnings("lock:contracts.postcondition") // the primitive itself
                void acquire() {}
                @MayReleaseLocks
                void release() {}
            }
            final TicketLock lock = new TicketLock();
            final int @GuardedBy("lock") [] next = new int[4];
            @MayReleaseLocks
            int head() { %s }
        }
        """
                .formatted(body);
    }

    @Test
    void guardedBy() throws Exception {
        rejects("[lock.not.held]", guarded("return next[0];"));
        accepts(guarded("lock.acquire(); int head = next[0]; lock.release(); return head;"));
        rejects("[lock.not.held]", guarded("lock.acquire(); lock.release(); return next[0];"));
    }

    @Test
    void address() throws Exception {
        rejects(
                "[argument]",
                """
                import norma.quals.*;
                final class Snippet {
                    long read(@KernelPtr long at) { return 0; }
                    long copyIn(@UserPtr long from) { return read(from); }
                }
                """);
        accepts(
                """
                import norma.quals.*;
                final class Snippet {
                    long read(@KernelPtr long at) { return 0; }
                    long copyIn(@KernelPtr long from) { return read(from); }
                }
                """);
    }

    @Test
    void noAllocationBesideTheOthers() throws Exception {
        rejects(
                "[noalloc] new Object in a @NoAlloc method",
                """
                final class Snippet {
                    @norma.quals.NoAlloc(reason = "test") Object make() { return new Object(); }
                }
                """);
    }

    @Test
    void physicalIsNotVirtual() throws Exception {
        rejects(
                "[assignment]",
                """
                import norma.quals.*;
                final class Snippet {
                    void use(@PhysAddr long frame) { @VirtAddr long page = frame; }
                }
                """);
    }

    private void rejects(String message, String source) throws Exception {
        List<String> found = compile.diagnose("package norma.kernel;\n" + source);
        assertTrue(
                found.stream().anyMatch(d -> d.contains(message)),
                () -> "expected " + message + ", got " + found);
    }

    private void accepts(String source) throws Exception {
        assertEquals(List.of(), compile.diagnose("package norma.kernel;\n" + source));
    }
}
