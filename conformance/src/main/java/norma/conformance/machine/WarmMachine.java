package norma.conformance.machine;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import norma.conformance.machine.MachineException.Kind;
import org.jspecify.annotations.Nullable;

/**
 * A machine that can be put back to where it was, in milliseconds and in the same process.
 *
 * <p>QEMU keeps processors and devices ({@code savevm}), but not RAM, which is a file shared with
 * this process ({@code x-ignore-shared}): that is copied here, page by page where it has changed.
 * QEMU's own reset writes images of ROM and kernel again, so RAM comes after it.
 */
public final class WarmMachine implements AutoCloseable {
    private static final String TAG = "warm";
    private static final int PAGE = 4096;

    // Files of its folder.
    private static final String STATE = "state";
    private static final String MONITOR = "monitor";

    private final Machine machine;
    private final Path folder;
    private final Arena arena = Arena.ofShared();
    private final List<Kept> kept = new ArrayList<>();
    private @Nullable Monitor monitor;

    /** A range of RAM, and its contents when the state was kept. */
    private record Kept(MemorySegment live, MemorySegment copy) {}

    private WarmMachine(Machine machine, Path folder) {
        this.machine = machine;
        this.folder = folder;
    }

    /** Makes the memory; nothing runs yet. */
    public static WarmMachine create(MachineConfig config) throws MachineException {
        try {
            Path folder = Files.createTempDirectory("norma-warm");
            deleteAtExit(folder);
            StateDisk.write(folder.resolve(STATE));
            List<String> more = new ArrayList<>(config.extraArguments());
            more.addAll(Monitor.arguments(folder.resolve(MONITOR)));
            more.addAll(List.of("-drive", StateDisk.drive(folder.resolve(STATE))));
            try {
                Machine machine = Machine.create(config.withExtraArguments(more));
                return new WarmMachine(machine, folder);
            } catch (MachineException e) {
                delete(folder);
                throw e;
            }
        } catch (IOException e) {
            throw new MachineException(Kind.NO_ROOM, "no room for a machine's state: " + e, e);
        }
    }

    /** The machine: its memory and its end. */
    public Machine machine() {
        return machine;
    }

    /** Starts QEMU. */
    public void boot() throws MachineException {
        machine.boot();
        Monitor connected = Monitor.connect(folder.resolve(MONITOR), machine);
        monitor = connected;
        delete(folder); // QEMU has them open.
        connected.command(
                "migrate-set-capabilities",
                Map.of(
                        "capabilities",
                        List.of(Map.of("capability", "x-ignore-shared", "state", true))));
    }

    /**
     * Stops the machine and keeps its state, with the given ranges of RAM: all that anybody writes.
     */
    public void keep(List<Range> ranges) throws MachineException {
        Monitor connected = connected();
        connected.command("stop", Map.of());
        connected.human("savevm " + TAG);
        for (Range range : ranges) {
            MemorySegment live = machine.memory().slice(range.physical(), range.bytes());
            MemorySegment copy = arena.allocate(range.bytes(), Long.BYTES);
            copy.copyFrom(live);
            kept.add(new Kept(live, copy));
        }
    }

    /** Puts the machine back to where it was kept, stopped: the host may write its memory. */
    public void reset() throws MachineException {
        Monitor connected = connected();
        connected.command("stop", Map.of());
        connected.human("loadvm " + TAG);
        for (Kept range : kept) {
            restore(range.live(), range.copy());
        }
    }

    /** The machine goes on. */
    public void run() throws MachineException {
        connected().command("cont", Map.of());
    }

    private static void restore(MemorySegment live, MemorySegment copy) {
        long size = copy.byteSize();
        long at = 0;
        while (at < size) {
            long same = MemorySegment.mismatch(live, at, size, copy, at, size);
            if (same < 0) {
                return;
            }
            long page = (at + same) / PAGE * PAGE;
            long length = Math.min(PAGE, size - page);
            MemorySegment.copy(copy, page, live, page, length);
            at = page + length;
        }
    }

    private Monitor connected() {
        Monitor connected = monitor;
        if (connected == null) {
            throw new IllegalStateException("not booted");
        }
        return connected;
    }

    /**
     * If this process is interrupted while the machine boots; the last that is named goes first.
     */
    private static void deleteAtExit(Path folder) {
        folder.toFile().deleteOnExit();
        folder.resolve(STATE).toFile().deleteOnExit();
        folder.resolve(MONITOR).toFile().deleteOnExit();
    }

    private static void delete(Path folder) {
        try {
            Files.deleteIfExists(folder.resolve(STATE));
            Files.deleteIfExists(folder.resolve(MONITOR));
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            // A few kilobytes in the temporary folder: not worth a run.
            return;
        }
    }

    @Override
    public void close() {
        if (monitor != null) {
            monitor.close();
        }
        machine.close();
        delete(folder);
        arena.close();
    }

    /**
     * A range of guest-physical memory.
     *
     * @param physical address of its first byte, a multiple of the page size
     * @param bytes its length
     */
    public record Range(long physical, long bytes) {}
}
