--------------------------------- MODULE LockTable ---------------------------------
(* The kernel's ticket locks as the composed machine sees them: TicketLock.tla for many    *)
(* locks, taken by cores with interrupts off, in the declared order: from the highest rank *)
(* down, equal ranks by rising index. Order(l) gives the place of a lock in that order.    *)
EXTENDS Integers, FiniteSets
CONSTANTS Cores, Locks, TicketMod, Order(_)
VARIABLES next,    \* next[l]: next ticket
          owner,   \* owner[l]: ticket that may enter
          ticket,  \* ticket[c][l]: ticket that core c has drawn, or -1
          held     \* held[c]: locks whose critical section core c is in
lockVars == <<next, owner, ticket, held>>
LockInit == /\ next = [l \in Locks |-> 0] /\ owner = [l \in Locks |-> 0]
            /\ ticket = [c \in Cores |-> [l \in Locks |-> -1]]
            /\ held = [c \in Cores |-> {}]
Unlocked(c) == \A l \in Locks : ticket[c][l] = -1
LockTake(c, l) ==
  /\ \A k \in Locks : ticket[c][k] # -1 => k \in held[c] /\ Order(k) < Order(l)
  /\ ticket' = [ticket EXCEPT ![c][l] = next[l]]
  /\ next' = [next EXCEPT ![l] = (@ + 1) % TicketMod] /\ UNCHANGED <<owner, held>>
LockEnter(c, l) ==
  /\ ticket[c][l] # -1 /\ l \notin held[c] /\ owner[l] = ticket[c][l]
  /\ held' = [held EXCEPT ![c] = @ \cup {l}] /\ UNCHANGED <<next, owner, ticket>>
LockLeave(c, l) ==
  /\ l \in held[c] /\ held' = [held EXCEPT ![c] = @ \ {l}]
  /\ ticket' = [ticket EXCEPT ![c][l] = -1]
  /\ owner' = [owner EXCEPT ![l] = (@ + 1) % TicketMod] /\ UNCHANGED next
Holds(c, ls) == (ls \cap Locks) \subseteq held[c]
HoldsOnly(c, ls) == Holds(c, ls) /\ \A l \in Locks \ ls : ticket[c][l] = -1

LockTypeOK ==
  /\ next \in [Locks -> 0..TicketMod-1] /\ owner \in [Locks -> 0..TicketMod-1]
  /\ ticket \in [Cores -> [Locks -> -1..TicketMod-1]]
  /\ held \in [Cores -> SUBSET Locks]
LockMutex == \A l \in Locks : Cardinality({c \in Cores : l \in held[c]}) <= 1
HeldIsServed == \A c \in Cores, l \in Locks : l \in held[c] => ticket[c][l] = owner[l]
LockAccounting == \A l \in Locks :
  (next[l] + TicketMod - owner[l]) % TicketMod = Cardinality({c \in Cores : ticket[c][l] # -1})
\* Whoever waits holds only locks that come before: no circle of waiters.
LockOrderKept == \A c \in Cores, l \in Locks :
  (ticket[c][l] # -1 /\ l \notin held[c]) => \A k \in held[c] : Order(k) < Order(l)
===================================================================================
