package norma.conformance.tour;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import norma.abi.Limits;
import norma.abi.Op;
import norma.abi.Record;
import norma.abi.Shared;
import norma.conformance.check.Memory;
import norma.conformance.scenario.Script;
import norma.conformance.trace.Recording;

/**
 * A script that leaves open what threads do: the first one makes the second and is about to end.
 *
 * @param programs lives that threads may have, one after the other
 * @param length operations of each
 * @param memory pages that they live in
 */
record GatedScript(int programs, int length, Memory memory) {
    /** Nanoseconds that a thread has the core, if others want it. */
    static final long SLICE = 1_000;

    private static final int RECORDS = 1 << 10;

    GatedScript() {
        this(Memory.NONE);
    }

    GatedScript(Memory memory) {
        this(Shared.PROGRAMS, Shared.PROGRAM_OPS - 2, memory);
    }

    Script script(int priority, boolean locks) {
        return script(priority, locks, Recording.LIVE);
    }

    /** One thread, recorded from when one asks for it. */
    Script later() {
        return alone(new Recording(Recording.Mode.LATER, RECORDS, 0));
    }

    /** The same, recorded from boot. */
    Script whole() {
        return alone(Recording.LIVE);
    }

    private Script alone(Recording recording) {
        Script script = script(0, false, recording);
        // Who rehearses must know that all threads and channels may take part.
        long[][] last = script.programs().getLast();
        last[0] = new long[] {Op.SPAWN, Limits.THREADS - 1L, 0, Record.NONE};
        last[1] = new long[] {Op.RESTART, Limits.CHANNELS - 1L, 0, 0};
        return script;
    }

    private Script script(int priority, boolean locks, Recording recording) {
        List<long[][]> all = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int p = 0; p < programs; p++) {
            long[][] operations = new long[Shared.PROGRAM_OPS][];
            Arrays.setAll(operations, i -> new long[] {Op.END, 0, 0, 0});
            all.add(operations);
            names.add("life" + p);
        }
        all.getFirst()[0] = new long[] {Op.SPAWN, 1, 1 | (long) priority << 16, Record.NONE};
        return new Script(
                all, names, SLICE, priority, RECORDS, RECORDS, locks, recording, List.of(), memory);
    }
}
