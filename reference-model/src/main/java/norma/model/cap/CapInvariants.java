package norma.model.cap;

import static norma.model.State.NONE;
import static norma.model.cap.CapState.CLOSED;
import static norma.model.cap.CapState.DYING;
import static norma.model.cap.CapState.FREE;
import static norma.model.cap.CapState.LIVE;
import static norma.model.cap.CapState.REVOKED;

import java.util.List;
import norma.model.Invariant;

/** The state invariants of {@code Capability.tla}. */
final class CapInvariants {
    private final CapLayout at;

    CapInvariants(CapLayout layout) {
        at = layout;
    }

    List<Invariant<CapState>> all() {
        return List.of(
                new Invariant<>("SlotsExact", "handle", this::slotsExact),
                new Invariant<>("CountExact", "object", this::countExact),
                new Invariant<>("ObjectLives", "object", this::objectLives),
                new Invariant<>("Attenuated", "handle", this::attenuated),
                new Invariant<>("ParentsThere", "handle", this::parentsThere),
                new Invariant<>("DepthBounded", "handle", this::depthBounded),
                new Invariant<>("RevokedUnusable", "handle", this::revokedUnusable),
                new Invariant<>("OthersUsable", "handle", this::othersUsable),
                new Invariant<>("RevokeCompletes", "handle", this::revokeCompletes),
                new Invariant<>("WorkExact", "handle", this::workExact),
                new Invariant<>("ProcessExact", "process", this::processExact),
                new Invariant<>("UsersInside", "thread", this::usersInside),
                new Invariant<>("NamesKept", "thread", this::namesKept));
    }

    private boolean slotsExact(CapState s, int handle) {
        boolean free = s.slot(handle) == FREE;
        boolean holds =
                s.rights(handle) != 0 || s.badge(handle) != NONE || s.parent(handle) != NONE;
        return free == (s.object(handle) == NONE) && (free ? !holds : s.serial(handle) < at.lives);
    }

    private int references(CapState s, int object) {
        int references = 0;
        for (int handle = 0; handle < at.handles; handle++) {
            references += s.object(handle) == object ? 1 : 0;
        }
        for (int thread = 0; thread < at.threads; thread++) {
            references += s.useOf(thread) != NONE && s.useObject(thread) == object ? 1 : 0;
        }
        return references;
    }

    private boolean countExact(CapState s, int object) {
        return s.count(object) == references(s, object);
    }

    private boolean objectLives(CapState s, int object) {
        return s.count(object) > 0 || references(s, object) == 0;
    }

    private boolean attenuated(CapState s, int handle) {
        int parent = s.parent(handle);
        return parent == NONE
                || s.slot(parent) == FREE
                || s.object(handle) == s.object(parent)
                        && (s.rights(handle) & ~s.rights(parent)) == 0
                        && (s.badge(parent) == NONE || s.badge(handle) == s.badge(parent));
    }

    private boolean parentsThere(CapState s, int handle) {
        return s.parent(handle) == NONE || s.slot(s.parent(handle)) != FREE;
    }

    private boolean depthBounded(CapState s, int handle) {
        int top = handle;
        for (int i = 0; i <= at.maxDepth; i++) {
            top = s.parent(top);
        }
        return s.slot(handle) == FREE || top == NONE;
    }

    private boolean revokedUnusable(CapState s, int handle) {
        return !s.doomed(handle) || !s.usable(handle);
    }

    private boolean othersUsable(CapState s, int handle) {
        return s.slot(handle) != LIVE || s.doomed(handle) || s.usable(handle);
    }

    private boolean revokeCompletes(CapState s, int handle) {
        boolean underWay = !s.doomed(handle);
        for (int thread = 0; thread < at.threads; thread++) {
            int work = s.work(thread);
            underWay |= work != NONE && s.slot(work) == REVOKED && s.isInLine(handle, work);
        }
        return underWay;
    }

    private boolean workExact(CapState s, int handle) {
        boolean worked = s.slot(handle) == CLOSED || s.slot(handle) == REVOKED;
        int workers = 0;
        for (int thread = 0; thread < at.threads; thread++) {
            if (s.work(thread) == handle) {
                workers++;
                if (s.process(thread) != at.processOf(handle) || s.useOf(thread) != NONE) {
                    return false;
                }
            }
        }
        return workers == (worked ? 1 : 0);
    }

    private boolean processExact(CapState s, int process) {
        boolean empty = true;
        for (int slot = 0; slot < at.slots; slot++) {
            empty &= s.slot(at.handle(process, slot)) == FREE;
        }
        int members = s.members(process);
        return switch (s.table(process)) {
            case FREE -> members == 0 && empty;
            case DYING -> members == 1;
            default -> members > 0;
        };
    }

    private boolean usersInside(CapState s, int thread) {
        int process = s.process(thread);
        return s.useOf(thread) == NONE || process != NONE && s.table(process) == LIVE;
    }

    private boolean namesKept(CapState s, int thread) {
        if (s.useOf(thread) == NONE || s.process(thread) == NONE) {
            return true;
        }
        int handle = at.handle(s.process(thread), s.useOf(thread));
        return s.slot(handle) == FREE
                || s.serial(handle) != s.useSerial(thread)
                || s.object(handle) == s.useObject(thread)
                        && (s.rights(handle) >> s.useRight(thread) & 1) != 0;
    }
}
