package norma.model.ipc;

import static norma.model.State.NONE;

import java.util.ArrayList;
import java.util.List;
import norma.model.Action;
import norma.model.Guard;
import norma.model.Invariant;
import norma.model.Model;
import norma.model.Names;

/** The stand-alone machine of {@code Ipc.tla}: any thread does anything the interface allows. */
public final class IpcModel implements Model<IpcState> {
    /**
     * Constants of a machine.
     *
     * @param threads thread slots
     * @param channels channel slots
     * @param tags tags a channel
     * @param payloads payloads are {@code 0 .. payloads - 1}
     * @param priorities priorities are {@code 0 .. priorities - 1}
     * @param incarnations incarnations count modulo this
     * @param timeouts whether calls may carry a time-out
     */
    public record Constants(
            int threads,
            int channels,
            int tags,
            int payloads,
            int priorities,
            int incarnations,
            boolean timeouts) {}

    private final Constants constants;
    private final IpcLayout layout;
    private final IpcTransitions transitions;
    private final Names names;
    private final List<Action> actions = new ArrayList<>();

    /** The machine with the given constants. */
    public IpcModel(Constants constants) {
        this.constants = constants;
        layout =
                new IpcLayout(
                        constants.threads(),
                        constants.channels(),
                        constants.tags(),
                        constants.incarnations());
        transitions = new IpcTransitions(layout);
        names =
                new Names()
                        .prefixed("thread", "t", constants.threads())
                        .alias("peer", "thread")
                        .prefixed("channel", "h", constants.channels())
                        .integers("tag", 1, constants.tags())
                        .integers("priority", 0, constants.priorities());
        for (int thread = 0; thread < constants.threads(); thread++) {
            addThread(thread);
        }
        for (int channel = 0; channel < constants.channels(); channel++) {
            actions.add(new IpcAction.Grant(channel));
            actions.add(new IpcAction.FailCall(channel));
        }
    }

    private void addThread(int thread) {
        for (int channel = 0; channel < constants.channels(); channel++) {
            actions.add(new IpcAction.Receive(thread, channel));
            actions.add(new IpcAction.Die(thread, channel));
            actions.add(new IpcAction.Restart(thread, channel));
            addMessages(thread, channel);
        }
        for (int peer = 0; peer < constants.threads(); peer++) {
            for (int channel = NONE; channel < constants.channels(); channel++) {
                actions.add(new IpcAction.Attach(thread, peer, channel));
            }
            actions.add(new IpcAction.Cancel(thread, peer));
        }
        actions.add(new IpcAction.TimeOut(thread));
        actions.add(new IpcAction.Return(thread));
        actions.add(new IpcAction.Detach(thread));
        for (int priority = 0; priority < constants.priorities(); priority++) {
            actions.add(new IpcAction.Donate(thread, priority));
        }
    }

    private void addMessages(int thread, int channel) {
        for (long payload = 0; payload < constants.payloads(); payload++) {
            for (int priority = 0; priority < constants.priorities(); priority++) {
                actions.add(new IpcAction.Call(thread, channel, payload, false, priority));
                if (constants.timeouts()) {
                    actions.add(new IpcAction.Call(thread, channel, payload, true, priority));
                }
            }
            for (int tag = 0; tag < constants.tags(); tag++) {
                actions.add(new IpcAction.Reply(thread, channel, tag, payload));
            }
        }
    }

    @Override
    public List<IpcState> initialStates() {
        IpcState state = new IpcState(layout, new long[layout.size()], 0);
        state.reset();
        return List.of(state);
    }

    @Override
    public List<Action> actions() {
        return actions;
    }

    @Override
    public boolean step(IpcState s, Action action, Guard g) {
        IpcTransitions t = transitions;
        return switch ((IpcAction) action) {
            case IpcAction.Attach a ->
                    t.canAttach(s, a.thread(), a.peer(), g)
                            && t.attach(s, a.thread(), a.peer(), a.channel());
            case IpcAction.Detach a -> t.canDetach(s, a.thread(), g) && t.detach(s, a.thread());
            case IpcAction.Call a ->
                    t.canCall(s, a.thread(), a.channel(), g)
                            && t.call(
                                    s,
                                    a.thread(),
                                    a.channel(),
                                    a.payload(),
                                    a.timed(),
                                    a.priority());
            case IpcAction.Receive a ->
                    t.canReceive(s, a.thread(), a.channel(), g)
                            && t.receive(s, a.thread(), a.channel());
            case IpcAction.Reply a ->
                    t.canReply(s, a.thread(), a.channel(), g)
                            && t.reply(s, a.thread(), a.channel(), a.tag(), a.payload());
            case IpcAction.Grant a -> t.canGrant(s, a.channel(), g) && t.grant(s, a.channel());
            case IpcAction.Cancel a ->
                    t.canCancel(s, a.thread(), a.peer(), g) && t.cancel(s, a.thread(), a.peer());
            case IpcAction.TimeOut a -> t.canTimeOut(s, a.peer(), g) && t.timeOut(s, a.peer());
            case IpcAction.Die a ->
                    t.canDie(s, a.thread(), a.channel(), g) && t.die(s, a.thread(), a.channel());
            case IpcAction.FailCall a ->
                    t.canFailCall(s, a.channel(), g) && t.failCall(s, a.channel());
            case IpcAction.Restart a ->
                    t.canRestart(s, a.thread(), g) && t.restart(s, a.thread(), a.channel());
            case IpcAction.Donate a ->
                    t.canDonate(s, a.peer(), a.priority(), g)
                            && t.donate(s, a.peer(), a.priority());
            case IpcAction.Return a -> t.canReturn(s, a.thread(), g) && t.giveResult(s, a.thread());
        };
    }

    @Override
    public List<Invariant<IpcState>> invariants() {
        return new IpcInvariants(layout).all();
    }

    @Override
    public Names names() {
        return names;
    }
}
