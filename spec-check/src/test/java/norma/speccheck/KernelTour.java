package norma.speccheck;

import static norma.model.State.NONE;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import norma.model.Guard;
import norma.model.kernel.KernelAction;
import norma.model.kernel.KernelLayout;
import norma.model.kernel.KernelModel;
import norma.model.kernel.KernelState;

/**
 * Two ways through the kernel's machine with all locks, as a kernel goes: for each action a core
 * takes the locks that it needs, in their order, and leaves them. Two threads share a space; one
 * unmaps a page, whose translations the other's core has to flush, or for whose end the other
 * waits.
 *
 * <p>A random walk gets to none of this: it takes and leaves locks only. Every step has to be
 * enabled.
 */
final class KernelTour {
    /** All that the tours need, and every kind of lock. */
    static final Map<String, Integer> CONSTANTS =
            Map.ofEntries(
                    Map.entry("cores", 2),
                    Map.entry("threads", 2),
                    Map.entry("channels", 0),
                    Map.entry("tags", 1),
                    Map.entry("payloads", 1),
                    Map.entry("priorities", 1),
                    Map.entry("incarnations", 1),
                    Map.entry("generations", 1),
                    Map.entry("timeouts", 0),
                    Map.entry("tickets", 4),
                    Map.entry("channelLocks", 0),
                    Map.entry("coreLocks", 1),
                    Map.entry("threadLocks", 1),
                    Map.entry("firstPriority", 0),
                    Map.entry("spaces", 1),
                    Map.entry("pages", 1),
                    Map.entry("frames", 1),
                    Map.entry("protections", 2),
                    Map.entry("spaceLocks", 1),
                    Map.entry("memoryLock", 1));

    private static final int WRITE = 2;

    private final KernelModel model;
    private final KernelState state;
    private final List<byte[]> reached = new ArrayList<>();
    private final int space;
    private final int memory;
    private final int[] core;
    private final int[] thread;

    private KernelTour(KernelModel model) {
        this.model = model;
        state = model.initial();
        KernelLayout layout = model.layout();
        space = layout.spaceLock(0);
        memory = layout.memoryLock();
        core = new int[] {layout.coreLock(0), layout.coreLock(1)};
        thread = new int[] {layout.threadLock(0), layout.threadLock(1)};
    }

    /** The states of both tours, packed. */
    static List<byte[]> of(KernelModel model) {
        KernelTour flushing = new KernelTour(model);
        flushing.unmap();
        flushing.flush();
        KernelTour waiting = new KernelTour(model);
        waiting.unmap();
        waiting.waitTurn();
        List<byte[]> all = new ArrayList<>(flushing.reached);
        all.addAll(waiting.reached);
        return all;
    }

    /** Both threads run; the first one has taken a page with its frame out of the space. */
    private void unmap() {
        with(0, locks(space, thread[0], thread[1]), new KernelAction.Spawn(0, 1, 0, NONE));
        with(0, locks(core[0], thread[1]), new KernelAction.Enqueue(0, 1, 0));
        resume(0);
        with(1, locks(), new KernelAction.Tick(1));
        with(1, locks(space), new KernelAction.Load(1, 0));
        with(1, locks(core[0], core[1], thread[1]), new KernelAction.Steal(1, 0, 1));
        with(0, locks(space, thread[0]), new KernelAction.Map(0, 0, 0, WRITE));
        resume(0);
        with(0, locks(space, thread[0], memory), new KernelAction.Fill(0, 0, 0));
        resume(0);
        with(0, locks(space, thread[0]), new KernelAction.Unmap(0, 0, 0));
        with(0, locks(space), new KernelAction.Clear(0, 0));
    }

    private void flush() {
        with(0, locks(space, thread[0]), new KernelAction.Shoot(0));
        with(0, locks(), new KernelAction.Kick(0, 1));
        with(1, locks(), new KernelAction.Ipi(1));
        with(1, locks(core[1], thread[1])); // It may not resume yet.
        with(
                1,
                locks(space, thread[0]),
                new KernelAction.Acknowledge(1),
                new KernelAction.Release(1, 0));
        with(1, locks(core[0], thread[0]), new KernelAction.Enqueue(1, 0, 0));
        with(1, locks(), new KernelAction.Kick(1, 0));
        resume(1);
        with(0, locks(core[0], thread[0]), new KernelAction.Dispatch(0, 0));
        finish();
        resume(0);
    }

    private void waitTurn() {
        with(1, locks(space, thread[1]), new KernelAction.WaitTurn(1));
        with(1, locks(space), new KernelAction.Load(1, NONE));
        with(0, locks(space, thread[0]), new KernelAction.Shoot(0));
        finish(new KernelAction.Admit(0, 0));
        with(0, locks(core[1], thread[1]), new KernelAction.Enqueue(0, 1, 1));
        with(0, locks(), new KernelAction.Kick(0, 1));
        resume(0);
    }

    private void finish(KernelAction... behind) {
        with(0, locks(space, memory), new KernelAction.FreeFrame(0, 0));
        List<KernelAction> actions = new ArrayList<>(List.of(new KernelAction.Finish(0)));
        actions.addAll(List.of(behind));
        with(0, locks(space, thread[0], thread[1]), actions.toArray(KernelAction[]::new));
    }

    private void resume(int of) {
        with(of, locks(core[of], thread[of]), new KernelAction.Resume(of));
    }

    /** In their order. */
    private static List<Integer> locks(Integer... numbers) {
        return Stream.of(numbers).sorted().toList();
    }

    private void with(int of, List<Integer> locks, KernelAction... actions) {
        for (int lock : locks) {
            step(new KernelAction.LockTake(of, lock));
            step(new KernelAction.LockEnter(of, lock));
        }
        for (KernelAction action : actions) {
            step(action);
        }
        for (int lock : locks.reversed()) {
            step(new KernelAction.LockLeave(of, lock));
        }
    }

    private void step(KernelAction action) {
        Guard guard = new Guard();
        if (!model.step(state, action, guard)) {
            throw new IllegalStateException(
                    "step " + reached.size() + ", " + action + ": " + guard.failed());
        }
        byte[] bytes = new byte[state.size()];
        state.pack(bytes, 0);
        reached.add(bytes);
    }
}
