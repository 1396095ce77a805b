// Contract: what must follow a change of a channel before its lock is released: Grant, Inherit;
// and after it: Donate along the chain of calls. Spec: Kernel.tla Quiet, Grant, Inherit, Donate.
package norma.kernel.ipc;

import norma.abi.Code;
import norma.abi.Event;
import norma.abi.Limits;
import norma.abi.Record;
import norma.kernel.lang.Checkpoint;
import norma.kernel.thread.Core;
import norma.kernel.thread.Thread;
import norma.quals.Acquires;
import norma.quals.Cold;
import norma.quals.Emits;
import norma.quals.Holding;
import norma.quals.NoAlloc;
import norma.quals.NoInline;
import org.checkerframework.common.value.qual.ArrayLen;

/**
 * Priority inheritance and tag grants.
 *
 * <p>A channel's boost is the most urgent priority donated by its outstanding callers; every thread
 * attached to the channel runs at least at it. When a thread's effective priority changes while it
 * is itself calling, its donation to the next channel is due: that needs another channel's lock, so
 * it happens after this one is released, one step of the chain at a time.
 */
@NoAlloc
public final class Settlement {
    private final Channel @ArrayLen(Limits.CHANNELS) [] channels;
    private final Core @ArrayLen(Limits.CORES) [] cores;
    private final Thread @ArrayLen(Limits.THREADS) [] threads;

    /** Settlement over the kernel's tables. */
    public Settlement(
            Channel @ArrayLen(Limits.CHANNELS) [] channels,
            Core @ArrayLen(Limits.CORES) [] cores,
            Thread @ArrayLen(Limits.THREADS) [] threads) {
        this.channels = channels;
        this.cores = cores;
        this.threads = threads;
    }

    /** Discharges Grant and Inherit at {@code channel}, whose lock the core holds. */
    @Holding("Channel.lock")
    @NoInline
    void settle(Core core, Channel channel) {
        while (channel.live && !channel.waiters.isEmpty() && channel.freeTag() != Record.NONE) {
            grant(core, channel);
        }
        if (channel.beginSettling()) {
            Thread server = channel.servers();
            while (server != null) {
                if (server.effective() != channel.target(server)) {
                    inherit(core, channel, server);
                }
                server = server.nextServer;
            }
        }
    }

    /** A free tag goes to the first waiter. */
    @Emits("Grant")
    @Cold
    @Holding("Channel.lock")
    private void grant(Core core, Channel channel) {
        Thread receiver = channel.receivers.first();
        if (receiver != null) {
            receiver.lock.acquire(core);
        }
        Checkpoint.before(core, channel, receiver);
        Thread waiter = channel.waiters.removeFirst();
        int code = Ipc.deliver(core, channel, waiter, receiver);
        if (core.recorder.on()) {
            core.recorder.record(
                    Event.GRANT,
                    receiver == null ? 1 : 2,
                    Record.params(channel.index, 0, 0, 0),
                    waiter.message,
                    Record.result(code, waiter.tag, waiter.index, Ipc.index(receiver)),
                    channel.touch(),
                    receiver == null ? 0 : receiver.touch(),
                    0);
        }
        if (receiver != null) {
            receiver.lock.release(core);
        }
        assert code == Code.QUEUED || code == Code.SERVED : "granted";
    }

    /** A server thread's effective priority becomes its target. */
    @Emits("Inherit")
    @Cold
    @Holding("Channel.lock")
    private void inherit(Core core, Channel channel, Thread server) {
        Core home = lockHome(core, server);
        Checkpoint.before(core, channel, server, home);
        int priority = channel.target(server);
        boolean ready = server.state == Thread.READY;
        boolean running = server.state == Thread.RUNNING;
        if (ready) {
            home.queue.remove(server);
        }
        server.setEffective(priority);
        if (ready) {
            home.queue.insert(server);
        }
        if (running) {
            home.level = priority;
        }
        if (home != core) {
            boolean raised = ready && (home.idle || priority > home.level);
            boolean lowered = running && home.queue.urgent() > priority;
            if (raised || lowered) {
                core.owe(home);
            }
        }
        if (server.calling()) {
            core.donors |= 1L << server.index;
        }
        if (core.recorder.on()) {
            core.recorder.record(
                    Event.INHERIT,
                    3,
                    Record.params(channel.index, server.index, priority, home.index),
                    0,
                    0,
                    channel.touch(),
                    server.touch(),
                    home.touch());
        }
        server.lock.release(core);
        home.lock.release(core);
    }

    /** Locks a thread and the core it belongs to, which may change until both are held. */
    @Acquires({"Core.lock", "Thread.lock"})
    private Core lockHome(Core core, Thread thread) {
        for (; ; ) {
            Core home = cores[thread.home()];
            home.lock.acquire(core);
            thread.lock.acquire(core);
            if (thread.home() == home.index) {
                return home;
            }
            thread.lock.release(core);
            home.lock.release(core);
        }
    }

    /** Discharges the donations that this core owes; it holds no lock. */
    @SuppressWarnings("index") // Only bits of threads are set in donors.
    public void donateAll(Core core) {
        while (core.donors != 0) {
            int index = Long.numberOfTrailingZeros(core.donors);
            core.donors &= core.donors - 1;
            donate(core, threads[index]);
        }
    }

    /** The donation of a caller follows its effective priority. */
    @Emits("Donate")
    @SuppressWarnings("index") // What is not NONE is a channel's index.
    private void donate(Core core, Thread caller) {
        int at = caller.channel();
        if (at == Record.NONE) {
            return; // The call has ended; the next one donates what it finds.
        }
        Channel channel = channels[at];
        channel.lock.acquire(core);
        caller.lock.acquire(core);
        int priority = caller.effective();
        if (caller.channel() == at && caller.calling() && caller.donated != priority) {
            Checkpoint.before(core, caller, channel);
            channel.withdrawDonation(caller.donated);
            channel.donate(priority);
            caller.donated = priority;
            if (core.recorder.on()) {
                core.recorder.record(
                        Event.DONATE,
                        2,
                        Record.params(caller.index, at, priority, 0),
                        0,
                        0,
                        caller.touch(),
                        channel.touch(),
                        0);
            }
        }
        caller.lock.release(core);
        settle(core, channel);
        channel.lock.release(core);
    }
}
