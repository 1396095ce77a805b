package norma.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import norma.abi.Limits;
import norma.abi.Record;
import norma.abi.Shared;
import norma.conformance.machine.Accel;
import norma.conformance.machine.Arch;
import norma.conformance.machine.GuestMemory;
import norma.conformance.machine.Machine;
import norma.conformance.machine.MachineConfig;
import norma.conformance.machine.MachineException;
import norma.conformance.saved.Unfinished;
import norma.conformance.scenario.Script;
import norma.conformance.trace.SharedLayout;

/**
 * Boots an image on one core under {@code -icount shift=0,sleep=off} with the counting plugin, lets
 * it run a script to its end, and returns what was counted and recorded.
 *
 * @param arch architecture
 * @param elf the image
 * @param plugin the compiled counting plugin
 * @param flags of the boot block: {@link #QUIET} or {@link #RECORDING}
 */
record Guest(Arch arch, Path elf, Path plugin, long flags) {
    /** Recorder compiled in, and off. */
    static final long QUIET = Shared.WHOLE_RUN;

    /** Recorder on; rings keep the whole run. */
    static final long RECORDING = Shared.WHOLE_RUN | Shared.RECORD;

    /** The same, and the events of locks. */
    static final long RECORDING_LOCKS = RECORDING | Shared.RECORD_LOCKS;

    /** First code of user mode, in every image. */
    static final String USER_MAIN = "norma_user_main";

    private static final long MIB = 1 << 20;
    private static final int WORDS = Record.BYTES / 8;

    /**
     * One run.
     *
     * @param profile instructions by symbol
     * @param trace what the recorder wrote
     * @param bootNanos guest time at which the first thread was about to start
     */
    record Run(Profile profile, Trace trace, long bootNanos) {}

    /**
     * Runs the script to its end; {@code latch} is the code symbol before whose first instruction
     * the counts are copied.
     */
    Run run(Script script, String latch) throws IOException, MachineException {
        SharedLayout layout =
                new SharedLayout(
                        1,
                        Integer.highestOneBit(script.records()),
                        Integer.highestOneBit(script.entries()));
        ElfFile symbols = ElfFile.read(elf);
        Path map = Files.createTempFile("norma-count", ".map");
        Unfinished.add(map);
        try {
            Profile.create(map);
            String option =
                    "file="
                            + plugin
                            + ",map="
                            + map
                            + ",latch="
                            + Long.toHexString(symbols.address(latch));
            MachineConfig config =
                    config(arch, elf, layout, Accel.ICOUNT)
                            .withExtraArguments(List.of("-plugin", option));
            try (Machine machine = Machine.create(config)) {
                long block = arch.ramBase() + Shared.BASE;
                writeBlock(machine.memory(), block, layout, script, flags);
                machine.boot();
                machine.awaitExit();
                return result(machine, block, layout, Profile.read(map, symbols));
            }
        } finally {
            Files.deleteIfExists(map);
            Unfinished.keep(map);
        }
    }

    /** One core, RAM for the block. */
    static MachineConfig config(Arch arch, Path elf, SharedLayout layout, Accel accel) {
        long ram = (Shared.BASE + layout.bytes() + MIB - 1) / MIB * MIB + 16 * MIB;
        return MachineConfig.of(arch, elf)
                .withCpus(1)
                .withAccel(accel)
                .withRam(ram)
                .withIcountShift(0)
                .withDeadline(Duration.ofMinutes(2));
    }

    private static Run result(Machine machine, long block, SharedLayout layout, Profile profile)
            throws IOException {
        GuestMemory memory = machine.memory();
        long state = memory.getLongAcquire(block + Shared.OFF_STATE);
        if (state != Shared.FINISHED) {
            throw new IOException(
                    "the guest ended in state " + state + ": " + machine.consoleTail().strip());
        }
        long ring = block + layout.ring(0);
        int count = (int) memory.getLong(ring + Shared.RING_HEAD);
        long[] records = new long[count * WORDS];
        Arrays.setAll(records, i -> memory.getLong(ring + Shared.RING_RECORDS + 8L * i));
        return new Run(
                profile, new Trace(records), memory.getLong(block + Shared.OFF_FIRST_EVENT_TIME));
    }

    /** Writes the block that the kernel and the script runner read at boot. */
    static void writeBlock(
            GuestMemory memory, long block, SharedLayout layout, Script script, long flags) {
        memory.putLong(block + Shared.OFF_VERSION, Shared.VERSION);
        memory.putLong(block + Shared.OFF_CORES, layout.cores());
        memory.putLong(block + Shared.OFF_FLAGS, flags);
        memory.putLong(block + Shared.OFF_SLICE, script.slice());
        memory.putLong(block + Shared.OFF_RING_RECORDS, layout.ringRecords());
        memory.putLong(block + Shared.OFF_RINGS, layout.ring(0));
        memory.putLong(block + Shared.OFF_SCRIPTS, layout.scripts());
        memory.putLong(block + Shared.OFF_WITNESS, layout.witness(0));
        memory.putLong(block + Shared.OFF_WITNESS_ENTRIES, layout.witnessEntries());
        memory.putLong(block + Shared.OFF_FIRST_PRIORITY, script.firstPriority());
        for (int p = 0; p < script.programs().size(); p++) {
            long[][] program = script.programs().get(p);
            for (int i = 0; i < program.length; i++) {
                long at =
                        block
                                + layout.scripts()
                                + (long) p * Shared.PROGRAM_BYTES
                                + (long) i * Shared.OP_BYTES;
                for (int word = 0; word < program[i].length; word++) {
                    memory.putLong(at + 8L * word, program[i][word]);
                }
            }
        }
        for (int slot = 0; slot < Limits.THREADS; slot++) {
            memory.putLong(block + layout.witness(slot) + Shared.WITNESS_SEED, slot + 1);
        }
        memory.putLongRelease(block + Shared.OFF_MAGIC, Shared.MAGIC);
    }
}
