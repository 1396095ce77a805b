package norma.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import norma.conformance.check.Finding;
import norma.conformance.check.Reason;
import norma.conformance.job.Images;
import norma.conformance.machine.Accel;
import norma.conformance.machine.Arch;
import norma.conformance.scenario.Outcome;
import norma.conformance.scenario.Plan;
import norma.conformance.scenario.ScriptParser;
import norma.conformance.scenario.Session;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A machine that somebody else stops proves nothing against the kernel. */
class StoppedTest {
    private static final Duration QUIET = Duration.ofSeconds(2);
    private static final Duration DEADLINE = Duration.ofSeconds(15);

    /** Some seconds of calls between two cores. */
    private static final String SCRIPT =
            """
            program main
              spawn 1 server priority 3 serves 0
              spawn 2 client priority 2
              spawn 3 client priority 2
              end
            program server
            again:
              receive 0
              if word == 7 goto out
              reply 0 tag word
              goto again
            out:
              end
            program client
              set r5 150000
            more:
              call 0 1
              loop r5 more
              call 0 7
              end
            """;

    private static Plan plan(String script, Arch arch, Path kernel) throws Exception {
        return new Plan(
                arch,
                2,
                Accel.SINGLE,
                kernel,
                ScriptParser.parse(script),
                1,
                DEADLINE,
                Optional.empty());
    }

    /** Runs a session, signalling QEMU as soon as the machine is on its way. */
    private static Outcome run(String script, Arch arch, List<String> signals) throws Exception {
        Thread outside = Thread.ofPlatform().unstarted(() -> disturb(signals));
        Plan plan = plan(script, arch, Images.kernel(arch));
        Session session = new Session(plan, (validator, seconds) -> {}, QUIET);
        outside.start();
        try {
            return session.run();
        } finally {
            outside.interrupt();
            outside.join();
        }
    }

    /** Words are signals to this process's QEMU, or milliseconds to wait. */
    private static void disturb(List<String> signals) {
        try {
            ProcessHandle qemu = qemu(ProcessHandle.current());
            for (String word : signals) {
                if (Character.isDigit(word.charAt(0))) {
                    Thread.sleep(Long.parseLong(word));
                } else {
                    signal(word, qemu.pid());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void signal(String signal, long pid) throws Exception {
        new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).start().waitFor();
    }

    private static ProcessHandle qemu(ProcessHandle parent) throws InterruptedException {
        while (true) {
            Optional<ProcessHandle> found =
                    parent.children()
                            .filter(c -> c.info().command().orElse("").contains("qemu-system"))
                            .findAny();
            if (found.isPresent()) {
                return found.get();
            }
            Thread.sleep(5);
        }
    }

    private static void assertStopped(Outcome outcome) {
        Finding finding = outcome.finding();
        assertTrue(outcome.counts().events() > 0, "stopped before it did anything");
        assertEquals(Reason.MACHINE, finding == null ? null : finding.reason(), "" + finding);
        assertTrue(finding.summary().contains("stopped from outside"), finding.summary());
    }

    @ParameterizedTest
    @ValueSource(ints = {700, 1_100})
    void aStoppedQemuIsInconclusive(int millis) throws Exception {
        assertStopped(run(SCRIPT, Arch.RISCV64, List.of(Integer.toString(millis), "STOP")));
        assertStopped(run(SCRIPT, Arch.X86_64, List.of(Integer.toString(millis), "STOP")));
    }

    @Test
    void aStoppedQemuThatOverwritesIsInconclusive() throws Exception {
        Outcome outcome =
                run("recorder overwrite 4096\n" + SCRIPT, Arch.RISCV64, List.of("700", "STOP"));
        assertStopped(outcome);
    }

    /** Whoever finds QEMU gone is told who ended it. */
    @ParameterizedTest
    @CsvSource({"KILL, was killed by signal 9", "TERM, terminating on signal 15"})
    void howAQemuEndedIsTold(String signal, String told) throws Exception {
        Finding finding = run(SCRIPT, Arch.RISCV64, List.of("900", signal)).finding();
        assertEquals(Reason.MACHINE, finding == null ? null : finding.reason(), "" + finding);
        assertTrue(finding.summary().contains(told), finding.summary());
    }

    @Test
    void aQemuThatGoesOnConforms() throws Exception {
        List<String> signals = List.of("400", "STOP", "300", "CONT", "300", "STOP", "1500", "CONT");
        for (Arch arch : Arch.values()) {
            Outcome outcome = run(SCRIPT, arch, signals);
            assertEquals(null, outcome.finding(), () -> arch + " " + outcome.finding());
        }
    }

    /** A child JVM that runs a session and prints its finding. */
    static final class Harness {
        public static void main(String[] args) throws Exception {
            Plan plan = plan(SCRIPT, Arch.RISCV64, Path.of(args[0]));
            Session session = new Session(plan, (validator, seconds) -> {}, QUIET);
            System.out.println("finding " + session.run().finding());
        }
    }

    /** As a shell does it at Ctrl-Z and fg: everything stops, and much later goes on. */
    @Test
    void aCommandThatWasStoppedWithItsMachineConforms() throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add(Harness.class.getName());
        command.add(Images.kernel(Arch.RISCV64).toString());
        Process harness =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try {
            long qemu = qemu(harness.toHandle()).pid();
            Thread.sleep(700);
            // The worst order: rings are empty when the command stops, and still when it goes on.
            signal("STOP", qemu);
            Thread.sleep(300);
            signal("STOP", harness.pid());
            Thread.sleep(DEADLINE.plusSeconds(1).toMillis());
            signal("CONT", harness.pid());
            Thread.sleep(300);
            signal("CONT", qemu);
            assertEquals("finding null", harness.inputReader().readLine());
        } finally {
            harness.destroyForcibly();
        }
    }
}
