package norma.model.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.IntUnaryOperator;
import norma.model.Elements;
import norma.model.Guard;
import norma.model.Observation;
import norma.model.ipc.IpcLayout;
import norma.model.ipc.IpcState;
import norma.model.ipc.ResultCode;
import org.junit.jupiter.api.Test;

/**
 * Observers make a state what they are told, and tell each variable in which it was otherwise:
 * tried with pairs of states of a machine, all of one told to the other.
 */
class ObserverTest {
    private static final KernelConstants CONSTANTS =
            new KernelConstants(3, 6, 2, 2, 2, 3, 4, 4, true, 2, false, false, false, 1);
    private static final KernelModel MODEL = new KernelModel(CONSTANTS);
    private static final int STEPS = 30_000;
    private static final int PAIRS = 12_000;

    private static List<KernelState> walk() {
        // Without address spaces: this machine has none.
        List<List<KernelAction>> byKind =
                Walks.byKind(
                        MODEL.actions().stream()
                                .filter(a -> a instanceof KernelAction.OtherStep)
                                .toList());
        Random random = new Random(3);
        KernelState state = MODEL.initial();
        Guard guard = new Guard();
        List<KernelState> states = new ArrayList<>();
        while (states.size() < STEPS) {
            guard.begin();
            if (MODEL.step(state, Walks.choose(byKind, random), guard)) {
                states.add(state.copy());
                state = states.size() % Walks.LENGTH == 0 ? MODEL.initial() : state;
            }
        }
        return states;
    }

    @Test
    void aStateIsMadeWhatIsSeen() {
        List<KernelState> states = walk();
        Random random = new Random(4);
        TreeSet<String> told = new TreeSet<>();
        for (int i = 0; i < PAIRS; i++) {
            int at = random.nextInt(states.size() - 20);
            KernelState to = states.get(at);
            KernelState from =
                    states.get(i % 2 == 0 ? at + random.nextInt(4) : random.nextInt(states.size()));
            if (indistinct(from, to)) {
                continue;
            }
            Observation seen = new Observation();
            KernelState state = from.copy();
            tell(to, state, seen, true);
            assertEquals(Elements.of(to, MODEL.names()), Elements.of(state, MODEL.names()));
            assertEquals(to, state);
            assertTrue(unseen(from, to) || (seen.count() == 0) == from.equals(to));
            seen.differences().forEach(line -> told.add(line.substring(0, line.indexOf('['))));
            Observation again = new Observation();
            tell(to, state, again, false);
            assertEquals(List.of(), again.differences());
        }
        assertEquals(
                "[alive, asleep, att, base, chan, cur, don, eff, gen, home, idle, inc, ipc, ipi,"
                        + " kick, level, mode, msg, own, queue, receivers, res, rq, srv, st, timed,"
                        + " view, waiters, wake]",
                told.toString());
    }

    /** What is told names variable, object, and both values. */
    @Test
    void aDifferenceNamesBothValues() {
        KernelState state = MODEL.initial();
        Observation seen = new Observation();
        KernelObserver observer = MODEL.observer(state, seen);
        observer.asleep(2, true);
        observer.sched().thread(1, 0, 2, 0, 0, 0);
        observer.sched().core(0, true, 0, new int[0], 0);
        observer.sched().ipi(1, true);
        observer.ipc().phase(1, false, IpcState.DONE);
        observer.ipc().queue(0, new int[] {2, 1}, 2);
        observer.ipc().server(1, !state.ipc().live(1), state.ipc().inc(1));
        observer.ipc().result(1, ResultCode.MESSAGE, 2, 1, 77);
        String all = String.join("\n", seen.differences());
        for (String line :
                List.of(
                        "alive[1]: the model true, seen false",
                        "asleep[2]: the model false, seen true",
                        "gen[1]: the model 0, seen 2",
                        "idle[0]: the model false, seen true",
                        "ipi[1]: the model false, seen true",
                        "ipc[1]: the model idle, seen done",
                        "queue[0]: the model [], seen [2, 1]",
                        "res[1]: the model NONE/0/0, seen MESSAGE/2/77")) {
            assertTrue(all.contains(line), () -> line + "\n" + all);
        }
    }

    /** A machine may owe an IPI that the model does not ask for, but not the other way round. */
    @Test
    void aKickMayBeAHint() {
        KernelState state = MODEL.initial();
        Observation seen = new Observation();
        MODEL.observer(state, seen).sched().context(0, 0, 0, new int[0], 0, 0b110, false);
        assertEquals(List.of(), seen.differences());
        assertFalse(state.sched().owesKick(0, 1));
        MODEL.observer(state, seen).sched().context(0, 0, 0, new int[0], 0, 0b010, true);
        assertTrue(state.sched().owesKick(0, 1));
        assertFalse(state.sched().owesKick(0, 2));
        MODEL.observer(state, seen).sched().context(0, 0, 0, new int[0], 0, 0b100, false);
        assertEquals(List.of("kick[0][1]: the model owed, seen not owed"), seen.differences());
        assertFalse(state.sched().owesKick(0, 1));
    }

    /** The machine cannot tell an answer whose word is 0 from a plain "ok". */
    @Test
    void anOkMayBeAnAnswer() {
        KernelState state = MODEL.initial();
        Observation seen = new Observation();
        KernelObserver observer = MODEL.observer(state, seen);
        observer.ipc().result(1, ResultCode.OK, 0, 0, 0);
        seen.begin();
        observer.ipc().result(1, ResultCode.ANSWER, 0, 0, 0);
        assertEquals(0, seen.count());
        assertEquals(ResultCode.OK, state.ipc().resultCode(1));
        observer.ipc().result(1, ResultCode.ANSWER, 0, 0, 5);
        assertEquals(List.of("res[1]: the model OK/0/0, seen OK/0/5"), seen.differences());
    }

    /** How far a call has come is told by its tag, or by the list that it waits in. */
    @Test
    void channelsTellThePhasesOfCalls() {
        KernelState state = MODEL.initial();
        Observation seen = new Observation();
        KernelObserver observer = MODEL.observer(state, seen);
        observer.ipc().tag(1, 1, 2, true);
        assertEquals(IpcState.SERVED, state.ipc().ipc(2));
        assertEquals(
                List.of(
                        "own[1][1]: the model -1, seen 2",
                        "view[3]: the model -1, seen 2",
                        "ipc[2]: the model idle, seen served"),
                seen.differences());
        seen.begin();
        observer.ipc().waiters(0, new int[] {2}, 1);
        assertEquals(IpcState.TAG_WAIT, state.ipc().ipc(2));
        assertEquals(2, seen.count());
        observer.ipc().queue(1, new int[] {1}, 1);
        observer.ipc().queue(0, new int[] {0, 1}, 2);
        assertEquals(1, state.ipc().queueLength(1));
        seen.begin();
        observer.ipc().queue(0, new int[] {1, 0}, 2);
        assertEquals(List.of("queue[0]: the model [0, 1], seen [1, 0]"), seen.differences());
    }

    /** Components are windows of the whole; their copies share nothing with it. */
    @Test
    void statesAreWindows() {
        KernelState state = MODEL.initial();
        IpcState copy = state.ipc().copy();
        assertEquals(state.ipc(), copy);
        MODEL.observer(state, new Observation()).ipc().phase(1, false, IpcState.DONE);
        assertNotEquals(state.ipc(), copy);
        assertFalse(state.equals((Object) "no state"));
        assertFalse(state.equals(copy));
        IpcLayout layout = new IpcLayout(2, 1, 1, 2);
        int size = layout.size();
        assertEquals(size, new IpcState(layout, new long[size + 1], 1).size());
        for (int base : new int[] {-1, 1, 2}) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new IpcState(layout, new long[size], base));
        }
    }

    /** Only the first differences are kept, but all are counted. */
    @Test
    void differencesAreCounted() {
        Observation seen = new Observation();
        for (int i = 0; i < 25; i++) {
            assertTrue(seen.differs("x", i, 1, 2));
            assertFalse(seen.differs("x", i, 1, 1));
        }
        assertEquals(25, seen.count());
        assertEquals(20, seen.differences().size());
        assertEquals("x[0]: the model 1, seen 2", seen.differences().get(0));
        seen.begin();
        assertEquals(0, seen.count());
        assertEquals(List.of(), seen.differences());
    }

    /** Only what the machine's objects do not show is different. */
    private static boolean indistinct(KernelState from, KernelState to) {
        for (int t = 0; t < CONSTANTS.threads(); t++) {
            if (from.ipc().resultCode(t) == ResultCode.OK
                    && to.ipc().resultCode(t) == ResultCode.ANSWER) {
                return true;
            }
        }
        return false;
    }

    /** Kicks that only the second owes are no difference: the model may know of less. */
    private static boolean unseen(KernelState from, KernelState to) {
        for (int c = 0; c < CONSTANTS.cores(); c++) {
            for (int other = 0; other < CONSTANTS.cores(); other++) {
                if (to.sched().owesKick(c, other) && !from.sched().owesKick(c, other)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static void tell(KernelState to, KernelState state, Observation seen, boolean unknown) {
        KernelObserver observer = MODEL.observer(state, seen);
        IpcState ipc = to.ipc();
        for (int t = 0; t < CONSTANTS.threads(); t++) {
            observer.sched()
                    .thread(
                            t,
                            to.sched().st(t),
                            to.sched().gen(t),
                            to.sched().basePriority(t),
                            to.sched().eff(t),
                            to.sched().home(t));
            observer.asleep(t, to.asleep(t));
            boolean calling = ipc.calling(t);
            observer.ipc().phase(t, calling, calling ? IpcState.TAG_WAIT : ipc.ipc(t));
            observer.ipc().call(t, ipc.chan(t), ipc.msg(t), ipc.don(t), ipc.timed(t));
            observer.ipc().serves(t, ipc.srv(t), ipc.att(t));
            observer.ipc()
                    .result(
                            t,
                            ipc.resultCode(t),
                            ipc.resultTag(t),
                            ipc.resultCaller(t),
                            ipc.resultWord(t));
        }
        for (int h = 0; h < CONSTANTS.channels(); h++) {
            int channel = h;
            observer.ipc().server(h, ipc.live(h), ipc.inc(h));
            for (int tag = 0; tag < CONSTANTS.tags(); tag++) {
                int owner = ipc.own(h, tag);
                boolean received = owner >= 0 && ipc.ipc(owner) == IpcState.SERVED;
                observer.ipc().tag(h, tag, owner, received || owner == IpcState.ORPHAN);
            }
            int queued = ipc.queueLength(h);
            observer.ipc().queue(h, list(queued, i -> ipc.queued(channel, i)), queued);
            int waiters = ipc.waiterCount(h);
            observer.ipc().waiters(h, list(waiters, i -> ipc.waiter(channel, i)), waiters);
            int receivers = ipc.receiverCount(h);
            observer.ipc().receivers(h, list(receivers, i -> ipc.receiver(channel, i)), receivers);
        }
        for (int c = 0; c < CONSTANTS.cores(); c++) {
            core(observer, to, c, unknown);
        }
    }

    private static void core(KernelObserver observer, KernelState to, int c, boolean unknown) {
        int ready = to.sched().readyCount(c);
        observer.sched()
                .core(
                        c,
                        to.sched().idle(c),
                        to.sched().level(c),
                        list(ready, i -> to.sched().ready(c, i)),
                        ready);
        observer.sched().ipi(c, to.sched().ipi(c));
        long kicks = 0;
        for (int other = 0; other < CONSTANTS.cores(); other++) {
            kicks |= to.sched().owesKick(c, other) ? 1L << other : 0;
        }
        int woken = to.sched().wokenCount(c);
        observer.sched()
                .context(
                        c,
                        to.sched().mode(c),
                        to.sched().cur(c),
                        list(woken, i -> to.sched().woken(c, i)),
                        woken,
                        kicks,
                        unknown);
    }

    private static int[] list(int count, IntUnaryOperator element) {
        int[] list = new int[count];
        for (int i = 0; i < count; i++) {
            list[i] = element.applyAsInt(i);
        }
        return list;
    }
}
