package norma.model.cap;

import static norma.model.State.NONE;
import static norma.model.cap.CapState.CLOSED;
import static norma.model.cap.CapState.DYING;
import static norma.model.cap.CapState.FREE;
import static norma.model.cap.CapState.LIVE;
import static norma.model.cap.CapState.REVOKED;

import norma.model.Guard;

/** The transition function of {@code Capability.tla}. */
final class CapTransitions {
    private final CapLayout at;

    CapTransitions(CapLayout layout) {
        at = layout;
    }

    boolean step(CapState s, CapAction action, Guard g) {
        return switch (action) {
            case CapAction.StartProcess a -> startProcess(s, a.thread(), a.process(), g);
            case CapAction.JoinProcess a -> joinProcess(s, a.thread(), a.process(), g);
            case CapAction.LeaveProcess a -> leaveProcess(s, a.thread(), g);
            case CapAction.EndProcess a -> endProcess(s, a.thread(), g);
            case CapAction.FreeProcess a -> freeProcess(s, a.thread(), g);
            case CapAction.NewObject a -> newObject(s, a, g);
            case CapAction.Derive a -> derive(s, a, g);
            case CapAction.GrantHandle a -> grantHandle(s, a, g);
            case CapAction.Close a -> close(s, a, g);
            case CapAction.Drain a -> drain(s, a.thread(), a.slot(), g);
            case CapAction.Revoke a -> revoke(s, a, g);
            case CapAction.Adopt a -> adopt(s, a, g);
            case CapAction.Reclaim a -> reclaim(s, a, g);
            case CapAction.Bury a -> bury(s, a.thread(), g);
            case CapAction.Lookup a -> lookup(s, a, g);
            case CapAction.Use a -> use(s, a.thread(), g);
            case CapAction.EndUse a -> endUse(s, a.thread(), g);
        };
    }

    // --- processes and threads

    private static boolean startProcess(CapState s, int thread, int process, Guard g) {
        if (!(g.holds("Alone", s.process(thread) == NONE)
                && g.holds("Free", s.table(process) == FREE))) {
            return false;
        }
        s.process(thread, process);
        s.table(process, LIVE);
        return true;
    }

    private static boolean joinProcess(CapState s, int thread, int process, Guard g) {
        if (!(g.holds("Alone", s.process(thread) == NONE)
                && g.holds("Live", s.table(process) == LIVE))) {
            return false;
        }
        s.process(thread, process);
        return true;
    }

    private static boolean leaveProcess(CapState s, int thread, Guard g) {
        if (!(acts(s, thread, g) && g.holds("NotLast", s.members(s.process(thread)) > 1))) {
            return false;
        }
        s.process(thread, NONE);
        return true;
    }

    private static boolean endProcess(CapState s, int thread, Guard g) {
        if (!(acts(s, thread, g) && g.holds("Last", s.members(s.process(thread)) == 1))) {
            return false;
        }
        s.table(s.process(thread), DYING);
        return true;
    }

    private boolean freeProcess(CapState s, int thread, Guard g) {
        if (!(ends(s, thread, g) && g.holds("Empty", empty(s, s.process(thread))))) {
            return false;
        }
        s.table(s.process(thread), FREE);
        s.process(thread, NONE);
        return true;
    }

    private boolean empty(CapState s, int process) {
        for (int slot = 0; slot < at.slots; slot++) {
            if (s.slot(at.handle(process, slot)) != FREE) {
                return false;
            }
        }
        return true;
    }

    // --- handles come

    private boolean newObject(CapState s, CapAction.NewObject a, Guard g) {
        if (!(acts(s, a.thread(), g)
                && g.holds("NoSuchObject", s.count(a.object()) == 0)
                && lowest(s, s.process(a.thread()), a.into(), g))) {
            return false;
        }
        int handle = at.handle(s.process(a.thread()), a.into());
        s.put(handle, a.object(), at.allRights(), NONE, NONE);
        return true;
    }

    private boolean derive(CapState s, CapAction.Derive a, Guard g) {
        if (!(acts(s, a.thread(), g)
                && valid(s, a.thread(), a.slot(), a.serial(), g)
                && lowest(s, s.process(a.thread()), a.into(), g))) {
            return false;
        }
        int from = at.handle(s.process(a.thread()), a.slot());
        if (!(g.holds("NotTooDeep", depth(s, from) < at.maxDepth)
                && g.holds("NoMoreRights", (a.rights() & ~s.rights(from)) == 0)
                && g.holds("BadgeKept", s.badge(from) == NONE || a.badge() == s.badge(from)))) {
            return false;
        }
        int handle = at.handle(s.process(a.thread()), a.into());
        s.put(handle, s.object(from), a.rights(), a.badge(), from);
        return true;
    }

    private boolean grantHandle(CapState s, CapAction.GrantHandle a, Guard g) {
        if (!(acts(s, a.thread(), g)
                && valid(s, a.thread(), a.slot(), a.serial(), g)
                && g.holds("OtherProcess", a.receiver() != s.process(a.thread()))
                && g.holds("Live", s.table(a.receiver()) == LIVE)
                && lowest(s, a.receiver(), a.into(), g))) {
            return false;
        }
        int from = at.handle(s.process(a.thread()), a.slot());
        if (!g.holds("NotTooDeep", depth(s, from) < at.maxDepth)) {
            return false;
        }
        int handle = at.handle(a.receiver(), a.into());
        s.put(handle, s.object(from), s.rights(from), s.badge(from), from);
        return true;
    }

    // --- handles go

    private boolean close(CapState s, CapAction.Close a, Guard g) {
        if (!acts(s, a.thread(), g)) {
            return false;
        }
        int handle = at.handle(s.process(a.thread()), a.slot());
        if (!(g.holds("Handle", s.slot(handle) == LIVE)
                && g.holds("Serial", s.serial(handle) == a.serial()))) {
            return false;
        }
        drop(s, a.thread(), handle);
        return true;
    }

    private boolean drain(CapState s, int thread, int slot, Guard g) {
        if (!ends(s, thread, g)) {
            return false;
        }
        int handle = at.handle(s.process(thread), slot);
        if (!g.holds("Handle", s.slot(handle) == LIVE)) {
            return false;
        }
        drop(s, thread, handle);
        return true;
    }

    private static void drop(CapState s, int thread, int handle) {
        if (s.hasChildren(handle)) {
            s.slot(handle, CLOSED);
            s.work(thread, handle);
        } else {
            s.free(handle);
        }
    }

    private boolean revoke(CapState s, CapAction.Revoke a, Guard g) {
        if (!(acts(s, a.thread(), g) && valid(s, a.thread(), a.slot(), a.serial(), g))) {
            return false;
        }
        int handle = at.handle(s.process(a.thread()), a.slot());
        if (!s.hasChildren(handle)) {
            s.free(handle);
            return true;
        }
        for (int below = 0; below < at.handles; below++) {
            if (s.isInLine(below, handle)) {
                s.doom(below);
            }
        }
        s.slot(handle, REVOKED);
        s.work(a.thread(), handle);
        return true;
    }

    private boolean adopt(CapState s, CapAction.Adopt a, Guard g) {
        int closed = s.work(a.thread());
        int child = at.handle(a.process(), a.place());
        if (!(g.holds("Works", closed != NONE)
                && g.holds("Closed", s.slot(closed) == CLOSED)
                && g.holds("Child", s.parent(child) == closed))) {
            return false;
        }
        int heir = s.parent(closed);
        while (heir != NONE && s.slot(heir) == CLOSED) {
            heir = s.parent(heir);
        }
        s.parent(child, heir);
        return true;
    }

    private boolean reclaim(CapState s, CapAction.Reclaim a, Guard g) {
        int revoked = s.work(a.thread());
        int handle = at.handle(a.process(), a.place());
        if (!(g.holds("Works", revoked != NONE)
                && g.holds("Revoked", s.slot(revoked) == REVOKED)
                && g.holds("Below", handle != revoked && s.isInLine(handle, revoked))
                && g.holds("NoChildren", !s.hasChildren(handle)))) {
            return false;
        }
        s.free(handle);
        for (int thread = 0; thread < at.threads; thread++) {
            if (s.work(thread) == handle) {
                s.work(thread, NONE);
            }
        }
        return true;
    }

    private static boolean bury(CapState s, int thread, Guard g) {
        int handle = s.work(thread);
        if (!(g.holds("Works", handle != NONE) && g.holds("NoChildren", !s.hasChildren(handle)))) {
            return false;
        }
        s.free(handle);
        s.work(thread, NONE);
        return true;
    }

    // --- uses

    private boolean lookup(CapState s, CapAction.Lookup a, Guard g) {
        if (!(acts(s, a.thread(), g) && valid(s, a.thread(), a.slot(), a.serial(), g))) {
            return false;
        }
        int handle = at.handle(s.process(a.thread()), a.slot());
        if (!g.holds("Allowed", (s.rights(handle) >> a.right() & 1) != 0)) {
            return false;
        }
        s.use(a.thread(), handle, a.right());
        return true;
    }

    private boolean use(CapState s, int thread, Guard g) {
        if (!(g.holds("Uses", s.useOf(thread) != NONE)
                && g.holds("NotDone", !s.useDone(thread))
                && valid(s, thread, s.useOf(thread), s.useSerial(thread), g))) {
            return false;
        }
        s.doUse(thread);
        return true;
    }

    private static boolean endUse(CapState s, int thread, Guard g) {
        if (!g.holds("Uses", s.useOf(thread) != NONE)) {
            return false;
        }
        s.endUse(thread);
        return true;
    }

    // --- guards

    /** Whether a thread may begin something. */
    private static boolean acts(CapState s, int thread, Guard g) {
        int process = s.process(thread);
        return g.holds("Member", process != NONE)
                && g.holds("Live", s.table(process) == LIVE)
                && g.holds("NoWork", s.work(thread) == NONE)
                && g.holds("NoUse", s.useOf(thread) == NONE);
    }

    /** Whether a thread ends its process, and has not to do away with a handle of it. */
    private static boolean ends(CapState s, int thread, Guard g) {
        int process = s.process(thread);
        return g.holds("Member", process != NONE)
                && g.holds("Dying", s.table(process) == DYING)
                && g.holds("NoWork", s.work(thread) == NONE);
    }

    private boolean valid(CapState s, int thread, int slot, int serial, Guard g) {
        int handle = at.handle(s.process(thread), slot);
        return g.holds("Serial", s.serial(handle) == serial) && g.holds("Usable", s.usable(handle));
    }

    /** Whether a slot is the lowest place for a handle in a process's table. */
    private boolean lowest(CapState s, int process, int slot, Guard g) {
        boolean lower = false;
        for (int other = 0; other < slot; other++) {
            lower |= hasRoom(s, at.handle(process, other));
        }
        return g.holds("Room", hasRoom(s, at.handle(process, slot))) && g.holds("Lowest", !lower);
    }

    private boolean hasRoom(CapState s, int handle) {
        return s.slot(handle) == FREE && s.serial(handle) < at.lives;
    }

    private static int depth(CapState s, int handle) {
        int depth = 0;
        for (int up = s.parent(handle); up != NONE; up = s.parent(up)) {
            depth++;
        }
        return depth;
    }
}
