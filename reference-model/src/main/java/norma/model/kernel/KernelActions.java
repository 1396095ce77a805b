package norma.model.kernel;

import static norma.model.State.NONE;

import java.util.ArrayList;
import java.util.List;
import norma.model.space.SpaceModel;

/** Every action with every tuple of parameters, in a fixed order. */
final class KernelActions {
    private final KernelLayout layout;
    private final KernelConstants constants;

    KernelActions(KernelLayout layout) {
        this.layout = layout;
        constants = layout.constants;
    }

    List<KernelAction> all() {
        List<KernelAction> actions = new ArrayList<>();
        for (int core = 0; core < constants.cores(); core++) {
            actions.addAll(of(core));
        }
        return actions;
    }

    List<KernelAction> of(int core) {
        List<KernelAction> actions = new ArrayList<>();
        addAlone(actions, core);
        addSpaces(actions, core);
        for (int channel = 0; channel < constants.channels(); channel++) {
            addChannel(actions, core, channel);
        }
        for (int thread = 0; thread < constants.threads(); thread++) {
            addThread(actions, core, thread);
        }
        for (int target = 0; target < constants.cores(); target++) {
            actions.add(new KernelAction.Kick(core, target));
        }
        for (int lock = 0; lock < layout.lockCount(); lock++) {
            actions.add(new KernelAction.LockTake(core, lock));
            actions.add(new KernelAction.LockEnter(core, lock));
            actions.add(new KernelAction.LockLeave(core, lock));
        }
        return actions;
    }

    private static void addAlone(List<KernelAction> actions, int core) {
        actions.add(new KernelAction.Exit(core));
        actions.add(new KernelAction.Sleep(core));
        actions.add(new KernelAction.Yield(core));
        actions.add(new KernelAction.Refuse(core));
        actions.add(new KernelAction.Fault(core));
        actions.add(new KernelAction.Tick(core));
        actions.add(new KernelAction.Ipi(core));
        actions.add(new KernelAction.Resume(core));
        actions.add(new KernelAction.Preempt(core));
        actions.add(new KernelAction.Idle(core));
    }

    private void addChannel(List<KernelAction> actions, int core, int channel) {
        actions.add(new KernelAction.Receive(core, channel));
        actions.add(new KernelAction.Restart(core, channel));
        actions.add(new KernelAction.Die(core, channel));
        actions.add(new KernelAction.Grant(core, channel));
        actions.add(new KernelAction.FailCall(core, channel));
        for (long payload = 0; payload < constants.payloads(); payload++) {
            actions.add(new KernelAction.Call(core, channel, payload, false));
            if (constants.timeouts()) {
                actions.add(new KernelAction.Call(core, channel, payload, true));
            }
            for (int tag = 0; tag < constants.tags(); tag++) {
                actions.add(new KernelAction.Reply(core, channel, tag, payload));
            }
        }
    }

    private void addSpaces(List<KernelAction> actions, int core) {
        SpaceModel.Constants c = constants.spaces();
        actions.add(new KernelAction.WaitTurn(core));
        actions.add(new KernelAction.Leave(core));
        actions.add(new KernelAction.Shoot(core));
        actions.add(new KernelAction.Finish(core));
        actions.add(new KernelAction.Acknowledge(core));
        for (int space = NONE; space < c.spaces(); space++) {
            actions.add(new KernelAction.Load(core, space));
            for (int thread = 0; thread < constants.threads(); thread++) {
                actions.add(new KernelAction.Fork(core, thread, space));
            }
        }
        for (int space = 0; space < c.spaces(); space++) {
            actions.add(new KernelAction.Release(core, space));
            actions.add(new KernelAction.Admit(core, space));
            actions.add(new KernelAction.FreeSpace(core, space));
            for (int thread = 0; thread < constants.threads(); thread++) {
                actions.add(new KernelAction.Bear(core, space, thread));
            }
        }
        for (int page = 0; page < c.pages(); page++) {
            actions.add(new KernelAction.Allow(core, page));
            actions.add(new KernelAction.Clear(core, page));
            actions.add(new KernelAction.Tighten(core, page));
            actions.add(new KernelAction.Share(core, page));
            for (int frame = 0; frame < c.frames(); frame++) {
                actions.add(new KernelAction.Fill(core, page, frame));
                actions.add(new KernelAction.Copy(core, page, frame));
            }
            for (int hi = page; hi < c.pages(); hi++) {
                actions.add(new KernelAction.Unmap(core, page, hi));
                for (int protection = 1;
                        SpaceModel.Constants.isProtection(protection);
                        protection++) {
                    if (c.has(protection)) {
                        actions.add(new KernelAction.Map(core, page, hi, protection));
                        actions.add(new KernelAction.Protect(core, page, hi, protection));
                    }
                }
            }
        }
        for (int frame = 0; frame < c.frames(); frame++) {
            actions.add(new KernelAction.FreeFrame(core, frame));
        }
    }

    private void addThread(List<KernelAction> actions, int core, int thread) {
        actions.add(new KernelAction.Cancel(core, thread));
        actions.add(new KernelAction.TimeOut(core, thread));
        actions.add(new KernelAction.Wake(core, thread));
        actions.add(new KernelAction.Donate(core, thread));
        actions.add(new KernelAction.Dispatch(core, thread));
        for (int priority = 0; priority < constants.priorities(); priority++) {
            for (int channel = NONE; channel < constants.channels(); channel++) {
                actions.add(new KernelAction.Spawn(core, thread, priority, channel));
            }
        }
        for (int channel = 0; channel < constants.channels(); channel++) {
            actions.add(new KernelAction.Inherit(core, channel, thread));
        }
        for (int other = 0; other < constants.cores(); other++) {
            actions.add(new KernelAction.Enqueue(core, thread, other));
            actions.add(new KernelAction.Steal(core, other, thread));
        }
    }
}
