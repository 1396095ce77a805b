package norma.model.cap;

import static norma.model.State.NONE;
import static norma.model.cap.CapState.LIVE;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import norma.model.Action;
import norma.model.Guard;
import norma.model.Invariant;
import norma.model.Model;
import norma.model.Names;

/** The stand-alone machine of {@code Capability.tla}: threads run as they like. */
public final class CapModel implements Model<CapState> {
    private static final String[] RIGHTS = {"read", "write", "execute"};

    private final CapLayout layout;
    private final CapTransitions transitions;
    private final CapInvariants invariants;
    private final Names names;
    private final List<Action> actions = new ArrayList<>();

    /**
     * Constants of a machine.
     *
     * @param threads thread slots
     * @param processes slots of processes
     * @param slots places of each process's table
     * @param objects slots of objects
     * @param rights how many rights there are: the first of read, write, execute
     * @param badges how many badges there are
     * @param maxDepth how many handles may be above one
     * @param lives how many handles a slot can hold one after the other
     */
    public record Constants(
            int threads,
            int processes,
            int slots,
            int objects,
            int rights,
            int badges,
            int maxDepth,
            int lives) {}

    /** The machine with the given constants. */
    public CapModel(Constants constants) {
        layout = new CapLayout(constants);
        transitions = new CapTransitions(layout);
        invariants = new CapInvariants(layout);
        names =
                new Names()
                        .prefixed("thread", "t", layout.threads)
                        .prefixed("process", "p", layout.processes)
                        .alias("receiver", "process")
                        .integers("slot", 1, layout.slots)
                        .alias("into", "slot")
                        .alias("place", "slot")
                        .integers("serial", 0, layout.lives)
                        .prefixed("object", "o", layout.objects)
                        .prefixed("badge", "b", layout.badges)
                        .listed("right", Arrays.copyOf(RIGHTS, layout.rights))
                        .listed("rights", subsets())
                        .listed("handle", handles());
        for (int thread = 0; thread < layout.threads; thread++) {
            addObjects(thread);
            for (int slot = 0; slot < layout.slots; slot++) {
                for (int serial = 0; serial < layout.lives; serial++) {
                    addCalls(thread, slot, serial);
                }
            }
            addWork(thread);
        }
        for (int thread = 0; thread < layout.threads; thread++) {
            addPopulation(thread);
        }
    }

    private String[] subsets() {
        String[] subsets = new String[layout.allRights() + 1];
        for (int set = 0; set < subsets.length; set++) {
            TreeSet<String> members = new TreeSet<>();
            for (int right = 0; right < layout.rights; right++) {
                if ((set >> right & 1) != 0) {
                    members.add(RIGHTS[right]);
                }
            }
            subsets[set] = "{" + String.join(",", members) + "}";
        }
        return subsets;
    }

    private String[] handles() {
        String[] handles = new String[layout.handles];
        Arrays.setAll(
                handles,
                h -> "<p" + (layout.processOf(h) + 1) + "," + (layout.slotOf(h) + 1) + ">");
        return handles;
    }

    private void addPopulation(int thread) {
        for (int process = 0; process < layout.processes; process++) {
            actions.add(new CapAction.StartProcess(thread, process));
            actions.add(new CapAction.JoinProcess(thread, process));
        }
        actions.add(new CapAction.LeaveProcess(thread));
        actions.add(new CapAction.EndProcess(thread));
        actions.add(new CapAction.FreeProcess(thread));
    }

    private void addObjects(int thread) {
        for (int object = 0; object < layout.objects; object++) {
            for (int into = 0; into < layout.slots; into++) {
                actions.add(new CapAction.NewObject(thread, object, into));
            }
        }
    }

    private void addWork(int thread) {
        for (int slot = 0; slot < layout.slots; slot++) {
            actions.add(new CapAction.Drain(thread, slot));
        }
        for (int process = 0; process < layout.processes; process++) {
            for (int slot = 0; slot < layout.slots; slot++) {
                actions.add(new CapAction.Adopt(thread, process, slot));
                actions.add(new CapAction.Reclaim(thread, process, slot));
            }
        }
        actions.add(new CapAction.Bury(thread));
        actions.add(new CapAction.Use(thread));
        actions.add(new CapAction.EndUse(thread));
    }

    private void addCalls(int thread, int slot, int serial) {
        for (int into = 0; into < layout.slots; into++) {
            for (int receiver = 0; receiver < layout.processes; receiver++) {
                actions.add(new CapAction.GrantHandle(thread, slot, serial, receiver, into));
            }
            for (int rights = layout.allRights(); rights >= 0; rights--) {
                for (int badge = NONE; badge < layout.badges; badge++) {
                    actions.add(new CapAction.Derive(thread, slot, serial, rights, badge, into));
                }
            }
        }
        actions.add(new CapAction.Revoke(thread, slot, serial));
        for (int right = 0; right < layout.rights; right++) {
            actions.add(new CapAction.Lookup(thread, slot, serial, right));
        }
        actions.add(new CapAction.Close(thread, slot, serial));
    }

    @Override
    public List<CapState> initialStates() {
        CapState state = new CapState(layout);
        state.process(0, 0);
        state.table(0, LIVE);
        return List.of(state);
    }

    @Override
    public List<Action> actions() {
        return actions;
    }

    @Override
    public boolean step(CapState s, Action action, Guard g) {
        return transitions.step(s, (CapAction) action, g);
    }

    @Override
    public List<Invariant<CapState>> invariants() {
        return invariants.all();
    }

    @Override
    public Names names() {
        return names;
    }
}
