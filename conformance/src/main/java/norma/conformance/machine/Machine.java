package norma.conformance.machine;

import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import norma.conformance.machine.MachineException.Kind;
import org.jspecify.annotations.Nullable;

/**
 * One QEMU guest and its memory.
 *
 * <pre>
 *   create ----> (write configuration into memory) ----> boot ----> await... ----> close
 *     RAM file mapped, zero                               QEMU runs                 QEMU dead, RAM gone
 * </pre>
 *
 * <p>Invariants: from {@code boot} on, the guest dies at the configured deadline whether or not
 * anybody waits; after {@code close} neither process nor RAM exists. Awaiting and memory access may
 * come from several threads; {@code create}, {@code boot} and {@code close} from one.
 */
public final class Machine implements AutoCloseable {
    private static final int CONSOLE_TAIL = 64 << 10;
    private static final int ERROR_TAIL = 8 << 10;

    /**
     * Between two looks at a condition: short against a guest's time slice, free against a core.
     */
    private static final long POLL_NANOS = 200_000;

    /** More of RAM is not where one subtraction finds it. */
    private static final long VISIBLE = 2L << 30;

    /** A process that a signal ended has this and the signal's number as its exit code. */
    private static final int SIGNALLED = 128;

    private final MachineConfig config;
    private final RamFile ramFile;
    private final GuestMemory memory;
    private final TailBuffer console = new TailBuffer(CONSOLE_TAIL);
    private final TailBuffer errors = new TailBuffer(ERROR_TAIL);

    /** Written by {@code boot}, once. */
    private volatile @Nullable Process process;

    /** {@link RunningTime} at which the guest is killed; written by {@code boot}, once. */
    private volatile long deadlineNanos;

    /** The deadline's own kill, as against a death of QEMU's. */
    private volatile boolean expired;

    private List<Thread> drains = List.of();

    private Machine(MachineConfig config, RamFile ramFile) {
        this.config = config;
        this.ramFile = ramFile;
        MemorySegment ram = ramFile.segment();
        this.memory =
                new GuestMemory(
                        ram.asSlice(0, Math.min(VISIBLE, ram.byteSize())), config.arch().ramBase());
    }

    /** Makes the memory, all zero; nothing runs yet. */
    public static Machine create(MachineConfig config) throws MachineException {
        return create(config, RamFile.directories());
    }

    static Machine create(MachineConfig config, List<Path> directories) throws MachineException {
        Machine machine = new Machine(config, RamFile.create(config.ramBytes(), directories));
        LiveMachines.add(machine);
        return machine;
    }

    /** Deletes RAM files that killed processes have left. */
    public static void sweep() {
        RamFile.directories().forEach(RamFile::sweep);
    }

    /** Makes the memory and boots at once. */
    public static Machine start(MachineConfig config) throws MachineException {
        Machine machine = create(config);
        try {
            machine.boot();
            return machine;
        } catch (MachineException | RuntimeException e) {
            machine.close();
            throw e;
        }
    }

    /** Starts QEMU; the deadline begins. */
    public void boot() throws MachineException {
        if (process != null) {
            throw new IllegalStateException("already booted");
        }
        Process started = QemuProcess.start(QemuProcess.arguments(config, ramFile.path()));
        deadlineNanos = RunningTime.nanos() + config.deadline().toNanos();
        process = started;
        drains =
                List.of(
                        console.drain(started.getInputStream(), "guest-console"),
                        errors.drain(started.getErrorStream(), "qemu-errors"));
        Thread.ofVirtual().name("guest-deadline").start(() -> expireAtDeadline(started));
    }

    private void expireAtDeadline(Process started) {
        try {
            if (!RunningTime.await(started, remaining())) {
                expired = true;
                started.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What the machine was made of. */
    public MachineConfig config() {
        return config;
    }

    /** The guest's memory; valid until {@link #close}. */
    public GuestMemory memory() {
        return memory;
    }

    /** QEMU's process id. */
    public long pid() {
        return booted().pid();
    }

    /** Whether QEMU runs. */
    public boolean isAlive() {
        Process p = process;
        return p != null && p.isAlive();
    }

    /**
     * Stops all virtual CPUs where they are: from the return on memory does not change, so rings
     * can be drained to their true end. Whether QEMU was there to stop.
     */
    public boolean freeze() throws MachineException {
        Process p = booted();
        if (!p.isAlive() || !Signals.stop(p.pid())) {
            return false;
        }
        // The signal is sent, but each of QEMU's threads runs until it next enters the host kernel.
        long end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
        while (p.isAlive() && !ThreadStates.allStopped(p.pid())) {
            if (System.nanoTime() - end >= 0) {
                throw new MachineException(Kind.DEADLINE, "QEMU does not stop");
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        return p.isAlive();
    }

    /**
     * Lets a frozen guest go on; its clock has run meanwhile unless time is counted in
     * instructions.
     */
    public void thaw() {
        Signals.resume(booted().pid());
    }

    /** The last of what the guest wrote to its serial line. */
    public String consoleTail() {
        return console.text();
    }

    /** The last of what QEMU itself complained about. */
    public String errorTail() {
        return errors.text();
    }

    /** The guest's serial input. */
    public OutputStream consoleInput() {
        return booted().getOutputStream();
    }

    /** The guest's silence, from now on. */
    public Silence silence() {
        long pid = booted().pid();
        return new Silence(RunningTime::nanos, () -> ThreadStates.usage(pid));
    }

    /** What is left until the deadline; zero when it has passed. */
    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, deadlineNanos - RunningTime.nanos()));
    }

    /** Waits for a condition until the machine's deadline. */
    public void await(String what, BooleanSupplier condition) throws MachineException {
        await(what, condition, remaining());
    }

    /**
     * Waits for a condition; fails as soon as QEMU is dead, or when {@code limit} or the machine's
     * deadline has passed. {@code what} completes "waiting for ...".
     */
    public void await(String what, BooleanSupplier condition, Duration limit)
            throws MachineException {
        Process p = booted();
        long end = RunningTime.nanos() + limit.toNanos();
        while (true) {
            // In this order: a guest that answers and powers off has answered.
            boolean alive = p.isAlive();
            if (condition.getAsBoolean()) {
                return;
            }
            if (!alive) {
                throw death("waiting for " + what);
            }
            if (RunningTime.nanos() - end >= 0) {
                throw new MachineException(
                        Kind.DEADLINE,
                        "waiting for "
                                + what
                                + " took more than "
                                + limit.toMillis()
                                + " ms"
                                + tails());
            }
            if (Thread.interrupted()) {
                Thread.currentThread().interrupt();
                throw new MachineException(Kind.DEADLINE, "interrupted waiting for " + what);
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    /** Waits until QEMU ends by itself (power-off); its exit code, which the caller judges. */
    public int awaitExit() throws MachineException {
        Process p = booted();
        try {
            p.waitFor();
            for (Thread drain : drains) {
                drain.join(Duration.ofSeconds(5));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MachineException(Kind.DEADLINE, "interrupted waiting for power-off", e);
        }
        if (expired) {
            throw death("waiting for power-off");
        }
        return p.exitValue();
    }

    /** The exception that says why QEMU is no longer there. */
    private MachineException death(String during) {
        if (expired) {
            return new MachineException(
                    Kind.DEADLINE,
                    "the guest was killed at its deadline of "
                            + config.deadline().toMillis()
                            + " ms, "
                            + during
                            + tails());
        }
        return new MachineException(Kind.QEMU_DIED, exit() + ", " + during + tails());
    }

    /** How QEMU, which is about to end, ended: by itself or by a signal, and what it said. */
    public String ending() {
        boolean runs;
        try {
            runs = !booted().waitFor(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            runs = isAlive();
        }
        if (runs) {
            return config.arch().program() + " still runs";
        }
        drains.forEach(Machine::joinBriefly);
        String said = errors.text().strip().lines().reduce("", (a, b) -> b);
        return exit() + (said.isEmpty() ? "" : " (" + said + ")");
    }

    private String exit() {
        int code = booted().exitValue();
        return config.arch().program()
                + (code > SIGNALLED
                        ? " was killed by signal " + (code - SIGNALLED)
                        : " ended with exit code " + code);
    }

    private String tails() {
        for (Thread drain : drains) {
            if (!isAlive()) {
                joinBriefly(drain);
            }
        }
        StringBuilder text = new StringBuilder();
        if (!errors.text().isBlank()) {
            text.append("\n  QEMU: ").append(errors.text().strip().replace("\n", "\n  QEMU: "));
        }
        if (!console.text().isBlank()) {
            text.append("\n  guest: ").append(console.text().strip().replace("\n", "\n  guest: "));
        }
        return text.toString();
    }

    private static void joinBriefly(Thread thread) {
        try {
            thread.join(Duration.ofSeconds(1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Process booted() {
        Process p = process;
        if (p == null) {
            throw new IllegalStateException("not booted");
        }
        return p;
    }

    /** For the shutdown hook: no unmapping, since other threads may still be reading. */
    void abandon() {
        Process p = process;
        if (p != null) {
            p.destroyForcibly();
        }
    }

    @Override
    public void close() {
        Process p = process;
        if (p != null) {
            QemuProcess.kill(p);
        }
        LiveMachines.remove(this);
        ramFile.close();
    }
}
