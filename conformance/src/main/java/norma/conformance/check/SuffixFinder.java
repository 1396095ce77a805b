package norma.conformance.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import norma.abi.Event;
import norma.abi.Record;
import norma.abi.Snapshot;
import norma.conformance.trace.RecordSource;
import norma.conformance.trace.Recording;
import org.jspecify.annotations.Nullable;

/**
 * Finds the oldest complete checkpoint in overwritten rings.
 *
 * <p>A core's cut is its first mark of the epoch or, if it slept through it, of a later one. All of
 * the epoch's snapshots are behind the cuts of the cores that wrote them, so when no cut has been
 * overwritten, all of them are there, unless the sweep was not over when the machine stopped.
 */
final class SuffixFinder {
    private final Rings rings;
    private final Memory memory;
    private final long[] words = new long[RecordSource.WORDS];
    private final EventView view = new EventView();

    /** In the rings of a machine with such address spaces. */
    SuffixFinder(Rings rings, Memory memory) {
        this.rings = rings;
        this.memory = memory;
    }

    /** The oldest complete checkpoint, or null. */
    @Nullable Suffix find() {
        TreeSet<Integer> epochs = new TreeSet<>();
        for (int core = 0; core < rings.cores(); core++) {
            for (int i = 0; i < rings.held(core); i++) {
                read(core, i);
                if (view.kind() == Event.MARK) {
                    epochs.add(ObjectSnapshot.epoch(view));
                }
            }
        }
        for (int epoch : epochs) {
            Suffix suffix = at(epoch);
            if (suffix != null) {
                return suffix;
            }
        }
        return null;
    }

    /** Why no checkpoint is complete. */
    static Finding missing(Rings rings, Memory memory) {
        long written = 0;
        boolean overwritten = false;
        int held = 0;
        for (int core = 0; core < rings.cores(); core++) {
            written += rings.written(core);
            overwritten |= rings.held(core) < rings.written(core);
            held = Math.max(held, rings.held(core));
        }
        Reason reason = written == 0 ? Reason.EMPTY : Reason.TRUNCATED;
        String summary = "the run was over before its first checkpoint was complete";
        if (written == 0) {
            summary = "nothing was recorded: the recorder was never switched on";
        } else if (overwritten) {
            String small =
                    Recording.tooSmall(
                            Recording.powerOfTwo(held), rings.cores(), memory.spaces() > 0);
            summary = "no complete checkpoint is left: " + small;
        }
        return new Finding(reason, 0, summary, List.of());
    }

    private void read(int core, int place) {
        rings.record(core, place, words);
        System.arraycopy(words, 0, view.words, 0, words.length);
    }

    private @Nullable Suffix at(int epoch) {
        int cores = rings.cores();
        int[] cuts = new int[cores];
        List<Suffix.Cut> suffix = new ArrayList<>();
        Map<Integer, ObjectSnapshot> found = new HashMap<>();
        long from = 0;
        for (int core = 0; core < cores; core++) {
            int cut = cut(core, epoch);
            if (cut < 0) {
                return null;
            }
            cuts[core] = cut;
            long sequence = rings.written(core) - rings.held(core) + cut;
            int before = rings.epoch(core);
            int end = cut;
            if (cut < rings.held(core)) {
                read(core, cut);
                before = (int) view.words[6];
                end = collect(core, cut, epoch, found);
            }
            suffix.add(new Suffix.Cut(sequence, before, sequence + end - cut));
            from += sequence;
        }
        List<ObjectSnapshot> all = complete(found, cuts);
        if (all == null) {
            return null;
        }
        for (int core = 0; core < cores; core++) {
            rings.startAt(core, cuts[core]);
        }
        return new Suffix(epoch, all, suffix, from);
    }

    /** Place of a core's first record after the cut, or -1 if that is no longer known. */
    private int cut(int core, int epoch) {
        int held = rings.held(core);
        for (int i = 0; i < held; i++) {
            read(core, i);
            if (view.kind() == Event.MARK
                    && (view.words[1] & 0xffff) == 0
                    && ObjectSnapshot.epoch(view) - epoch >= 0) {
                return (int) view.words[6] - epoch < 0 ? i : -1;
            }
        }
        // No such mark: overwritten, or the core has recorded nothing since.
        return rings.epoch(core) - epoch >= 0 || !outside(core) ? -1 : held;
    }

    /** Was the core's last event one that leaves the kernel? */
    private boolean outside(int core) {
        for (int i = rings.held(core) - 1; i >= 0; i--) {
            read(core, i);
            if (!ObjectSnapshot.isPart(view.kind())) {
                return switch (view.kind()) {
                    case Event.RESUME, Event.DISPATCH, Event.STEAL, Event.IDLE -> true;
                    default -> false;
                };
            }
        }
        return rings.written(core) == 0;
    }

    /** Adds the checkpoint's snapshots on a core; the place after the last of them. */
    private int collect(int core, int cut, int epoch, Map<Integer, ObjectSnapshot> found) {
        int end = cut;
        ObjectSnapshot snapshot = new ObjectSnapshot();
        for (int i = cut; i < rings.held(core); i++) {
            read(core, i);
            boolean context = i == cut || view.object(0) >>> 12 == Record.CONTEXT;
            boolean wanted =
                    context
                            ? ObjectSnapshot.epoch(view) != Snapshot.FINAL_EPOCH
                            : ObjectSnapshot.epoch(view) == epoch;
            if (ObjectSnapshot.isPart(view.kind())
                    && wanted
                    && snapshot.add(view) == null
                    && !snapshot.incomplete()) {
                end = found.putIfAbsent(snapshot.object(), snapshot) == null ? i + 1 : end;
                snapshot = new ObjectSnapshot();
            }
        }
        return end;
    }

    /** All objects' snapshots, and contexts of cores that have no mark; null if one is missing. */
    private @Nullable List<ObjectSnapshot> complete(
            Map<Integer, ObjectSnapshot> found, int[] cuts) {
        for (int core = 0; core < rings.cores(); core++) {
            if (cuts[core] == rings.held(core)) {
                found.put(Record.CONTEXT << 12 | core, context(core, found));
            }
        }
        List<ObjectSnapshot> all = new ArrayList<>();
        for (int type = Record.THREAD; type <= Record.MEMORY; type++) {
            for (int i = 0; i < Machines.count(type, rings.cores(), memory); i++) {
                ObjectSnapshot snapshot = found.get(type << 12 | i);
                if (snapshot == null) {
                    return null;
                }
                all.add(snapshot);
            }
        }
        return all;
    }

    /** A core outside the kernel runs the one thread that says so, or halts. */
    private static ObjectSnapshot context(int core, Map<Integer, ObjectSnapshot> found) {
        int current = Record.NONE;
        for (ObjectSnapshot snapshot : found.values()) {
            if (snapshot.type() == Record.THREAD && snapshot.runsOn(core)) {
                current = snapshot.index();
            }
        }
        return ObjectSnapshot.context(
                core, current, current == Record.NONE ? Snapshot.HALT : Snapshot.USER);
    }
}
