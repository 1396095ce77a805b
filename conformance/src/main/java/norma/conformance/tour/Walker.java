package norma.conformance.tour;

import static norma.model.State.NONE;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import norma.conformance.forced.Rehearsal;
import norma.conformance.forced.Rehearsal.Rehearsed;
import norma.model.kernel.KernelAction;
import norma.model.kernel.KernelConstants;
import norma.model.kernel.KernelState;
import norma.model.sched.SchedState;
import org.jspecify.annotations.Nullable;

/**
 * Rehearses ways of several cores that take every edge that is wanted: from where a way is, along
 * the shortest path of drivable edges to the nearest wanted one. What threads do, which core goes
 * on, and when time leaps is chosen; what the kernel then does is not: it may leave the path, and
 * another is looked for.
 */
final class Walker {
    /** Records that a core may make: as many as its ring and the threads' logs hold. */
    private static final int MOST = 900;

    /** From here on a way may end. */
    private static final int ENDING = 850;

    /** Steps of a core from one record to the next. */
    private static final int LONG = 5_000;

    /** An edge that could not be taken so often is given up in this way. */
    private static final int TRIES = 4;

    /** The same of one that time decides. */
    private static final int CHANCES = 12;

    /** Failures of an edge after which it is tried more seldom. */
    private static final int HOPE = 8;

    private static final int LEAPS = 4;

    /** Kinds of paths: with chancy edges or not, ending the way or not. */
    private static final int SEARCHES = 4;

    private static final int HURRY = 60;
    private static final int HURRIED = 16;

    private final Rehearsal rehearsal;
    private final ModelGraph<KernelState> graph;
    private final Ways ways;
    private final Coverage met;
    private final Follower follower;
    private final Random random;
    private final int programs;
    private final int length;
    private final int[] heard;

    /** Records that a core had made when it last hurried to look for a thread. */
    private final int[] looked;

    private final Deeds deeds;

    private final KernelState scratch;
    private @Nullable Wanted wanted;
    private final int[] failures;
    private final BitSet first;
    private final BitSet undecided;
    private final BitSet chancy;

    /** Where the way may be. */
    private BitSet pairs = new BitSet();

    /** The first thread is about to end; where a way begins it has decided that. */
    private boolean ending;

    Walker(
            Rehearsal rehearsal,
            ModelGraph<KernelState> graph,
            Ways ways,
            KernelConstants constants,
            GatedScript script,
            long seed) {
        this.rehearsal = rehearsal;
        this.graph = graph;
        this.ways = ways;
        met = new Coverage(ways.drivable(), constants, constants.threads());
        pairs = ways.beginning();
        Rehearsed begun = rehearsal.rehearsed();
        follower =
                new Follower(
                        begun.course().records(), begun.order(), constants, met, this::stepped);
        first = pairs;
        undecided = Chances.undecided(graph);
        chancy = Chances.looks(graph, constants.cores());
        random = new Random(seed);
        programs = script.programs();
        length = script.length();
        heard = new int[constants.cores()];
        looked = new int[constants.cores()];
        deeds = new Deeds(random);
        failures = new int[graph.edges()];
        scratch = graph.state(0).copy();
    }

    /** Edges that the ways so far have taken. */
    BitSet met() {
        return met.edges();
    }

    /** A way that takes wanted edges; what it takes is wanted no more. */
    Rehearsed walk(Wanted all) {
        wanted = all;
        begin();
        BitSet refused = new BitSet();
        for (int edge = 0; edge < failures.length; edge++) {
            refused.set(edge, failures[edge] >= HOPE && random.nextInt(HOPE) != 0);
        }
        int[] failed = new int[graph.edges()];
        List<Integer> path = next(all, refused);
        while (!path.isEmpty() && goesOn()) {
            int edge = path.getFirst();
            boolean before = met().get(edge);
            int from = follower.at();
            hurry(path);
            boolean done = follower.at() != from || realise(path);
            boolean taken = done && (met().get(edge) && !before || follower.at() == graph.to(edge));
            if (!done && follower.at() == from) {
                BitSet rest = ways.without(pairs, edge);
                pairs = rest.isEmpty() ? pairs : rest;
            }
            boolean chance =
                    follower.at() != from && Chances.timed((KernelAction) graph.action(edge));
            failures[edge] += taken || chance ? 0 : 1;
            if (!taken && ++failed[edge] >= (chance ? CHANCES : TRIES)) {
                refused.set(edge);
            }
            if (!done && follower.at() == from && failed[edge] > CHANCES) {
                break;
            }
            boolean on = taken && path.size() > 1 && met.last() == edge;
            path =
                    on && all.edges().get(path.getLast())
                            ? path.subList(1, path.size())
                            : next(all, refused);
        }
        return rehearsal.rehearsed();
    }

    /** A way on which chance alone decides, at every step. */
    Rehearsed stroll() {
        wanted = null;
        begin();
        while (goesOn()) {
            int core = random.nextInt(heard.length);
            if (rehearsal.user(core)) {
                int thread = rehearsal.thread(core);
                boolean ends = thread == 0 && ending;
                boolean call = ends || random.nextBoolean();
                if (call && rehearsal.place(thread) < length) {
                    ending &= thread != 0;
                    rehearsal.next(thread, deeds.of(anything(core, thread, ends), at()));
                    rehearsal.go(core);
                } else if (!rehearsal.interrupt(core, true)) {
                    pass(core);
                    rehearsal.interrupt(core, false);
                }
            } else if (rehearsal.waits(core)) {
                if (!rehearsal.interrupt(core, true) && random.nextInt(HURRIED) == 0) {
                    pass(core);
                    rehearsal.interrupt(core, false);
                }
            }
            int most = random.nextInt(HURRIED);
            for (int i = 0; i < most && kernel(core); i++) {
                rehearsal.go(core);
            }
        }
        return rehearsal.rehearsed();
    }

    private boolean kernel(int core) {
        return !rehearsal.over() && !rehearsal.user(core) && !rehearsal.waits(core);
    }

    private KernelAction anything(int core, int thread, boolean ends) {
        if (ends) {
            return new KernelAction.Exit(core);
        }
        int other = 1 - thread;
        return switch (random.nextInt(HURRIED)) {
            case 0 -> new KernelAction.Exit(core);
            case 1 -> new KernelAction.Sleep(core);
            case 2, 3 -> new KernelAction.Refuse(core);
            case 4, 5 -> new KernelAction.Cancel(core, other);
            case 6, 7 -> new KernelAction.Yield(core);
            default -> new KernelAction.Spawn(core, other, 0, NONE);
        };
    }

    private KernelState at() {
        return graph.state(follower.at());
    }

    private void stepped(int edge) {
        BitSet after = edge == ModelGraph.NONE ? new BitSet() : ways.after(pairs, edge);
        Wanted all = wanted;
        if (edge != ModelGraph.NONE && all != null) {
            all.taken(edge);
        }
        pairs = after.isEmpty() ? ways.at(follower.at()) : after;
    }

    private void begin() {
        rehearsal.begin(words -> {
            heard[(int) (words[0] >>> 8 & 0xff)]++;
            follower.take(words);
        });
        follower.begin();
        pairs = first;
        Arrays.fill(heard, 0);
        Arrays.fill(looked, NONE);
        deeds.begin();
        ending = true;
    }

    private boolean goesOn() {
        return !rehearsal.over()
                && rehearsal.wrong() == null
                && deeds.lives() < programs
                && Arrays.stream(heard).allMatch(records -> records < MOST);
    }

    /**
     * A path without chancy edges that does not end the way; one that ends it; with such edges.
     * Each kind is looked for every time: what a way meets by chance opens paths that it had not.
     */
    private List<Integer> next(Wanted all, BitSet failed) {
        List<Integer> path = List.of();
        BitSet refused = (BitSet) failed.clone();
        if (ending) {
            refused.or(undecided);
        }
        BitSet easy = (BitSet) refused.clone();
        easy.or(chancy);
        boolean ends = Arrays.stream(heard).anyMatch(records -> records >= ENDING);
        for (int search = 0; path.isEmpty() && search < SEARCHES; search++) {
            boolean lively = search % 2 == 0;
            if (!(lively && ends)) {
                path = ways.nearest(pairs, all.edges(), search < 2 ? easy : refused, lively);
            }
        }
        return path;
    }

    /** Lets a core do the first edge of a path, or something else; false if it does nothing. */
    private boolean realise(List<Integer> path) {
        KernelAction action = (KernelAction) graph.action(path.getFirst());
        int core = Steps.core(action);
        KernelState state = at();
        if (state.sched().mode(core) == SchedState.KERNEL) {
            if (action instanceof KernelAction.Preempt) {
                rehearsal.pass(GatedScript.SLICE);
            }
            return advance(core);
        }
        int before = heard[core];
        settle(core);
        if (heard[core] != before) {
            return true;
        }
        return switch (action) {
            case KernelAction.Tick tick ->
                    tick(core, wakes(path), follows(path, KernelAction.Preempt.class));
            case KernelAction.Ipi ipi -> arrives(core) && advance(core);
            default -> rehearsal.user(core) && call(core, path);
        };
    }

    /** A core that is to find nothing to do looks before another changes that; others may, too. */
    private void hurry(List<Integer> path) {
        int first = Steps.core((KernelAction) graph.action(path.getFirst()));
        for (int core = 0; core < heard.length; core++) {
            if (core == first) {
                continue;
            }
            boolean idles = false;
            boolean loads = false;
            for (int edge : path) {
                KernelAction action = (KernelAction) graph.action(edge);
                if (Steps.core(action) == core) {
                    idles = action instanceof KernelAction.Idle && edge == (int) path.getLast();
                    loads = looked[core] != heard[core] && sees(action);
                    break;
                }
            }
            int most = idles ? LONG : random.nextInt(HURRY) == 0 ? random.nextInt(HURRIED) : 0;
            if (loads && random.nextBoolean()) {
                // Far enough to have looked for a thread, not so far that it holds the space.
                looked[core] = heard[core];
                look(core, 1 + random.nextInt(2));
                most = 0;
            }
            for (int i = 0; i < most && rehearsal.goUnheard(core); i++) {
                // On and on, as long as nobody hears of it.
            }
        }
    }

    /** Is now the time to look, for a core that loads tables next? */
    private boolean sees(KernelAction action) {
        if (!(action instanceof KernelAction.Load load)) {
            return false;
        }
        return Chances.ready(at().sched(), heard.length) == (load.space() != NONE);
    }

    /** A core goes on through so many locks, up to the next. */
    private void look(int core, int locks) {
        int left = locks;
        for (int i = 0; i < LONG && (left > 0 || !rehearsal.locks(core)); i++) {
            left -= rehearsal.locks(core) ? 1 : 0;
            if (!rehearsal.goUnheard(core)) {
                return;
            }
        }
    }

    private boolean call(int core, List<Integer> path) {
        int thread = rehearsal.thread(core);
        int before = heard[core];
        while (rehearsal.pending(thread) && rehearsal.user(core)) {
            // What has waited, or a page fault has interrupted, goes on or does so again.
            if (!rehearsal.go(core) || heard[core] != before) {
                return heard[core] != before || advance(core);
            }
        }
        if (!rehearsal.user(core)) {
            return advance(core);
        }
        KernelAction action = (KernelAction) graph.action(path.getFirst());
        boolean late = late(path);
        if (rehearsal.place(thread) >= length || (thread == 0 && ending && !Deeds.ends(action))) {
            return false;
        }
        pass(late);
        ending &= thread != 0;
        boolean faults = action instanceof KernelAction.Leave && faults(path);
        rehearsal.next(thread, faults ? Deeds.fault() : deeds.of(action, at()));
        return rehearsal.go(core) && advance(core);
    }

    /** Does the path's first thread end by a fault, rather than by itself? */
    private boolean faults(List<Integer> path) {
        for (int edge : path) {
            if (graph.action(edge) instanceof KernelAction.Exit) {
                return false;
            }
            if (graph.action(edge) instanceof KernelAction.Fault) {
                return true;
            }
        }
        return random.nextBoolean() && !ending;
    }

    /** A core takes its IPI; who has sent it may still be about to raise it. */
    private boolean arrives(int core) {
        for (int i = 0; i < HURRIED; i++) {
            if (rehearsal.interrupt(core, true)) {
                return true;
            }
            for (int other = 0; other < heard.length; other++) {
                if (other != core) {
                    rehearsal.goUnheard(other);
                }
            }
        }
        return false;
    }

    /** Time passes until the core's timer is due. */
    private void pass(int core) {
        for (int i = 0; i < LEAPS && !rehearsal.due(core); i++) {
            rehearsal.leap();
        }
    }

    /** A slice is over, or a little of it: then the timer that is set may come before its end. */
    private void pass(boolean slice) {
        if (slice) {
            rehearsal.pass(GatedScript.SLICE);
        } else if (random.nextInt(LEAPS) == 0) {
            rehearsal.pass(GatedScript.SLICE / LEAPS);
        }
    }

    private boolean tick(int core, boolean wakes, boolean slice) {
        if (slice) {
            rehearsal.pass(GatedScript.SLICE);
        }
        pass(core);
        if (wakes && random.nextInt(LEAPS) == 0) {
            rehearsal.pass(Deeds.LONGEST);
        } else {
            // Deadlines one by one: of several threads that sleep not all are to be woken at once.
            for (int i = 0; wakes && i < LEAPS; i++) {
                rehearsal.leap();
            }
        }
        return rehearsal.interrupt(core, false) && advance(core);
    }

    /** Does the path's first core wake somebody next? */
    private boolean wakes(List<Integer> path) {
        return follows(path, KernelAction.Wake.class);
    }

    /** Must the thread's slice be over? If nobody knows, perhaps. */
    private boolean late(List<Integer> path) {
        return follows(path, KernelAction.Preempt.class)
                || (!follows(path, KernelAction.Resume.class) && random.nextBoolean());
    }

    /** Does the path's first core do such a thing before it leaves the kernel? */
    private boolean follows(List<Integer> path, Class<? extends KernelAction> kind) {
        int core = Steps.core((KernelAction) graph.action(path.getFirst()));
        for (int edge : path) {
            KernelAction action = (KernelAction) graph.action(edge);
            if (Steps.core(action) == core) {
                if (kind.isInstance(action)) {
                    return true;
                }
                graph.load(graph.to(edge), scratch);
                if (scratch.sched().mode(core) != SchedState.KERNEL) {
                    return false;
                }
            }
        }
        return false;
    }

    /** A core goes on until it has made a record; others help it if it waits for their locks. */
    private boolean advance(int core) {
        int before = heard[core];
        for (int i = 0; i < LONG && heard[core] == before; i++) {
            if (rehearsal.over() || rehearsal.user(core) || rehearsal.waits(core)) {
                return false;
            }
            if (!rehearsal.go(core) && !others(core)) {
                return false;
            }
        }
        return heard[core] != before;
    }

    /** A core that has left the kernel in the model's eyes goes on until it has. */
    private void settle(int core) {
        int before = heard[core];
        for (int i = 0; i < LONG && heard[core] == before; i++) {
            if (rehearsal.over() || rehearsal.user(core) || rehearsal.waits(core)) {
                return;
            }
            if (!rehearsal.go(core) && !others(core)) {
                return;
            }
        }
    }

    private boolean others(int core) {
        for (int other = 0; other < heard.length; other++) {
            if (other != core
                    && !rehearsal.user(other)
                    && !rehearsal.waits(other)
                    && rehearsal.go(other)) {
                return true;
            }
        }
        return false;
    }
}
