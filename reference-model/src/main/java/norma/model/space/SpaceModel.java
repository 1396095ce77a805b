package norma.model.space;

import static norma.model.State.NONE;
import static norma.model.space.SpaceState.EXECUTE;
import static norma.model.space.SpaceState.READ;

import java.util.ArrayList;
import java.util.List;
import norma.model.Action;
import norma.model.Guard;
import norma.model.Invariant;
import norma.model.Model;
import norma.model.Names;

/** The stand-alone machine of {@code AddressSpace.tla}: threads run on any core, as they like. */
public final class SpaceModel implements Model<SpaceState> {
    private final SpaceLayout layout;
    private final SpaceTransitions transitions;
    private final SpaceInvariants invariants;
    private final Names names;
    private final List<Action> actions = new ArrayList<>();

    /**
     * Constants of a machine.
     *
     * @param cores number of cores
     * @param threads thread slots
     * @param spaces slots of address spaces
     * @param pages pages of each space
     * @param frames frames of memory
     * @param protections what may be asked for: bit 0 to read, bit 1 to write, bit 2 to execute
     */
    public record Constants(
            int cores, int threads, int spaces, int pages, int frames, int protections) {
        /** Whether a number is that of a protection. */
        public static boolean isProtection(int protection) {
            return protection >= READ && protection <= EXECUTE;
        }

        /** Whether a protection may be asked for. */
        public boolean has(int protection) {
            return (protections >> protection - READ & 1) != 0;
        }
    }

    /** The machine with the given constants. */
    public SpaceModel(Constants constants) {
        layout = new SpaceLayout(constants);
        transitions = new SpaceTransitions(layout);
        invariants = new SpaceInvariants(layout);
        names =
                new Names()
                        .prefixed("core", "c", layout.cores)
                        .prefixed("thread", "t", layout.threads)
                        .alias("first", "thread");
        layout.name(names);
        addPopulation();
        for (int core = 0; core < layout.cores; core++) {
            actions.add(new SpaceAction.Acknowledge(core));
            for (int space = NONE; space < layout.spaces; space++) {
                actions.add(new SpaceAction.Load(core, space));
            }
            for (int space = 0; space < layout.spaces; space++) {
                actions.add(new SpaceAction.Release(core, space));
                actions.add(new SpaceAction.Admit(core, space));
            }
            for (int thread = 0; thread < layout.threads; thread++) {
                addCalls(core, thread, constants);
                addFaults(core, thread);
                addJobs(core, thread);
            }
        }
    }

    private void addPopulation() {
        actions.add(new SpaceAction.Ended());
        for (int space = 0; space < layout.spaces; space++) {
            actions.add(new SpaceAction.FreeSpace(space));
            actions.add(new SpaceAction.Bear(space));
            for (int thread = 0; thread < layout.threads; thread++) {
                actions.add(new SpaceAction.Join(thread, space));
            }
        }
        for (int thread = 0; thread < layout.threads; thread++) {
            actions.add(new SpaceAction.Quit(thread));
        }
    }

    private void addCalls(int core, int thread, Constants constants) {
        for (int lo = 0; lo < layout.pages; lo++) {
            for (int hi = lo; hi < layout.pages; hi++) {
                actions.add(new SpaceAction.Unmap(core, thread, lo, hi));
                for (int protection = READ; protection <= EXECUTE; protection++) {
                    if (constants.has(protection)) {
                        actions.add(new SpaceAction.Map(core, thread, lo, hi, protection));
                        actions.add(new SpaceAction.Protect(core, thread, lo, hi, protection));
                    }
                }
            }
        }
        for (int into = 0; into < layout.spaces; into++) {
            for (int first = 0; first < layout.threads; first++) {
                actions.add(new SpaceAction.Fork(core, thread, first, into));
            }
        }
        actions.add(new SpaceAction.Leave(core, thread));
        actions.add(new SpaceAction.WaitTurn(core, thread));
    }

    private void addFaults(int core, int thread) {
        for (int page = 0; page < layout.pages; page++) {
            actions.add(new SpaceAction.Allow(core, thread, page));
            for (int frame = 0; frame < layout.frames; frame++) {
                actions.add(new SpaceAction.Fill(core, thread, page, frame));
                actions.add(new SpaceAction.Copy(core, thread, page, frame));
            }
        }
    }

    private void addJobs(int core, int thread) {
        for (int page = 0; page < layout.pages; page++) {
            actions.add(new SpaceAction.Clear(core, thread, page));
            actions.add(new SpaceAction.Tighten(core, thread, page));
            actions.add(new SpaceAction.Share(core, thread, page));
        }
        for (int frame = 0; frame < layout.frames; frame++) {
            actions.add(new SpaceAction.FreeFrame(core, thread, frame));
        }
        actions.add(new SpaceAction.Shoot(core, thread));
        actions.add(new SpaceAction.Finish(core, thread));
    }

    @Override
    public List<SpaceState> initialStates() {
        SpaceState state = new SpaceState(layout, new long[layout.size], 0);
        state.reset(NONE, NONE);
        return List.of(state);
    }

    @Override
    public List<Action> actions() {
        return actions;
    }

    @Override
    public boolean step(SpaceState s, Action action, Guard g) {
        return transitions.step(s, (SpaceAction) action, g);
    }

    @Override
    public List<Invariant<SpaceState>> invariants() {
        return invariants.all();
    }

    @Override
    public Names names() {
        return names;
    }
}
