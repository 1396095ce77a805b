package norma.kernel.sim.guest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import norma.abi.Code;
import norma.abi.Limits;
import norma.abi.Rights;
import norma.abi.Shared;
import norma.abi.SystemCall;
import norma.kernel.entry.Kernel;
import norma.kernel.entry.KernelEntry;
import norma.kernel.hal.Cpu;
import norma.kernel.hal.Tables;
import norma.kernel.sim.port.Bench;
import norma.kernel.thread.Frame;
import norma.kernel.thread.Thread;
import org.jspecify.annotations.Nullable;

/** Promises about pages: which there are, what tables are told, and how long a job may take. */
final class SpaceContracts {
    private static final int PAGES = 20;

    /** Steps of a job in one kernel entry. */
    private static final int BATCH = 16;

    private static final long FRAMES_AT = 1 << 20;

    private SpaceContracts() {}

    /** Adds all of them. */
    static void addTo(Map<String, Function<Bench, @Nullable String>> contracts) {
        contracts.put("page-limits", SpaceContracts::pageLimits);
        contracts.put("page-tables", SpaceContracts::pageTables);
        contracts.put("fatal-faults", SpaceContracts::fatalFaults);
        contracts.put("batches", SpaceContracts::batches);
    }

    /** A machine with one core, and a space of so many pages. */
    static Kernel booted(Bench bench, int pages) {
        bench.rings(EdgeContracts.LARGE);
        bench.boot(1, "pages " + pages + " frames " + Math.min(pages, Limits.FRAMES));
        bench.word(Shared.OFF_FRAMES_AT, FRAMES_AT);
        Kernel kernel = new Kernel();
        KernelEntry.boot(kernel);
        return kernel;
    }

    private static String enter(int page, int frame, int rights) {
        return "enter 0 " + page + " " + (FRAMES_AT + frame * Tables.FRAME) + " " + rights;
    }

    /** The running thread reaches a page that its tables do not give it. */
    static void fault(Kernel kernel, Bench bench, int page, int access) {
        bench.fault(page, access);
        KernelEntry.trap(kernel, kernel.cores[0], Cpu.FAULT, 0);
    }

    /** The first and the last page may be named, and those beside them not; so for protections. */
    private static @Nullable String pageLimits(Bench bench) {
        int last = Limits.FRAMES - 1;
        return Contracts.first(
                answers(bench, Code.OK, SystemCall.MAP, 0, last, Rights.READ),
                answers(bench, Code.OK, SystemCall.MAP, last, last, Rights.EXECUTE),
                answers(bench, Code.OK, SystemCall.UNMAP, last, last, 0),
                answers(bench, Code.INVALID, SystemCall.MAP, 0, last + 1, Rights.READ),
                answers(bench, Code.INVALID, SystemCall.MAP, -1, 0, Rights.READ),
                answers(bench, Code.INVALID, SystemCall.MAP, 1, 0, Rights.READ),
                answers(bench, Code.INVALID, SystemCall.MAP, 0, 0, Rights.NONE),
                answers(bench, Code.INVALID, SystemCall.MAP, 0, 0, Rights.LIMIT),
                answers(bench, Code.INVALID, SystemCall.MAP, 0, 0, -1),
                answers(bench, Code.INVALID, SystemCall.UNMAP, 0, last + 1, 0),
                answers(bench, Code.INVALID, SystemCall.PROTECT, 0, 0, Rights.READ),
                behindAnother(bench, Code.BUSY, SystemCall.MAP),
                behindAnother(bench, Code.INVALID, SystemCall.PROTECT));
    }

    /** A range whose last page alone has no area, or is the only one that has. */
    private static @Nullable String behindAnother(Bench bench, int code, int call) {
        Kernel kernel = booted(bench, 2);
        int page = call == SystemCall.MAP ? 1 : 0;
        Contracts.call(kernel, SystemCall.MAP, page, page, Rights.READ, 0);
        Contracts.call(kernel, call, 0, 1, Rights.READ, 0);
        return Contracts.expect(
                kernel.threads[0].frame.result() == SystemCall.result(code, 0, 0),
                call + " of a range whose last page is otherwise");
    }

    private static @Nullable String answers(Bench bench, int code, int call, long... a) {
        Kernel kernel = booted(bench, Limits.FRAMES);
        Frame frame = kernel.threads[0].frame;
        frame.result(-1, -1);
        Contracts.call(kernel, call, a[0], a[1], a[2], 0);
        return Contracts.expect(
                frame.result() == SystemCall.result(code, 0, 0) && frame.word() == 0,
                call + " of pages " + a[0] + " to " + a[1] + ", " + a[2]);
    }

    /** What tables are told, in which order; and who faults at what they allow flushes. */
    private static @Nullable String pageTables(Bench bench) {
        Kernel kernel = booted(bench, 2);
        List<String> booted = new ArrayList<>();
        for (int space = 0; space < Limits.SPACES; space++) {
            booted.add("make " + space);
        }
        booted.add("load 0");
        boolean boot = bench.tables().equals(booted);
        Contracts.call(kernel, SystemCall.MAP, 0, 1, Rights.WRITE, 0);
        boolean lazy = bench.tables().isEmpty();
        fault(kernel, bench, 1, Rights.WRITE);
        fault(kernel, bench, 0, Rights.READ);
        List<String> filled = bench.tables();
        long before = kernel.cores[0].recorder.head();
        fault(kernel, bench, 0, Rights.WRITE);
        boolean over =
                bench.tables().equals(List.of("flush"))
                        && kernel.cores[0].recorder.head() == before;
        Contracts.call(kernel, SystemCall.PROTECT, 0, 0, Rights.READ, 0);
        List<String> tight = bench.tables();
        return Contracts.first(
                Contracts.expect(boot, "tables are made, then loaded"),
                Contracts.expect(lazy, "a page has a frame when it is reached"),
                Contracts.expect(
                        filled.equals(
                                List.of(
                                        "clear " + FRAMES_AT,
                                        enter(1, 0, Rights.WRITE),
                                        "clear " + (FRAMES_AT + Tables.FRAME),
                                        enter(0, 1, Rights.WRITE))),
                        "frames are cleared before they can be reached: " + filled),
                Contracts.expect(over, "at what the tables allow: a flush, and no event"),
                Contracts.expect(
                        tight.equals(List.of(enter(0, 1, Rights.READ), "flush")),
                        "a right is taken away, then no core keeps it: " + tight));
    }

    /**
     * A fault beside the pages, or of another cause, ends the thread: here the last of its space,
     * which takes everything out first and then does the same again.
     */
    private static @Nullable String fatalFaults(Bench bench) {
        int[][] faults = {
            {-1, Rights.READ}, {Limits.PAGES, Rights.READ}, {0, Rights.NONE}, {0, Rights.WRITE}
        };
        for (int[] fault : faults) {
            Kernel kernel = booted(bench, Limits.PAGES);
            Contracts.call(kernel, SystemCall.MAP, 0, Limits.PAGES - 1, Rights.READ, 0);
            fault(kernel, bench, fault[0], fault[1]);
            boolean leaves = kernel.threads[0].state == Thread.RUNNING;
            CoreContracts.untilItWaits(() -> fault(kernel, bench, fault[0], fault[1]));
            if (!leaves || kernel.threads[0].state != Thread.INACTIVE) {
                return "page " + fault[0] + ", access " + fault[1];
            }
        }
        return null;
    }

    /**
     * A job makes so many steps in one kernel entry, and goes on in the next, whichever that is;
     * its call is answered at the end.
     */
    private static @Nullable String batches(Bench bench) {
        for (int cause : new int[] {Cpu.SYSTEM_CALL, Cpu.FAULT}) {
            Kernel kernel = booted(bench, PAGES);
            Thread thread = kernel.threads[0];
            Contracts.call(kernel, SystemCall.MAP, 0, PAGES - 1, Rights.READ, 0);
            for (int page = 0; page < PAGES; page++) {
                fault(kernel, bench, page, Rights.READ);
            }
            bench.tables();
            thread.frame.result(-1, -1);
            Contracts.call(kernel, SystemCall.UNMAP, 0, PAGES - 1, 0, 0);
            boolean first = bench.tables().size() == BATCH && !thread.frame.inCall();
            KernelEntry.trap(kernel, kernel.cores[0], cause, 0);
            boolean second = bench.tables().size() == PAGES - BATCH + 1;
            boolean open = thread.working && thread.frame.result() == -1;
            KernelEntry.trap(kernel, kernel.cores[0], cause, 0);
            if (!first || !second || !open || thread.working) {
                return "cause " + cause + ": " + first + " " + second + " " + open;
            }
            if (thread.frame.result() != SystemCall.result(Code.OK, 0, 0)
                    || thread.ipc != Thread.IDLE) {
                return "the call is not answered";
            }
        }
        return null;
    }
}
