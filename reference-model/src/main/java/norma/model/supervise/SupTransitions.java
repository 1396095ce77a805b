package norma.model.supervise;

import static norma.model.State.NONE;
import static norma.model.supervise.SupState.ANSWER;
import static norma.model.supervise.SupState.ASKED;
import static norma.model.supervise.SupState.DEATH;
import static norma.model.supervise.SupState.ENDING;
import static norma.model.supervise.SupState.MAKING;
import static norma.model.supervise.SupState.NOTHING;
import static norma.model.supervise.SupState.NO_PROBE;
import static norma.model.supervise.SupState.NO_REST;
import static norma.model.supervise.SupState.REST_ON;
import static norma.model.supervise.SupState.REST_OVER;
import static norma.model.supervise.SupState.SERVING;
import static norma.model.supervise.SupState.STARTING;
import static norma.model.supervise.SupState.TOLD;
import static norma.model.supervise.SupState.WAITING;
import static norma.model.supervise.SupState.WISH_UP;

import norma.model.Guard;

/** The transition function of {@code Supervision.tla}; the operator's part is {@link SupTable}. */
final class SupTransitions {
    private final SupLayout at;
    private final SupModel.Constants constants;
    private final SupTable table;

    SupTransitions(SupLayout layout, SupModel.Constants constants) {
        at = layout;
        this.constants = constants;
        table = new SupTable(layout, constants);
    }

    boolean step(SupState s, SupAction action, Guard g) {
        return switch (action) {
            case SupAction.AnswerProbe a -> answerProbe(s, a.core(), a.service(), g);
            case SupAction.Crash a -> crash(s, a.core(), a.service(), g);
            case SupAction.Cascade a -> cascade(s, a.service(), g);
            default -> g.holds("Quiet", quiet(s)) && quietly(s, action, g);
        };
    }

    private boolean quietly(SupState s, SupAction action, Guard g) {
        return switch (action) {
            case SupAction.Launch a -> launch(s, a.helper(), a.service(), g);
            case SupAction.Made a -> made(s, a.helper(), g);
            case SupAction.Probe a -> probe(s, a.service(), g);
            case SupAction.TakeAnswer a -> takeAnswer(s, a.core(), g);
            case SupAction.Calm a -> calm(s, a.service(), g);
            case SupAction.TakeDeath a -> takeDeath(s, a.core(), g);
            case SupAction.Hang a -> hang(s, a.service(), g);
            case SupAction.MakeFails a -> makeFails(s, a.helper(), g);
            case SupAction.HelperDies a -> helperDies(s, a.helper(), g);
            case SupAction.HelperBack a -> helperBack(s, a.helper(), g);
            case SupAction.Withdraw a -> withdraw(s, a.service(), g);
            case SupAction.GiveBack a -> giveBack(s, a.service(), g);
            case SupAction.Expire a -> expire(s, a.service(), g);
            default -> table.step(s, action, g);
        };
    }

    // --- a process is made, starts, serves
    // ---------------------------------------------------------

    private boolean launch(SupState s, int helper, int service, Guard g) {
        if (!(g.holds("Waiting", s.svc(service) == WAITING)
                && g.holds("BackoffOver", s.rest(service) != REST_ON)
                && g.holds("HelperFit", s.fit(helper))
                && g.holds("HelperFree", s.makes(helper) == NONE)
                && g.holds("DepsServe", depsServe(s, service)))) {
            return false;
        }
        if (s.rest(service) == REST_OVER) {
            s.count(service);
        }
        s.svc(service, MAKING);
        s.makes(helper, service);
        s.parts(service, constants.parts());
        s.rest(service, NO_REST);
        for (int core = 0; core < at.cores; core++) {
            if (s.about(core) == service) {
                s.late(core, true);
            }
        }
        return true;
    }

    private boolean depsServe(SupState s, int service) {
        for (int other = 0; other < at.services; other++) {
            if (s.needs(service, other) && !(s.svc(other) == SERVING && s.wish(other) == WISH_UP)) {
                return false;
            }
        }
        return true;
    }

    private static boolean made(SupState s, int helper, Guard g) {
        if (!g.holds("Makes", s.makes(helper) != NONE)) {
            return false;
        }
        s.svc(s.makes(helper), STARTING);
        s.makes(helper, NONE);
        return true;
    }

    private static boolean probe(SupState s, int service, Guard g) {
        if (!(g.holds("Lives", s.lives(service))
                && g.holds("NotAsked", s.probe(service) == NO_PROBE))) {
            return false;
        }
        s.probe(service, ASKED);
        return true;
    }

    private static boolean answerProbe(SupState s, int core, int service, Guard g) {
        if (!(g.holds("BringsNothing", s.brings(core) == NOTHING)
                && g.holds("Lives", s.lives(service))
                && g.holds("Asked", s.probe(service) == ASKED))) {
            return false;
        }
        s.probe(service, TOLD);
        s.brings(core, ANSWER, service);
        return true;
    }

    private static boolean takeAnswer(SupState s, int core, Guard g) {
        if (!g.holds("BringsAnswer", s.brings(core) == ANSWER)) {
            return false;
        }
        int service = s.about(core);
        if (!s.late(core) && s.lives(service)) {
            s.svc(service, SERVING);
            s.probe(service, NO_PROBE);
        }
        told(s, core);
        return true;
    }

    private static void told(SupState s, int core) {
        s.brings(core, NOTHING, NONE);
        s.late(core, false);
    }

    private static boolean calm(SupState s, int service, Guard g) {
        if (!(g.holds("Serving", s.svc(service) == SERVING)
                && g.holds("BackedOff", s.delay(service) > 0))) {
            return false;
        }
        s.delay(service, 0);
        return true;
    }

    // --- deaths
    // ------------------------------------------------------------------------------------

    /** A service's process is at its end: nobody makes it any more, its probe is not awaited. */
    private void end(SupState s, int service) {
        s.svc(service, ENDING);
        s.probe(service, NO_PROBE);
        for (int helper = 0; helper < at.helpers; helper++) {
            if (s.makes(helper) == service) {
                s.makes(helper, NONE);
            }
        }
    }

    /** It has died: a back-off begins. */
    private void fall(SupState s, int service) {
        end(s, service);
        s.rest(service, REST_ON);
        s.delay(service, Math.min(s.delay(service) + 1, constants.maxDelay()));
    }

    private static boolean crash(SupState s, int core, int service, Guard g) {
        if (!(g.holds("BringsNothing", s.brings(core) == NOTHING)
                && g.holds("Lives", s.lives(service)))) {
            return false;
        }
        s.brings(core, DEATH, service);
        return true;
    }

    private boolean takeDeath(SupState s, int core, Guard g) {
        if (!g.holds("BringsDeath", s.brings(core) == DEATH)) {
            return false;
        }
        int service = s.about(core);
        if (!s.late(core) && s.lives(service)) {
            fall(s, service);
        }
        told(s, core);
        return true;
    }

    private boolean hang(SupState s, int service, Guard g) {
        if (!(g.holds("Lives", s.lives(service))
                && g.holds("Asked", s.probe(service) != NO_PROBE))) {
            return false;
        }
        fall(s, service);
        return true;
    }

    private boolean makeFails(SupState s, int helper, Guard g) {
        if (!g.holds("Makes", s.makes(helper) != NONE)) {
            return false;
        }
        fall(s, s.makes(helper));
        return true;
    }

    private boolean helperDies(SupState s, int helper, Guard g) {
        if (!g.holds("HelperFit", s.fit(helper))) {
            return false;
        }
        s.fit(helper, false);
        if (s.makes(helper) != NONE) {
            fall(s, s.makes(helper));
        }
        return true;
    }

    private static boolean helperBack(SupState s, int helper, Guard g) {
        if (!g.holds("HelperDead", !s.fit(helper))) {
            return false;
        }
        s.fit(helper, true);
        return true;
    }

    private boolean cascade(SupState s, int service, Guard g) {
        if (!g.holds("Orphaned", orphaned(s, service))) {
            return false;
        }
        end(s, service);
        return true;
    }

    private boolean withdraw(SupState s, int service, Guard g) {
        if (!(g.holds("Runs", s.runs(service))
                && g.holds("Sinks", sinks(s, service))
                && g.holds("OthersFirst", nobodyOn(s, service)))) {
            return false;
        }
        end(s, service);
        return true;
    }

    // --- the end of an incarnation
    // ---------------------------------------------------------------

    private static boolean giveBack(SupState s, int service, Guard g) {
        if (!(g.holds("Ending", s.svc(service) == ENDING)
                && g.holds("PartsLeft", s.parts(service) > 0))) {
            return false;
        }
        s.parts(service, s.parts(service) - 1);
        return true;
    }

    private static boolean expire(SupState s, int service, Guard g) {
        if (!g.holds("BackingOff", s.rest(service) == REST_ON)) {
            return false;
        }
        s.rest(service, REST_OVER);
        return true;
    }

    // --- guards
    // -------------------------------------------------------------------------------------

    /** Whether nobody runs without those it needs. */
    private boolean quiet(SupState s) {
        boolean quiet = true;
        for (int service = 0; service < at.services; service++) {
            quiet &= !orphaned(s, service);
        }
        return quiet;
    }

    private boolean orphaned(SupState s, int service) {
        boolean served = true;
        for (int other = 0; other < at.services; other++) {
            served &= !s.needs(service, other) || s.svc(other) == SERVING;
        }
        return s.runs(service) && !served;
    }

    /** Whether a service, or one that it needs, is to go down. */
    private boolean sinks(SupState s, int service) {
        boolean sinks = s.wish(service) != WISH_UP;
        for (int other = 0; other < at.services; other++) {
            sinks |= s.needs(service, other) && s.wish(other) != WISH_UP;
        }
        return sinks;
    }

    private boolean nobodyOn(SupState s, int service) {
        boolean nobody = true;
        for (int other = 0; other < at.services; other++) {
            nobody &= !(s.needs(other, service) && s.occupied(other));
        }
        return nobody;
    }
}
