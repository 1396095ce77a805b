package norma.conformance.tour;

import java.util.ArrayList;
import java.util.List;

/**
 * What one stay in the kernel may change on one core, as far as objects are concerned that change
 * twice at most: the first thread, the core, channels, and threads that have not run. Everybody
 * else changes more often, and is nobody here.
 *
 * <p>An event is the objects that it touches, in the order of {@code Checkpoint.before}: {@code T}
 * the first thread, {@code K} the core, {@code h} and {@code g} channels, {@code p} and {@code q}
 * threads that have not run; {@code R} is the request. A bar stands where the sweep makes its
 * visit: behind what the kernel was entered for, before {@code Scheduler.leave}.
 */
final class KernelStays {
    static final char CORE = 'K';
    static final char FIRST = 'T';

    /** Pairs of kinds. Of two channels, or of two threads, h and p are visited first. */
    static final List<String> KINDS =
            List.of(
                    "TK", "KT", "Th", "hT", "Tp", "pT", "Kh", "hK", "Kp", "pK", "hg", "gh", "hp",
                    "ph", "pq", "qp");

    /** The first thread is ready, and others run. */
    static final char READY = 'y';

    /** Whatever it does: it is not looked at. */
    private static final char GENERAL = 'g';

    /**
     * What the first thread does: runs alone (r), runs beside others (s), is ready while others run
     * (y), sleeps (b), calls with a time-out (c), or has ended (e), nobody else being there.
     */
    static final String STATUSES = "rsybceg";

    private static final String ORDER = "hgTpqK";
    private static final String VISIT = "|";
    private static final String ASKS = "R";

    private final List<Stay> all = new ArrayList<>();

    /**
     * A stay in the kernel.
     *
     * @param from status of the first thread before
     * @param woken from waiting for an interrupt, not from user mode
     * @param events what happens, with the visit
     * @param halts waits for an interrupt afterwards
     * @param to status afterwards
     * @param expires the deadlines of two calls end: the second changes of two channels
     */
    record Stay(
            char from,
            boolean woken,
            List<String> events,
            boolean halts,
            char to,
            boolean expires) {
        /** Place of the visit. */
        int visit() {
            return events.indexOf(VISIT);
        }

        /** Place of the next event that objects of these kinds can see; or how many there are. */
        int next(int place, String kinds) {
            int next = place;
            while (next < events.size()
                    && !events.get(next).equals(ASKS)
                    && seen(next, kinds).isEmpty()) {
                next++;
            }
            return next;
        }

        private String seen(int place, String kinds) {
            StringBuilder seen = new StringBuilder();
            events.get(place)
                    .chars()
                    .filter(kind -> kinds.indexOf(kind) >= 0)
                    .forEach(kind -> seen.append((char) kind));
            return seen.toString();
        }

        /** Does the event there touch these two, in this order? */
        boolean is(int place, String kinds, int first, int second) {
            String both = first == second ? "" : kinds.substring(second, second + 1);
            return place < events.size()
                    && !asks(place)
                    && seen(place, kinds).equals(kinds.charAt(first) + both);
        }

        /** Is it the request that comes there? */
        boolean asks(int place) {
            return place < events.size() && events.get(place).equals(ASKS);
        }
    }

    KernelStays() {
        alone();
        besideOthers();
        general();
    }

    List<Stay> all() {
        return all;
    }

    /** Status in which objects of these kinds begin. */
    static char begins(String kinds) {
        return kinds.indexOf(FIRST) >= 0 || kinds.indexOf(CORE) >= 0 ? 'r' : GENERAL;
    }

    /** May a core that waits find that all threads have ended? */
    static boolean mayEnd(char status) {
        return status == 'e' || status == GENERAL;
    }

    /** Place in the order of the sweep (Checkpoints.visit). */
    static int rank(char kind) {
        return ORDER.indexOf(kind);
    }

    private void add(char from, String events, boolean halts, char to) {
        boolean woken = from == 'b' || from == 'c';
        all.add(new Stay(from, woken, List.of(events.split(" ")), halts, to, false));
    }

    /** The first thread is alone, from boot on. */
    private void alone() {
        add('r', "| KT", false, 'r'); // Timers.tick
        add('r', "T | KT", false, 'r'); // SystemCalls.refuse; Ipc.cancel, Server.restart of others
        add('r', "Tp | KT", false, 'r'); // Ipc.cancel
        add('r', "Th | KT", false, 'r'); // Server.restart
        add('r', "T R | KT", false, 'r'); // SystemCalls.record
        add('r', "KT | KT", false, 'r'); // Scheduler.yield, dispatch
        add('r', "T | K", true, 'b'); // Timers.sleep, Ipc.call; Scheduler.idle
        add('r', "Th | K", true, 'c'); // Ipc.call
        add('r', "T | K", true, 'e'); // Server.exit
        add('r', "T T | K", true, 'e'); // KernelEntry.fault, Server.exit
        for (String slot : List.of("", "p")) {
            for (String channel : List.of("", "h")) {
                String spawn = "T" + slot + channel + " | " + slot + "K KT"; // Server.spawn
                add('r', spawn, false, 's'); // Scheduler.enqueue, resumeOrPreempt
                add('r', spawn + " K" + slot, false, READY); // Scheduler.dispatch
            }
        }
        add('b', "T | TK KT", false, 'r'); // Timers.wake, Scheduler.enqueue, dispatch
        add('c', "Th | TK KT", false, 'r'); // Ipc.timeOut
    }

    /** There are others: each stay that the first thread, or the core, sees is one too many. */
    private void besideOthers() {
        for (String call : List.of("| KT", "T | K", "Tp | K", "Th | K", "T R | K", "KT | K")) {
            add('s', call, false, 's'); // As above.
        }
        for (String call :
                List.of("| K", "p | K", "h | K", "R | K", "p | pK K", "p p | pK K", "ph | pK K")) {
            add(READY, call, false, READY);
        }
    }

    /** Neither the first thread nor the core is looked at. */
    private void general() {
        for (boolean woken : new boolean[] {false, true}) {
            // Ticks, calls of others, whatever they do; exits and calls may leave nobody to run.
            general(woken, "|", false);
            general(woken, "|", true);
            for (String channel : List.of("h |", "g |")) {
                general(woken, channel, false); // Server.restart, failCall, Ipc.timeOut
            }
            for (String both : List.of("h g |", "g h |")) {
                // Timers.expire: deadlines of two calls.
                List<String> events = List.of(both.split(" "));
                all.add(new Stay(GENERAL, woken, events, false, GENERAL, true));
            }
        }
        general(false, "h |", true); // Ipc.call, receive, Server.die
        general(false, "g |", true);
        general(false, "R |", false); // SystemCalls.record
        for (String call :
                List.of("p |", "q |", "p | p", "q | q", "ph | p", "p p | p", "q q | q")) {
            // Ipc.cancel, Server.spawn, Settlement.inherit, Scheduler.enqueue
            general(false, call, false);
        }
    }

    private void general(boolean woken, String events, boolean halts) {
        all.add(new Stay(GENERAL, woken, List.of(events.split(" ")), halts, GENERAL, false));
    }
}
