package norma.conformance.tour;

import static norma.model.State.NONE;

import java.util.List;
import java.util.Map;
import java.util.Random;
import norma.conformance.scenario.Script;
import norma.conformance.scenario.Scripts;
import norma.conformance.tour.Moves.Move;
import norma.model.kernel.KernelAction;
import norma.model.kernel.KernelConstants;
import norma.model.kernel.KernelState;

/**
 * Legs as a script. Time is only estimated: an operation takes at most {@code operation}, so a
 * sleeper that a leg does not wake sleeps longer than the leg, and one that it wakes sleeps as long
 * as the operations in between may take; who waits for that spins.
 */
final class TourScript {
    /** Of a thread that is to sleep beyond its leg. */
    private static final long BEYOND = 100_000;

    /** A round of a spin takes at least so many ns. */
    private static final long ROUND = 6;

    /** What the conductor does around a leg, in calls of one thread. */
    private static final int AROUND = 40;

    /**
     * The interrupt that wakes nobody is planned so much later, for what is done before the leg.
     */
    private static final long BEFORE = 40_000;

    private static final long STEADY_SLICE = 1_000_000_000;
    private static final long SHORT_SLICE = 14_000;

    /**
     * From a thread's dispatch to the moment when its first system call finds out whether its slice
     * is over; what each further call adds, and what more if it makes somebody ready; in ns.
     * Measured: an instruction takes 2 ns, on both architectures about as many.
     */
    private static final long FIRST_CALL = 1_750;

    private static final long FURTHER_CALL = 1_270;
    private static final long READY = 500;

    /** The moment may be missed by so much: other calls, other paths. */
    private static final long SPREAD = 400;

    /** Two deadlines of which the second is at once: the first may come from here on. */
    private static final int TOGETHER = 1_300;

    /** A call that another thread makes after this one, in ns. */
    private static final long CALL = 2_000;

    private static final int TOGETHER_SPREAD = 900;

    /** Puts back a second channel, as the first. */
    private static final String CLEAR =
            """
              cancel 6
              restart 1
              spawn 3 nobody priority 7 serves 1
              sleep 30us
              restart 1
            """;

    private final KernelConstants constants;
    private final ModelGraph<KernelState> graph;
    private final Moves.Pace pace;
    private final Random random;
    private final long slice;
    private final long operation;
    private final StringBuilder text = new StringBuilder();
    private final int odd;
    private int legs;
    private int longest;

    /**
     * An empty tour of legs that begin in even incarnations, or odd ones; what only chance can find
     * differs from seed to seed.
     */
    TourScript(
            ModelGraph<KernelState> graph,
            KernelConstants constants,
            Moves.Pace pace,
            long seed,
            int odd) {
        this.odd = odd;
        this.graph = graph;
        this.constants = constants;
        this.pace = pace;
        random = new Random(seed);
        boolean steady = pace == Moves.Pace.STEADY;
        slice = steady ? STEADY_SLICE : SHORT_SLICE;
        operation = steady ? 5_000 + random.nextInt(2_000) : 2 * SHORT_SLICE;
    }

    /** Appends a leg. */
    void add(List<Move> leg) {
        legs++;
        longest += leg.size();
        long time = BEFORE + operation * (leg.size() + 4L);
        for (int i = 0; i < leg.size(); i++) {
            if (leg.get(i).action() instanceof KernelAction.Tick && leg.get(i).thread() != NONE) {
                time += awaiting(i);
            }
        }
        text.append("leg ").append(time).append("ns ").append(waiting(leg));
        text.append(' ').append(idleTick(leg)).append('\n');
        long used = FIRST_CALL;
        for (int i = 0; i < leg.size(); i++) {
            Move move = leg.get(i);
            if (move.thread() != NONE) {
                if (move.over() && !(move.action() instanceof KernelAction.Tick)) {
                    at(move.thread(), "spin " + untilOver(used + more(move) / 2) / ROUND);
                }
                at(move.thread(), operation(leg, i, time));
            }
            boolean goesOn = graph.action(move.edges().getLast()) instanceof KernelAction.Resume;
            boolean tick = move.action() instanceof KernelAction.Tick;
            used = goesOn && !tick ? used + FURTHER_CALL + more(move) : FIRST_CALL;
        }
    }

    /** What a call takes more because of those that it makes ready. */
    private long more(Move move) {
        long time = 0;
        for (int edge : move.edges()) {
            time += graph.action(edge) instanceof KernelAction.Enqueue ? READY : 0;
        }
        return time;
    }

    /** For how long a thread spins that has used so much of its slice, which is to end. */
    private long untilOver(long used) {
        long spread = random.nextLong(SPREAD) - SPREAD / 2;
        return Math.max(0, slice - used % slice + spread);
    }

    /** For how long a thread spins until the interrupt of a leg's move has come. */
    private long awaiting(int at) {
        return pace == Moves.Pace.SLICED ? slice * 5 / 4 : (at + 2) * operation + BEFORE;
    }

    private void at(int thread, String operation) {
        text.append("at ").append(thread).append(' ').append(operation).append('\n');
    }

    /** When an interrupt is to come that wakes nobody, in ns; 0: none. */
    private long idleTick(List<Move> leg) {
        for (int i = 0; i < leg.size(); i++) {
            if (leg.get(i).idleTick() && pace == Moves.Pace.STEADY) {
                return BEFORE + operation * (i + 1);
            }
        }
        return 0;
    }

    /** The channels of which all tags but one must be taken, as a bit set. */
    private int waiting(List<Move> leg) {
        int channels = 0;
        for (Move move : leg) {
            for (int edge : move.edges()) {
                for (int channel = 0; channel < constants.channels(); channel++) {
                    if (graph.state(graph.to(edge)).ipc().waiterCount(channel) > 0) {
                        channels |= 1 << channel;
                    }
                }
            }
        }
        return channels;
    }

    private String operation(List<Move> leg, int at, long time) {
        return switch (leg.get(at).action()) {
            case KernelAction.Call a ->
                    "call "
                            + a.channel()
                            + " "
                            + a.payload()
                            + (a.timed()
                                    ? " timeout " + Math.max(1, duration(leg, at, time)) + "ns"
                                    : "");
            case KernelAction.Receive a -> "receive " + a.channel();
            case KernelAction.Reply a -> "reply " + a.channel() + " " + a.tag() + " " + a.payload();
            case KernelAction.Cancel a -> "cancel " + a.peer();
            case KernelAction.Restart a -> "restart " + a.channel();
            case KernelAction.Spawn a ->
                    "spawn "
                            + a.thread()
                            + " walker priority "
                            + a.priority()
                            + (a.channel() == NONE ? "" : " serves " + a.channel());
            case KernelAction.Exit a -> "end";
            case KernelAction.Die a -> "end";
            case KernelAction.Yield a -> "yield";
            case KernelAction.Refuse a -> "raw 0";
            case KernelAction.Fault a -> "fault";
            case KernelAction.Sleep a -> "sleep " + duration(leg, at, time) + "ns";
            case KernelAction.Tick a -> "spin " + awaiting(at) / ROUND;
            default -> throw new IllegalStateException("no thread does " + leg.get(at).action());
        };
    }

    /** Until the move that wakes this sleeper, or beyond the leg. */
    private long duration(List<Move> leg, int at, long time) {
        int sleeper = leg.get(at).thread();
        boolean ticked = false;
        for (int i = at + 1; i < leg.size(); i++) {
            Move move = leg.get(i);
            if (move.thread() == sleeper) {
                break; // It has been woken by somebody else.
            }
            if (move.woken().contains(sleeper)) {
                long until = operation * (i - at) + (ticked ? BEFORE + operation * at : 0);
                return move.woken().size() == 1 ? until : together(leg, at, i, time);
            }
            ticked |= move.idleTick();
        }
        return time + BEYOND;
    }

    /**
     * Two that one interrupt wakes: the last to fall asleep does so for no time, and the other's
     * deadline comes while the kernel is at it. How long that takes nobody knows: chance finds it.
     */
    private long together(List<Move> leg, int at, int wake, long time) {
        int last = at;
        int tick = -1;
        for (int i = at + 1; i < wake; i++) {
            last = waits(leg.get(i)) ? i : last;
            tick = leg.get(i).action() instanceof KernelAction.Tick ? i : tick;
        }
        if (last == at) {
            return 0;
        }
        if (tick < 0) {
            return TOGETHER + CALL * (last - at - 1L) + random.nextInt(TOGETHER_SPREAD);
        }
        // The other has been woken and fallen asleep again: count from that interrupt.
        int other = slept(leg, tick);
        long until = other < 0 ? 0 : duration(leg, other, time) - CALL * (at - other);
        return Math.max(0, until) + CALL * (last - tick) + random.nextInt(2 * TOGETHER_SPREAD);
    }

    /** Does the thread wait for its deadline afterwards? */
    private static boolean waits(Move move) {
        return move.action() instanceof KernelAction.Sleep
                || (move.action() instanceof KernelAction.Call call && call.timed());
    }

    /** The move by which the thread fell asleep that an interrupt wakes, or -1. */
    private static int slept(List<Move> leg, int tick) {
        for (int i = tick - 1; i >= 0; i--) {
            Move move = leg.get(i);
            if (waits(move) && leg.get(tick).woken().contains(move.thread())) {
                return i;
            }
        }
        return -1;
    }

    int legs() {
        return legs;
    }

    /** The script; with lock events, or without. */
    Script script(boolean locks) {
        int calls = Integer.highestOneBit(longest + AROUND * (legs + 1)) * 2;
        return Scripts.filled(
                "/norma/tour/tour.script",
                Map.of(
                        "PRIORITY",
                        constants.firstPriority(),
                        "OUTSIDE",
                        constants.channels(),
                        "CLEAR",
                        constants.channels() > 1 ? CLEAR : "",
                        "PARITY",
                        constants.incarnations() > 1
                                ? "  restarted r10\n  if r10 != " + odd + " goto clear"
                                : "",
                        "LOCKS",
                        locks ? "locks" : "",
                        "SLICE",
                        slice,
                        "EVENTS",
                        1 << 20,
                        "CALLS",
                        Math.max(calls, 1 << 10),
                        "TOUR",
                        text));
    }

    /** The legs as text. */
    String text() {
        return text.toString();
    }
}
