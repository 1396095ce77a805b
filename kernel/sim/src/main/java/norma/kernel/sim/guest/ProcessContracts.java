package norma.kernel.sim.guest;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import norma.abi.Code;
import norma.abi.Limits;
import norma.abi.Record;
import norma.abi.Rights;
import norma.abi.Shared;
import norma.abi.SystemCall;
import norma.kernel.entry.Kernel;
import norma.kernel.hal.Cpu;
import norma.kernel.sim.port.Bench;
import norma.kernel.thread.Frame;
import norma.kernel.thread.Thread;
import org.jspecify.annotations.Nullable;

/** Promises about processes: what may be forked, with which thread, and how the last one ends. */
final class ProcessContracts {
    private static final int PAGES = 20;
    private static final int PROGRAM = 7;
    private static final long CALL_AT = 100;

    private ProcessContracts() {}

    /** Adds all of them. */
    static void addTo(Map<String, Function<Bench, @Nullable String>> contracts) {
        contracts.put("fork-limits", ProcessContracts::forkLimits);
        contracts.put("first-thread", ProcessContracts::firstThread);
        contracts.put("leaves-first", ProcessContracts::leavesFirst);
        contracts.put("faults-work", ProcessContracts::faultsWork);
    }

    /** The first and the last slot and program are allowed, and the next are refused. */
    private static @Nullable String forkLimits(Bench bench) {
        int last = Limits.THREADS - 1;
        return Contracts.first(
                answers(bench, Code.OK, 1, 0),
                answers(bench, Code.OK, last, 0),
                answers(bench, Code.INVALID, last + 1, 0),
                answers(bench, Code.INVALID, -1, 0),
                answers(bench, Code.INVALID, 0, 0),
                answers(bench, Code.OK, 1, Shared.PROGRAMS - 1),
                answers(bench, Code.INVALID, 1, Shared.PROGRAMS),
                answers(bench, Code.INVALID, 1, -1));
    }

    /** The first thread, whose process has all pages that there can be, forks. */
    private static @Nullable String answers(Bench bench, int code, long slot, long program) {
        Kernel kernel = SpaceContracts.booted(bench, Limits.PAGES);
        Frame frame = kernel.threads[0].frame;
        frame.result(-1, -1);
        Contracts.call(kernel, SystemCall.FORK, slot, program, 0, 0);
        return Contracts.expect(
                frame.result() == SystemCall.result(code, 0, 0) && frame.word() == 0,
                "fork into slot " + slot + " of program " + program);
    }

    /** While a copy is made its first thread waits, and nothing is left of who had its slot. */
    private static @Nullable String firstThread(Bench bench) {
        Kernel kernel = SpaceContracts.booted(bench, PAGES);
        Contracts.call(kernel, SystemCall.MAP, 0, PAGES - 1, Rights.WRITE, 0);
        for (int page = 0; page < PAGES; page++) {
            SpaceContracts.fault(kernel, bench, page, Rights.WRITE);
        }
        Thread thread = kernel.threads[2];
        thread.serves = 1;
        thread.attached = 3;
        int generation = thread.generation;
        Contracts.call(kernel, SystemCall.FORK, 2, PROGRAM, 0, 0);
        return Contracts.first(
                Contracts.expect(kernel.threads[0].working, "a job longer than a kernel entry"),
                Contracts.expect(thread.state == Thread.BLOCKED, "it waits for the copy"),
                Contracts.expect(
                        thread.serves == Record.NONE && thread.attached == -1,
                        "it serves no channel"),
                Contracts.expect(
                        thread.program == PROGRAM && thread.generation == generation + 1,
                        "another thread, with a program of its own"));
    }

    /**
     * The last thread's end takes everything out of the space, and is then asked for again, whether
     * there was a frame or not.
     */
    private static @Nullable String leavesFirst(Bench bench) {
        for (boolean filled : new boolean[] {false, true}) {
            Kernel kernel = SpaceContracts.booted(bench, PAGES);
            Thread thread = kernel.threads[0];
            Contracts.call(kernel, SystemCall.MAP, 0, 0, Rights.WRITE, 0);
            if (filled) {
                SpaceContracts.fault(kernel, bench, 0, Rights.WRITE);
            }
            Contracts.set(thread.frame, "pc", CALL_AT);
            Contracts.call(kernel, SystemCall.EXIT, 0, 0, 0, 0);
            boolean again = Contracts.get(thread.frame, "pc") == CALL_AT - Cpu.callBytes();
            boolean stays = thread.state == Thread.RUNNING && !thread.frame.inCall();
            CoreContracts.untilItWaits(() -> Contracts.call(kernel, SystemCall.EXIT, 0, 0, 0, 0));
            if (!again || !stays || thread.state != Thread.INACTIVE) {
                return "filled " + filled + ": " + again + " " + stays;
            }
        }
        return null;
    }

    /** The kernel entry of a fault that begins a job makes its first steps, too. */
    private static @Nullable String faultsWork(Bench bench) {
        Kernel kernel = SpaceContracts.booted(bench, PAGES);
        Contracts.call(kernel, SystemCall.MAP, 0, 0, Rights.WRITE, 0);
        SpaceContracts.fault(kernel, bench, 0, Rights.WRITE);
        bench.tables();
        SpaceContracts.fault(kernel, bench, 1, Rights.WRITE);
        List<String> told = bench.tables();
        return Contracts.expect(
                told.equals(List.of("enter 0 0 0 " + Rights.NONE, "flush")),
                "the last thread, which faults, takes out its page: " + told);
    }
}
