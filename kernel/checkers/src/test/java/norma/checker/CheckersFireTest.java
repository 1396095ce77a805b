package norma.checker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Every checker of the kernel build really fires: one bad snippet each, with the message expected,
 * and the repaired snippet, which must pass; and all seven find their bug in one compilation, none
 * hiding the next.
 */
class CheckersFireTest {
    private static CheckedCompile compile;

    @BeforeAll
    static void configuration() throws Exception {
        compile = CheckedCompile.fromKernelPom();
    }

    @Test
    void kernelPomRunsAllSevenAndTreatsWarningsAsErrors() {
        assertEquals(
                List.of(
                        "org.checkerframework.checker.nullness.NullnessChecker",
                        "org.checkerframework.checker.index.IndexChecker",
                        "org.checkerframework.checker.signedness.SignednessChecker",
                        "org.checkerframework.checker.lock.LockChecker",
                        "norma.checker.AddressChecker",
                        "norma.checker.NoAllocationChecker",
                        "norma.checker.GuardChecker"),
                compile.processors());
        assertTrue(compile.options().contains("-Werror"));
        assertTrue(compile.options().contains("-Awarns"));
    }

    @Test
    void nullness() throws Exception {
        rejects(
                "org.checkerframework.checker.nullness.NullnessChecker",
                "[dereference.of.nullable]",
                """
                import org.checkerframework.checker.nullness.qual.Nullable;
                final class Snippet {
                    int length(@Nullable String text) { return text.length(); }
                }
                """);
        accepts(
                "org.checkerframework.checker.nullness.NullnessChecker",
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
                "org.checkerframework.checker.index.IndexChecker",
                "[array.access.unsafe.high]",
                """
                final class Snippet {
                    int at(int[] table, int slot) { return slot < 0 ? 0 : table[slot]; }
                }
                """);
        accepts(
                "org.checkerframework.checker.index.IndexChecker",
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
                "org.checkerframework.checker.signedness.SignednessChecker",
                "[comparison.unsignedlhs]",
                """
                import org.checkerframework.checker.signedness.qual.Unsigned;
                final class Snippet {
                    boolean less(@Unsigned long a, @Unsigned long b) { return a < b; }
                }
                """);
        accepts(
                "org.checkerframework.checker.signedness.SignednessChecker",
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
        rejects(
                "org.checkerframework.checker.lock.LockChecker",
                "[lock.not.held]",
                guarded("return next[0];"));
        accepts(
                "org.checkerframework.checker.lock.LockChecker",
                guarded("lock.acquire(); int head = next[0]; lock.release(); return head;"));
        rejects(
                "org.checkerframework.checker.lock.LockChecker",
                "[lock.not.held]",
                guarded("lock.acquire(); lock.release(); return next[0];"));
    }

    @Test
    void address() throws Exception {
        rejects(
                "norma.checker.AddressChecker",
                "[argument]",
                """
                import norma.quals.*;
                final class Snippet {
                    long read(@KernelPtr long at) { return 0; }
                    long copyIn(@UserPtr long from) { return read(from); }
                }
                """);
        accepts(
                "norma.checker.AddressChecker",
                """
                import norma.quals.*;
                final class Snippet {
                    long read(@KernelPtr long at) { return 0; }
                    long copyIn(@KernelPtr long from) { return read(from); }
                }
                """);
    }

    @Test
    void noneHidesAnother() throws Exception {
        List<String> found =
                compile.diagnose(
                        """
                        package norma.kernel;
                        import norma.quals.*;
                        import org.checkerframework.checker.lock.qual.GuardedBy;
                        import org.checkerframework.checker.nullness.qual.Nullable;
                        import org.checkerframework.checker.signedness.qual.Unsigned;
                        final class Snippet {
                            final Object lock = new Object();
                            final int @GuardedBy("lock") [] guarded = new int[4];
                            int a(@Nullable String text) { return text.length(); }
                            int b(int[] table, int slot) { return table[slot]; }
                            boolean c(@Unsigned long x, @Unsigned long y) { return x < y; }
                            int d() { return guarded[0]; }
                            void e(@PhysAddr long frame) { @VirtAddr long page = frame; }
                            @norma.quals.GuardedBy("Snippet.lock") int head;
                            int g() { return head; }
                            @NoAlloc(reason = "test") Object f() { return new Object(); }
                        }
                        """);
        for (String message :
                List.of(
                        "[dereference.of.nullable]",
                        "[array.access.unsafe.low]",
                        "[comparison.unsignedlhs]",
                        "[lock.not.held]",
                        "[assignment]",
                        "[guard] Snippet.head needs Snippet.lock",
                        "[noalloc] new Object in a @NoAlloc method")) {
            assertTrue(found.stream().anyMatch(d -> d.contains(message)), message + " in " + found);
        }
    }

    @Test
    void physicalIsNotVirtual() throws Exception {
        rejects(
                "norma.checker.AddressChecker",
                "[assignment]",
                """
                import norma.quals.*;
                final class Snippet {
                    void use(@PhysAddr long frame) { @VirtAddr long page = frame; }
                }
                """);
    }

    private void rejects(String checker, String message, String source) throws Exception {
        List<String> found = compile.only(checker).diagnose("package norma.kernel;\n" + source);
        assertTrue(
                found.stream().anyMatch(d -> d.contains(message)),
                () -> "expected " + message + ", got " + found);
    }

    private void accepts(String checker, String source) throws Exception {
        assertEquals(List.of(), compile.only(checker).diagnose("package norma.kernel;\n" + source));
    }
}
