package norma.model.supervise;

import static norma.model.State.NONE;
import static norma.model.supervise.SupState.ABSENT;
import static norma.model.supervise.SupState.ANSWER;
import static norma.model.supervise.SupState.DOWN;
import static norma.model.supervise.SupState.ENDING;
import static norma.model.supervise.SupState.FAILED;
import static norma.model.supervise.SupState.MAKING;
import static norma.model.supervise.SupState.NOTHING;
import static norma.model.supervise.SupState.NO_PROBE;
import static norma.model.supervise.SupState.NO_REST;
import static norma.model.supervise.SupState.SERVING;
import static norma.model.supervise.SupState.TOLD;
import static norma.model.supervise.SupState.WAITING;
import static norma.model.supervise.SupState.WISH_DOWN;

import java.util.List;
import norma.model.Invariant;

/** The state invariants of {@code Supervision.tla}. */
final class SupInvariants {
    private final SupLayout at;
    private final SupModel.Constants constants;

    SupInvariants(SupLayout layout, SupModel.Constants constants) {
        at = layout;
        this.constants = constants;
    }

    List<Invariant<SupState>> all() {
        return List.of(
                new Invariant<>("DepsExact", "service", this::depsExact),
                new Invariant<>("NobodyWithoutDeps", "service", this::nobodyWithoutDeps),
                new Invariant<>("AllBack", "service", this::allBack),
                new Invariant<>(
                        "BudgetKept", "service", (s, i) -> s.launched(i) <= constants.budget()),
                new Invariant<>(
                        "FailedExact",
                        "service",
                        (s, i) -> s.svc(i) != FAILED || s.used(i) == constants.budget()),
                new Invariant<>("DownIsWished", "service", SupInvariants::downIsWished),
                new Invariant<>("MakersExact", "service", this::makersExact),
                new Invariant<>("RestExact", "service", SupInvariants::restExact),
                new Invariant<>("ProbeExact", "service", this::probeExact),
                new Invariant<>("CoresExact", "core", SupInvariants::coresExact));
    }

    private boolean depsExact(SupState s, int service) {
        for (int other = 0; other < at.services; other++) {
            if (s.needs(service, other)
                    && (other >= service
                            || s.svc(other) == ABSENT
                            || (s.deps(other) & ~s.deps(service)) != 0)) {
                return false;
            }
        }
        return true;
    }

    private boolean nobodyWithoutDeps(SupState s, int service) {
        for (int other = 0; other < at.services; other++) {
            boolean untouched = s.svc(other) == ENDING && s.parts(other) == constants.parts();
            if (s.runs(service)
                    && s.needs(service, other)
                    && s.svc(other) != SERVING
                    && !untouched) {
                return false;
            }
        }
        return true;
    }

    private boolean allBack(SupState s, int service) {
        return s.runs(service)
                ? s.parts(service) == constants.parts()
                : s.svc(service) == ENDING || s.parts(service) == 0;
    }

    private static boolean downIsWished(SupState s, int service) {
        boolean down = s.svc(service) == DOWN || s.svc(service) == ABSENT;
        return !down || s.wish(service) == WISH_DOWN;
    }

    private boolean makersExact(SupState s, int service) {
        int makers = 0;
        boolean live = true;
        for (int helper = 0; helper < at.helpers; helper++) {
            if (s.makes(helper) == service) {
                makers++;
                live &= s.fit(helper);
            }
        }
        return live && makers == (s.svc(service) == MAKING ? 1 : 0);
    }

    private static boolean restExact(SupState s, int service) {
        return s.rest(service) == NO_REST || s.svc(service) == ENDING || s.svc(service) == WAITING;
    }

    private boolean probeExact(SupState s, int service) {
        int knowing = 0;
        for (int core = 0; core < at.cores; core++) {
            boolean knows = s.brings(core) == ANSWER && s.about(core) == service;
            knowing += knows && !s.late(core) ? 1 : 0;
        }
        return (s.probe(service) == NO_PROBE || s.lives(service))
                && (s.probe(service) != TOLD || knowing > 0);
    }

    private static boolean coresExact(SupState s, int core) {
        boolean nothing = s.brings(core) == NOTHING;
        return nothing == (s.about(core) == NONE) && !(nothing && s.late(core));
    }
}
