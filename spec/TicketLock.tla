---------------------------- MODULE TicketLock ----------------------------
(* The kernel's ticket spin lock, taken by the thread context of a core and   *)
(* by the interrupt handler that may preempt it (save-and-mask discipline).    *)
(*                                                                             *)
(* The lock word has two halves: `next`, the ticket that the next taker gets,  *)
(* and `owner`, the ticket that may enter. Tickets count modulo Width, as a    *)
(* fixed-width machine counter does; Width must exceed the number of contexts  *)
(* that can hold a ticket at once, which is one per core because interrupts    *)
(* stay off from before the ticket is drawn until after the release.           *)
(*                                                                             *)
(* One action is one atomic access of the lock word or of the interrupt flag.  *)
EXTENDS Naturals, FiniteSets

CONSTANTS
    Cores,      \* the cores that contend
    Width       \* tickets count modulo Width

VARIABLES
    next,       \* next ticket to give out
    owner,      \* ticket being served
    ticket,     \* ticket[c][l]: ticket drawn by context l of core c, 0 when none
    phase,      \* phase[c][l]: "idle", "masked", "waiting" or "holding"
    unmasked    \* unmasked[c]: interrupts are enabled on core c

vars == <<next, owner, ticket, phase, unmasked>>

Levels == {"handler", "thread"}
Phases == {"idle", "masked", "waiting", "holding"}
Contexts == Cores \X Levels

Succ(n) == (n + 1) % Width
Distance(a, b) == (b + Width - a) % Width

Phase(x) == phase[x[1]][x[2]]
Ticket(x) == ticket[x[1]][x[2]]
InHandler(c) == phase[c]["handler"] # "idle"
\* While a handler is active the thread context of its core cannot move.
CanRun(c, l) == l = "handler" \/ ~InHandler(c)

TypeOK ==
    /\ next \in 0..Width-1
    /\ owner \in 0..Width-1
    /\ ticket \in [Cores -> [Levels -> 0..Width-1]]
    /\ phase \in [Cores -> [Levels -> Phases]]
    /\ unmasked \in [Cores -> BOOLEAN]

Init ==
    /\ next = 0
    /\ owner = 0
    /\ ticket = [c \in Cores |-> [l \in Levels |-> 0]]
    /\ phase = [c \in Cores |-> [l \in Levels |-> "idle"]]
    /\ unmasked = [c \in Cores |-> TRUE]

\* The thread context masks interrupts before it draws a ticket.
Mask(c) ==
    /\ phase[c]["thread"] = "idle"
    /\ ~InHandler(c)
    /\ phase' = [phase EXCEPT ![c]["thread"] = "masked"]
    /\ unmasked' = [unmasked EXCEPT ![c] = FALSE]
    /\ UNCHANGED <<next, owner, ticket>>

\* An interrupt is delivered; the hardware masks further ones.
Interrupt(c) ==
    /\ unmasked[c]
    /\ phase[c]["handler"] = "idle"
    /\ phase' = [phase EXCEPT ![c]["handler"] = "masked"]
    /\ unmasked' = [unmasked EXCEPT ![c] = FALSE]
    /\ UNCHANGED <<next, owner, ticket>>

\* Fetch-and-add on `next`.
Take(c, l) ==
    /\ phase[c][l] = "masked"
    /\ CanRun(c, l)
    /\ ticket' = [ticket EXCEPT ![c][l] = next]
    /\ next' = Succ(next)
    /\ phase' = [phase EXCEPT ![c][l] = "waiting"]
    /\ UNCHANGED <<owner, unmasked>>

\* An acquire load sees this context's own ticket being served.
Enter(c, l) ==
    /\ phase[c][l] = "waiting"
    /\ CanRun(c, l)
    /\ owner = ticket[c][l]
    /\ phase' = [phase EXCEPT ![c][l] = "holding"]
    /\ UNCHANGED <<next, owner, ticket, unmasked>>

\* Release store of `owner`, then the interrupt state is restored.
Release(c, l) ==
    /\ phase[c][l] = "holding"
    /\ CanRun(c, l)
    /\ owner' = Succ(owner)
    /\ ticket' = [ticket EXCEPT ![c][l] = 0]
    /\ phase' = [phase EXCEPT ![c][l] = "idle"]
    /\ unmasked' = [unmasked EXCEPT ![c] = TRUE]
    /\ UNCHANGED next

Next ==
    \/ \E c \in Cores : Mask(c) \/ Interrupt(c)
    \/ \E c \in Cores, l \in Levels : Take(c, l) \/ Enter(c, l) \/ Release(c, l)

\* Nobody is obliged to want the lock; whoever has masked must go on.
Fair == \A c \in Cores, l \in Levels :
    /\ WF_vars(Take(c, l))
    /\ WF_vars(Enter(c, l))
    /\ WF_vars(Release(c, l))

Spec == Init /\ [][Next]_vars /\ Fair

----------------------------------------------------------------------------
Holders == {x \in Contexts : Phase(x) = "holding"}
TicketHolders == {x \in Contexts : Phase(x) \in {"waiting", "holding"}}

\* Implied by HolderIsOwner and TicketsUnique; kept because it is the promise.
Mutex == Cardinality(Holders) <= 1

HolderIsOwner ==
    \A c \in Cores, l \in Levels : phase[c][l] = "holding" => ticket[c][l] = owner

TicketsUnique ==
    \A x, y \in TicketHolders : Ticket(x) = Ticket(y) => x = y

\* No ticket is lost or released twice: those given out and not yet served
\* are exactly those that somebody waits with or holds.
Accounting == Distance(owner, next) = Cardinality(TicketHolders)

MaskedWhileHeld ==
    \A c \in Cores : (\E l \in Levels : phase[c][l] # "idle") => ~unmasked[c]

\* A handler never spins for a lock that the thread it preempted queues for.
NoSelfDeadlock ==
    \A c \in Cores : InHandler(c) => phase[c]["thread"] = "idle"

\* Whoever enters was, of all that waited, the one with the oldest ticket.
FirstComeFirstServed ==
    [][\A x, y \in Contexts :
          (Phase(x) = "waiting" /\ Phase(y) = "waiting" /\ phase'[y[1]][y[2]] = "holding"
             /\ x # y)
          => Distance(owner, Ticket(y)) < Distance(owner, Ticket(x))]_vars

\* No starvation.
EveryTakerEnters ==
    \A c \in Cores, l \in Levels : phase[c][l] = "masked" ~> phase[c][l] = "holding"
=============================================================================
