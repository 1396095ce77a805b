package norma.model.supervise;

import static norma.model.supervise.SupState.ABSENT;
import static norma.model.supervise.SupState.DOWN;
import static norma.model.supervise.SupState.ENDING;
import static norma.model.supervise.SupState.FAILED;
import static norma.model.supervise.SupState.NO_REST;
import static norma.model.supervise.SupState.WAITING;
import static norma.model.supervise.SupState.WISH_AGAIN;
import static norma.model.supervise.SupState.WISH_DOWN;
import static norma.model.supervise.SupState.WISH_UP;

import norma.model.Guard;

/**
 * The table of services, the operator's controls, and what becomes of a service whose incarnation
 * is gone. All of it is done while nobody runs without those it needs.
 */
final class SupTable {
    private final SupLayout at;
    private final SupModel.Constants constants;

    SupTable(SupLayout layout, SupModel.Constants constants) {
        at = layout;
        this.constants = constants;
    }

    boolean step(SupState s, SupAction action, Guard g) {
        return switch (action) {
            case SupAction.Register a -> register(s, a.service(), a.needs(), g);
            case SupAction.Unregister a -> unregister(s, a.service(), g);
            case SupAction.StartService a -> start(s, a.service(), g);
            case SupAction.StopService a -> stop(s, a.service(), g);
            case SupAction.RestartService a -> restart(s, a.service(), g);
            case SupAction.ResetService a -> reset(s, a.service(), g);
            case SupAction.Forgive a -> forgive(s, a.service(), g);
            case SupAction.Bury a -> bury(s, a.service(), g);
            case SupAction.GiveUp a -> giveUp(s, a.service(), g);
            default -> throw new IllegalArgumentException("not of the table: " + action);
        };
    }

    private boolean register(SupState s, int service, int needs, Guard g) {
        int all = needs;
        boolean known = true;
        for (int other = 0; other < at.services; other++) {
            if ((needs >> other & 1) != 0) {
                known &= other < service && s.svc(other) != ABSENT;
                all |= s.deps(other);
            }
        }
        if (!(g.holds("Absent", s.svc(service) == ABSENT)
                && g.holds("Wanted", constants.wanted(service, needs))
                && g.holds("DepsKnown", known))) {
            return false;
        }
        s.svc(service, DOWN);
        s.deps(service, all);
        return true;
    }

    private boolean unregister(SupState s, int service, Guard g) {
        boolean needed = false;
        for (int other = 0; other < at.services; other++) {
            needed |= s.needs(other, service);
        }
        if (!(g.holds("Down", s.svc(service) == DOWN) && g.holds("NotNeeded", !needed))) {
            return false;
        }
        s.svc(service, ABSENT);
        s.deps(service, 0);
        s.delay(service, 0);
        s.forgive(service);
        return true;
    }

    private static boolean start(SupState s, int service, Guard g) {
        int svc = s.svc(service);
        if (!(g.holds("Registered", svc != ABSENT)
                && g.holds("NotFailed", svc != FAILED)
                && g.holds("WishedDown", s.wish(service) == WISH_DOWN))) {
            return false;
        }
        s.wish(service, WISH_UP);
        if (svc == DOWN) {
            s.svc(service, WAITING);
        }
        return true;
    }

    private boolean stop(SupState s, int service, Guard g) {
        if (!(g.holds("MayStop", constants.mayStop())
                && g.holds("NotWishedDown", s.wish(service) != WISH_DOWN))) {
            return false;
        }
        s.wish(service, WISH_DOWN);
        if (s.svc(service) == WAITING) {
            s.svc(service, DOWN);
            s.rest(service, NO_REST);
        }
        return true;
    }

    private boolean restart(SupState s, int service, Guard g) {
        boolean waits = s.svc(service) == WAITING && s.rest(service) != NO_REST;
        if (!(g.holds("MayRestart", constants.mayRestart())
                && g.holds("WishedUp", s.wish(service) == WISH_UP)
                && g.holds("WaitsOrOccupied", waits || s.occupied(service)))) {
            return false;
        }
        if (waits) {
            s.rest(service, NO_REST);
        } else {
            s.wish(service, WISH_AGAIN);
        }
        return true;
    }

    private boolean reset(SupState s, int service, Guard g) {
        boolean failed = s.svc(service) == FAILED;
        if (!(g.holds("MayReset", constants.mayReset())
                && g.holds("Registered", s.svc(service) != ABSENT)
                && g.holds("Counted", failed || s.used(service) > 0 || s.delay(service) > 0))) {
            return false;
        }
        if (failed) {
            s.svc(service, s.wish(service) == WISH_UP ? WAITING : DOWN);
        }
        s.delay(service, 0);
        s.forgive(service);
        return true;
    }

    private static boolean forgive(SupState s, int service, Guard g) {
        if (!(g.holds("NotFailed", s.svc(service) != FAILED)
                && g.holds("Counted", s.used(service) > 0))) {
            return false;
        }
        s.forgive(service);
        return true;
    }

    private boolean bury(SupState s, int service, Guard g) {
        if (!(g.holds("Empty", empty(s, service)) && g.holds("NotSpent", !spent(s, service)))) {
            return false;
        }
        int wish = s.wish(service);
        s.svc(service, wish == WISH_DOWN ? DOWN : WAITING);
        if (wish != WISH_UP) {
            s.rest(service, NO_REST);
        }
        if (wish == WISH_AGAIN) {
            s.wish(service, WISH_UP);
        }
        return true;
    }

    private boolean giveUp(SupState s, int service, Guard g) {
        if (!(g.holds("Empty", empty(s, service)) && g.holds("Spent", spent(s, service)))) {
            return false;
        }
        s.svc(service, FAILED);
        s.rest(service, NO_REST);
        return true;
    }

    /** Whether a service has ended and nothing of its process is left. */
    private static boolean empty(SupState s, int service) {
        return s.svc(service) == ENDING && s.parts(service) == 0;
    }

    private boolean spent(SupState s, int service) {
        return s.wish(service) == WISH_UP
                && s.rest(service) != NO_REST
                && s.used(service) == constants.budget();
    }
}
