package norma.model.supervise;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import norma.model.Action;
import norma.model.Guard;
import norma.model.Invariant;
import norma.model.Model;
import norma.model.Names;

/** The stand-alone machine of {@code Supervision.tla}: processes die, and hang, as they like. */
public final class SupModel implements Model<SupState> {
    private final SupLayout layout;
    private final SupTransitions transitions;
    private final SupInvariants invariants;
    private final Names names;
    private final List<Action> actions = new ArrayList<>();

    /**
     * Constants of a machine.
     *
     * @param cores number of cores
     * @param helpers helpers that make processes
     * @param services slots of the table
     * @param graph who may need whom: 0 nobody anybody, 1 each its predecessor, 2 all the first, 3
     *     anybody whoever has a lower number
     * @param controls what the operator may ask for beside start: bit 0 stop, bit 1 restart, bit 2
     *     reset
     * @param budget restarts in a window
     * @param maxDelay exponent of the longest back-off
     * @param parts in how many steps what a process has is taken back
     */
    public record Constants(
            int cores,
            int helpers,
            int services,
            int graph,
            int controls,
            int budget,
            int maxDelay,
            int parts) {
        private static final int APART = 0;
        private static final int CHAIN = 1;
        private static final int STAR = 2;

        boolean mayStop() {
            return (controls & 1) != 0;
        }

        boolean mayRestart() {
            return (controls & 2) != 0;
        }

        boolean mayReset() {
            return (controls & 4) != 0;
        }

        /** Whether a service may be registered to need a set of services, a bit each. */
        boolean wanted(int service, int needs) {
            return switch (service == 0 ? APART : graph) {
                case APART -> needs == 0;
                case CHAIN -> needs == 1 << service - 1;
                case STAR -> needs == 1;
                default -> needs < 1 << service;
            };
        }
    }

    /** The machine with the given constants. */
    public SupModel(Constants constants) {
        layout = new SupLayout(constants);
        transitions = new SupTransitions(layout, constants);
        invariants = new SupInvariants(layout, constants);
        String[] sets = new String[1 << layout.services];
        Arrays.setAll(sets, SupModel::spelled);
        names =
                new Names()
                        .prefixed("core", "c", layout.cores)
                        .prefixed("helper", "h", layout.helpers)
                        .integers("service", 1, layout.services)
                        .listed("needs", sets);
        for (int service = 0; service < layout.services; service++) {
            addService(service, sets.length);
            for (int helper = 0; helper < layout.helpers; helper++) {
                actions.add(new SupAction.Launch(helper, service));
            }
            for (int core = 0; core < layout.cores; core++) {
                actions.add(new SupAction.AnswerProbe(core, service));
                actions.add(new SupAction.Crash(core, service));
            }
        }
        for (int helper = 0; helper < layout.helpers; helper++) {
            actions.add(new SupAction.Made(helper));
            actions.add(new SupAction.MakeFails(helper));
            actions.add(new SupAction.HelperDies(helper));
            actions.add(new SupAction.HelperBack(helper));
        }
        for (int core = 0; core < layout.cores; core++) {
            actions.add(new SupAction.TakeAnswer(core));
            actions.add(new SupAction.TakeDeath(core));
        }
    }

    private static String spelled(int set) {
        return IntStream.range(0, Integer.SIZE - Integer.numberOfLeadingZeros(set))
                .filter(service -> (set >> service & 1) != 0)
                .mapToObj(service -> Integer.toString(service + 1))
                .collect(Collectors.joining(",", "{", "}"));
    }

    private void addService(int service, int sets) {
        for (int needs = 0; needs < sets; needs++) {
            actions.add(new SupAction.Register(service, needs));
        }
        actions.add(new SupAction.Unregister(service));
        actions.add(new SupAction.StartService(service));
        actions.add(new SupAction.StopService(service));
        actions.add(new SupAction.RestartService(service));
        actions.add(new SupAction.ResetService(service));
        actions.add(new SupAction.Probe(service));
        actions.add(new SupAction.Calm(service));
        actions.add(new SupAction.Forgive(service));
        actions.add(new SupAction.Hang(service));
        actions.add(new SupAction.Cascade(service));
        actions.add(new SupAction.Withdraw(service));
        actions.add(new SupAction.GiveBack(service));
        actions.add(new SupAction.Expire(service));
        actions.add(new SupAction.Bury(service));
        actions.add(new SupAction.GiveUp(service));
    }

    @Override
    public List<SupState> initialStates() {
        return List.of(new SupState(layout));
    }

    @Override
    public List<Action> actions() {
        return actions;
    }

    @Override
    public boolean step(SupState s, Action action, Guard g) {
        return transitions.step(s, (SupAction) action, g);
    }

    @Override
    public List<Invariant<SupState>> invariants() {
        return invariants.all();
    }

    @Override
    public Names names() {
        return names;
    }
}
