package norma.model.supervise;

import norma.model.Action;

/** The actions of {@code Supervision.tla}, one record each. */
public sealed interface SupAction extends Action {
    /** A service gets a slot; {@code needs} is the set of services that it asks for, a bit each. */
    record Register(int service, int needs) implements SupAction {}

    /** A service that is down and that nobody needs leaves the table. */
    record Unregister(int service) implements SupAction {}

    /** Operator: the service shall run. */
    record StartService(int service) implements SupAction {}

    /** Operator: the service shall go down. */
    record StopService(int service) implements SupAction {}

    /** Operator: the service shall go down and come again, or not wait any longer. */
    record RestartService(int service) implements SupAction {}

    /** Operator: what was counted against the service is forgotten. */
    record ResetService(int service) implements SupAction {}

    /** A helper begins to make a process of the service. */
    record Launch(int helper, int service) implements SupAction {}

    /** The process is made, and starts. */
    record Made(int helper) implements SupAction {}

    /** A service is asked whether it is well. */
    record Probe(int service) implements SupAction {}

    /** A service answers on a core. */
    record AnswerProbe(int core, int service) implements SupAction {}

    /** The supervisor is told the answer that a core has got. */
    record TakeAnswer(int core) implements SupAction {}

    /** A service has served for long: its back-off begins anew. */
    record Calm(int service) implements SupAction {}

    /** A window of the budget is over. */
    record Forgive(int service) implements SupAction {}

    /** A process ends on a core. */
    record Crash(int core, int service) implements SupAction {}

    /** The supervisor is told the death that a core has seen. */
    record TakeDeath(int core) implements SupAction {}

    /** A service has not answered in time. */
    record Hang(int service) implements SupAction {}

    /** What a helper was to make cannot be made. */
    record MakeFails(int helper) implements SupAction {}

    /** A helper ends. */
    record HelperDies(int helper) implements SupAction {}

    /** A helper is there again. */
    record HelperBack(int helper) implements SupAction {}

    /** A service ends since one that it needs does not serve. */
    record Cascade(int service) implements SupAction {}

    /** A service ends since it, or one that it needs, shall go down. */
    record Withdraw(int service) implements SupAction {}

    /** A part of what an ended process had comes back. */
    record GiveBack(int service) implements SupAction {}

    /** A back-off is over. */
    record Expire(int service) implements SupAction {}

    /** An incarnation is gone: the service is down, or waits to be made again. */
    record Bury(int service) implements SupAction {}

    /** An incarnation is gone, and so is the budget. */
    record GiveUp(int service) implements SupAction {}
}
