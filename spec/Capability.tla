--------------------------------- MODULE Capability ---------------------------------
(* Handles: the authority of a process is what its table of handles says. A handle is a    *)
(* node of a tree: derived and granted handles are children of what they were made from,   *)
(* never more than it. Revoke takes a whole subtree, at once; Close takes one handle, and   *)
(* what was passed on goes over to the nearest ancestor.                                   *)
(*                                                                                         *)
(* One action is one critical section. All handles to an object lie in trees of that       *)
(* object, and the object's tree lock guards them: what they say, who their parents are,   *)
(* the work on them and the uses of the object. The table lock of a process guards its life *)
(* and which slots are free. Order: Channel, tree, table (equal ranks by index), Core,      *)
(* Thread; no action takes two tree locks. An action visits MaxDepth handles at most.       *)
(*                                                                                         *)
(* A use is one critical section (Use), too. What takes longer than one looks the handle up *)
(* (Lookup), which keeps the object alive, and then makes critical sections, each of which *)
(* looks at the handle again. So no use waits for a revoke, and no revoke for a use: once   *)
(* Revoke's critical section is over, no other can follow, wherever a thread runs. What a  *)
(* use has done (a call that is outstanding) is the object's, and stays.                    *)
(*                                                                                         *)
(* What is left of Revoke or Close is the calling thread's work, one handle at a time; it   *)
(* may be preempted in between, and others may do part of it.                              *)
EXTENDS Integers, Sequences, FiniteSets
CONSTANTS Threads,
          Processes,  \* slots of processes, each with a table
          Slots,      \* 1..n: places of each table
          Objects,    \* slots of objects of any kind
          Rights,     \* what a handle may allow
          Badges,     \* by which a server knows whose handle it is
          MaxDepth,   \* handles above a handle, at most
          Lives,      \* handles that a slot can hold, one after the other; then it is worn out
          None
VARIABLES
  process,    \* process[t]: process of thread t, or None
  table,      \* table[p]: "free" "live" "dying"
  slot,       \* slot[p][s]: "free" "live" "closed" (its children are being moved)
              \*             "revoked" (what is below is being reclaimed)
  serial,     \* serial[p][s]: generation of the slot, the handle's name together with s
  object,     \* object[p][s]: what the handle is of, or None
  rights,     \* rights[p][s]: subset of Rights
  badge,      \* badge[p][s]: badge, or None
  parent,     \* parent[p][s]: handle <<p, s>> that this one was made from, or None
  work,       \* work[t]: closed or revoked handle that t has to do away with, or None
  using,      \* using[t]: a use under way, or None
  count,      \* count[o]: handles to o, and uses of it; 0 is free
  doomed      \* doomed[p][s]: was in a subtree when that was revoked (ghost)
capVars == <<process, table, slot, serial, object, rights, badge, parent, work, using, count,
             doomed>>
processVars == <<process, table>>
handleVars == <<object, rights, badge>>

Handles == Processes \X Slots
Serials == 0..Lives-1
At(f, n) == f[n[1]][n[2]]
Up(n) == IF n = None THEN None ELSE At(parent, n)
\* n and those above it.
Line(n) == LET up[i \in 0..MaxDepth] == IF i = 0 THEN n ELSE Up(up[i-1])
           IN {up[i] : i \in 0..MaxDepth} \ {None}
Depth(n) == Cardinality(Line(n)) - 1
\* The nearest above n that is not closed, or None.
Heir(n) == LET up[i \in 0..MaxDepth] ==
                 IF i = 0 THEN Up(n)
                 ELSE IF up[i-1] # None /\ At(slot, up[i-1]) = "closed" THEN Up(up[i-1])
                 ELSE up[i-1]
           IN up[MaxDepth]
Children(n) == {m \in Handles : At(parent, m) = n}
Below(n) == {m \in Handles : n \in Line(m)}
Members(p) == {t \in Threads : process[t] = p}
Usable(n) == At(slot, n) = "live" /\ \A a \in Line(n) : At(slot, a) # "revoked"
\* Threads of p say s and g for a handle: there is one, and they may use it.
Named(p, s, g) == slot[p][s] = "live" /\ serial[p][s] = g
Valid(p, s, g) == serial[p][s] = g /\ Usable(<<p, s>>)
\* The lowest free place is taken; there is none when the table is full.
Room(p) == {s \in Slots : slot[p][s] = "free" /\ serial[p][s] < Lives}
Lowest(p, d) == d \in Room(p) /\ \A s \in Room(p) : d <= s
\* t may begin something.
Acts(t) == process[t] # None /\ table[process[t]] = "live" /\ work[t] = None /\ using[t] = None

CapInit(t0, p0) ==
  /\ process = [t \in Threads |-> IF t = t0 THEN p0 ELSE None]
  /\ table = [p \in Processes |-> IF p = p0 THEN "live" ELSE "free"]
  /\ slot = [p \in Processes |-> [s \in Slots |-> "free"]]
  /\ serial = [p \in Processes |-> [s \in Slots |-> 0]]
  /\ object = [p \in Processes |-> [s \in Slots |-> None]]
  /\ rights = [p \in Processes |-> [s \in Slots |-> {}]]
  /\ badge = [p \in Processes |-> [s \in Slots |-> None]]
  /\ parent = [p \in Processes |-> [s \in Slots |-> None]]
  /\ work = [t \in Threads |-> None] /\ using = [t \in Threads |-> None]
  /\ count = [o \in Objects |-> 0]
  /\ doomed = [p \in Processes |-> [s \in Slots |-> FALSE]]

\* A free slot becomes a handle; n is what it is made from, or None.
Put(p, s, o, r, b, n) ==
  /\ slot' = [slot EXCEPT ![p][s] = "live"] /\ object' = [object EXCEPT ![p][s] = o]
  /\ rights' = [rights EXCEPT ![p][s] = r] /\ badge' = [badge EXCEPT ![p][s] = b]
  /\ parent' = [parent EXCEPT ![p][s] = n]
  /\ doomed' = [doomed EXCEPT ![p][s] = n # None /\ At(doomed, n)]
  /\ count' = [count EXCEPT ![o] = @ + 1]
  /\ UNCHANGED serial
\* A handle without children is no more; its slot gets the next generation.
Free(p, s) ==
  /\ slot' = [slot EXCEPT ![p][s] = "free"] /\ serial' = [serial EXCEPT ![p][s] = @ + 1]
  /\ object' = [object EXCEPT ![p][s] = None] /\ rights' = [rights EXCEPT ![p][s] = {}]
  /\ badge' = [badge EXCEPT ![p][s] = None] /\ parent' = [parent EXCEPT ![p][s] = None]
  /\ doomed' = [doomed EXCEPT ![p][s] = FALSE]
  /\ count' = [count EXCEPT ![object[p][s]] = @ - 1]

\* --- processes and threads ---------------------------------------------------------------
\* t is the first thread of a new process.
StartProcess(t, p) ==
  /\ process[t] = None /\ table[p] = "free"
  /\ process' = [process EXCEPT ![t] = p] /\ table' = [table EXCEPT ![p] = "live"]
  /\ UNCHANGED <<slot, serial, handleVars, parent, work, using, count, doomed>>
JoinProcess(t, p) ==
  /\ process[t] = None /\ table[p] = "live" /\ process' = [process EXCEPT ![t] = p]
  /\ UNCHANGED <<table, slot, serial, handleVars, parent, work, using, count, doomed>>
LeaveProcess(t) ==
  /\ Acts(t) /\ Members(process[t]) # {t} /\ process' = [process EXCEPT ![t] = None]
  /\ UNCHANGED <<table, slot, serial, handleVars, parent, work, using, count, doomed>>
\* The last thread of a process ends it, and closes its handles one by one (Drain).
EndProcess(t) ==
  /\ Acts(t) /\ Members(process[t]) = {t} /\ table' = [table EXCEPT ![process[t]] = "dying"]
  /\ UNCHANGED <<process, slot, serial, handleVars, parent, work, using, count, doomed>>
FreeProcess(t) ==
  /\ process[t] # None /\ table[process[t]] = "dying" /\ work[t] = None
  /\ \A s \in Slots : slot[process[t]][s] = "free"
  /\ table' = [table EXCEPT ![process[t]] = "free"] /\ process' = [process EXCEPT ![t] = None]
  /\ UNCHANGED <<slot, serial, handleVars, parent, work, using, count, doomed>>

\* --- handles come ---------------------------------------------------------------------------
\* A new object, and its first handle, with all rights.
NewObject(t, o, d) ==
  /\ Acts(t) /\ count[o] = 0 /\ Lowest(process[t], d)
  /\ Put(process[t], d, o, Rights, None, None)
  /\ UNCHANGED <<processVars, work, using>>
\* Rights may be fewer, a badge may be given where there is none.
Derive(t, s, g, r, b, d) ==
  /\ Acts(t) /\ Valid(process[t], s, g) /\ Lowest(process[t], d)
  /\ LET p == process[t] IN
     /\ Depth(<<p, s>>) < MaxDepth /\ r \subseteq rights[p][s]
     /\ badge[p][s] # None => b = badge[p][s]
     /\ Put(p, d, object[p][s], r, b, <<p, s>>)
  /\ UNCHANGED <<processVars, work, using>>
\* A handle travels in a message: the receiver's process q gets a child of it.
GrantHandle(t, s, g, q, d) ==
  /\ Acts(t) /\ Valid(process[t], s, g) /\ q # process[t] /\ table[q] = "live" /\ Lowest(q, d)
  /\ LET p == process[t] IN
     /\ Depth(<<p, s>>) < MaxDepth
     /\ Put(q, d, object[p][s], rights[p][s], badge[p][s], <<p, s>>)
  /\ UNCHANGED <<processVars, work, using>>

\* --- handles go -------------------------------------------------------------------------------
Drop(t, p, s) ==
  IF Children(<<p, s>>) = {} THEN Free(p, s) /\ UNCHANGED work
  ELSE /\ slot' = [slot EXCEPT ![p][s] = "closed"] /\ work' = [work EXCEPT ![t] = <<p, s>>]
       /\ UNCHANGED <<serial, handleVars, parent, count, doomed>>
Close(t, s, g) ==
  /\ Acts(t) /\ Named(process[t], s, g) /\ Drop(t, process[t], s)
  /\ UNCHANGED <<processVars, using>>
\* A handle of a process that ends is closed.
Drain(t, s) ==
  /\ process[t] # None /\ table[process[t]] = "dying" /\ work[t] = None
  /\ slot[process[t]][s] = "live" /\ Drop(t, process[t], s)
  /\ UNCHANGED <<processVars, using>>
Revoke(t, s, g) ==
  /\ Acts(t) /\ Valid(process[t], s, g)
  /\ LET p == process[t] n == <<p, s>> IN
     IF Children(n) = {} THEN Free(p, s) /\ UNCHANGED work
     ELSE /\ slot' = [slot EXCEPT ![p][s] = "revoked"] /\ work' = [work EXCEPT ![t] = n]
          /\ doomed' = [x \in Processes |-> [y \in Slots |->
                          doomed[x][y] \/ <<x, y>> \in Below(n)]]
          /\ UNCHANGED <<serial, handleVars, parent, count>>
  /\ UNCHANGED <<processVars, using>>
\* A child of a closed handle gets another parent, one that is not closed.
Adopt(t, q, d) ==
  /\ work[t] # None /\ At(slot, work[t]) = "closed" /\ parent[q][d] = work[t]
  /\ parent' = [parent EXCEPT ![q][d] = Heir(work[t])]
  /\ UNCHANGED <<processVars, slot, serial, handleVars, work, using, count, doomed>>
\* A handle below a revoked one, and without children, is taken out of its process's table; if
\* somebody had to do away with it, that is done.
Reclaim(t, q, d) ==
  /\ work[t] # None /\ At(slot, work[t]) = "revoked" /\ <<q, d>> # work[t]
  /\ work[t] \in Line(<<q, d>>) /\ Children(<<q, d>>) = {}
  /\ Free(q, d)
  /\ work' = [u \in Threads |-> IF work[u] = <<q, d>> THEN None ELSE work[u]]
  /\ UNCHANGED <<processVars, using>>
\* Nothing is left below: Close or Revoke returns.
Bury(t) ==
  /\ work[t] # None /\ Children(work[t]) = {}
  /\ Free(work[t][1], work[t][2]) /\ work' = [work EXCEPT ![t] = None]
  /\ UNCHANGED <<processVars, using>>

\* --- uses --------------------------------------------------------------------------------------
\* t begins what takes longer than one critical section.
Lookup(t, s, g, a) ==
  /\ Acts(t) /\ Valid(process[t], s, g) /\ a \in rights[process[t]][s]
  /\ LET o == object[process[t]][s] IN
     /\ using' = [using EXCEPT ![t] =
                    [slot |-> s, serial |-> g, right |-> a, object |-> o, done |-> FALSE]]
     /\ count' = [count EXCEPT ![o] = @ + 1]
  /\ UNCHANGED <<processVars, slot, serial, handleVars, parent, work, doomed>>
\* One critical section of it.
Use(t) ==
  /\ using[t] # None /\ ~using[t].done /\ Valid(process[t], using[t].slot, using[t].serial)
  /\ using' = [using EXCEPT ![t].done = TRUE]
  /\ UNCHANGED <<processVars, slot, serial, handleVars, parent, work, count, doomed>>
EndUse(t) ==
  /\ using[t] # None /\ using' = [using EXCEPT ![t] = None]
  /\ count' = [count EXCEPT ![using[t].object] = @ - 1]
  /\ UNCHANGED <<processVars, slot, serial, handleVars, parent, work, doomed>>

CapNext ==
  \/ \E t \in Threads, p \in Processes : StartProcess(t, p) \/ JoinProcess(t, p)
  \/ \E t \in Threads : LeaveProcess(t) \/ EndProcess(t) \/ FreeProcess(t) \/ Bury(t)
  \/ \E t \in Threads : Use(t) \/ EndUse(t)
  \/ \E t \in Threads, o \in Objects, d \in Slots : NewObject(t, o, d)
  \/ \E t \in Threads, s \in Slots, g \in Serials, r \in SUBSET Rights,
        b \in Badges \cup {None}, d \in Slots : Derive(t, s, g, r, b, d)
  \/ \E t \in Threads, s \in Slots, g \in Serials, q \in Processes, d \in Slots :
       GrantHandle(t, s, g, q, d)
  \/ \E t \in Threads, s \in Slots, g \in Serials : Close(t, s, g) \/ Revoke(t, s, g)
  \/ \E t \in Threads, s \in Slots, g \in Serials, a \in Rights : Lookup(t, s, g, a)
  \/ \E t \in Threads, s \in Slots : Drain(t, s)
  \/ \E t \in Threads, q \in Processes, d \in Slots : Adopt(t, q, d) \/ Reclaim(t, q, d)

\* --- invariants ----------------------------------------------------------------------------------
CapTypeOK ==
  /\ process \in [Threads -> Processes \cup {None}]
  /\ table \in [Processes -> {"free", "live", "dying"}]
  /\ slot \in [Processes -> [Slots -> {"free", "live", "closed", "revoked"}]]
  /\ serial \in [Processes -> [Slots -> 0..Lives]]
  /\ object \in [Processes -> [Slots -> Objects \cup {None}]]
  /\ rights \in [Processes -> [Slots -> SUBSET Rights]]
  /\ badge \in [Processes -> [Slots -> Badges \cup {None}]]
  /\ parent \in [Processes -> [Slots -> Handles \cup {None}]]
  /\ work \in [Threads -> Handles \cup {None}]
  /\ \A t \in Threads : using[t] \in {None} \cup
       [slot : Slots, serial : Serials, right : Rights, object : Objects, done : BOOLEAN]
  /\ count \in [Objects -> Nat]
  /\ doomed \in [Processes -> [Slots -> BOOLEAN]]
\* A slot is free and holds nothing, or holds one handle; one that is worn out is free.
SlotsExact == \A n \in Handles :
  /\ (At(slot, n) = "free") = (At(object, n) = None)
  /\ At(slot, n) = "free" => At(rights, n) = {} /\ At(badge, n) = None /\ At(parent, n) = None
  /\ At(slot, n) # "free" => At(serial, n) < Lives
\* An object's count is the number of those who have it: handles in any table, and uses.
CountExact == \A o \in Objects :
  count[o] = Cardinality({n \in Handles : At(object, n) = o})
             + Cardinality({t \in Threads : using[t] # None /\ using[t].object = o})
\* An object lives while somebody has a handle to it, or uses it.
ObjectLives ==
  /\ \A n \in Handles : At(object, n) # None => count[At(object, n)] > 0
  /\ \A t \in Threads : using[t] # None => count[using[t].object] > 0
\* Who has a handle can do no more with it than who has the one it was made from.
Attenuated == \A n \in Handles :
  (At(parent, n) # None /\ At(slot, At(parent, n)) # "free") =>
    /\ At(object, n) = At(object, At(parent, n))
    /\ At(rights, n) \subseteq At(rights, At(parent, n))
    /\ At(badge, At(parent, n)) # None => At(badge, n) = At(badge, At(parent, n))
\* Nobody's parent is gone.
ParentsThere == \A n \in Handles : At(parent, n) # None => At(slot, At(parent, n)) # "free"
\* A look at a handle and MaxDepth others is a look at all above it.
DepthBounded == \A n \in Handles : At(slot, n) # "free" => \E a \in Line(n) : Up(a) = None
\* Nothing of a revoked subtree can be used, and nothing else is lost.
RevokedUnusable == \A n \in Handles : At(doomed, n) => ~Usable(n)
OthersUsable == \A n \in Handles : At(slot, n) = "live" /\ ~At(doomed, n) => Usable(n)
\* When Revoke returns, the whole subtree has been taken out of all tables.
RevokeCompletes == \A n \in Handles : At(doomed, n) =>
  \E t \in Threads : work[t] # None /\ work[t] \in Line(n) /\ At(slot, work[t]) = "revoked"
\* What is closed or revoked has one thread that does away with it, of the same process.
WorkExact ==
  /\ \A n \in Handles : At(slot, n) \in {"closed", "revoked"} =>
       Cardinality({t \in Threads : work[t] = n}) = 1
  /\ \A t \in Threads : work[t] # None =>
       At(slot, work[t]) \in {"closed", "revoked"} /\ process[t] = work[t][1] /\ using[t] = None
\* A process has threads, and one when it ends; without threads it has no handles.
ProcessExact == \A p \in Processes :
  /\ (table[p] = "free") = (Members(p) = {})
  /\ table[p] = "dying" => Cardinality(Members(p)) = 1
  /\ table[p] = "free" => \A s \in Slots : slot[p][s] = "free"
\* Who uses something is in a process that lives.
UsersInside == \A t \in Threads : using[t] # None =>
  process[t] # None /\ table[process[t]] = "live"
\* A name that was looked up means the same handle as long as it means any.
NamesKept == \A t \in Threads : (using[t] # None /\ process[t] # None) =>
  LET n == <<process[t], using[t].slot>> IN
  (At(slot, n) # "free" /\ At(serial, n) = using[t].serial)
    => At(object, n) = using[t].object /\ using[t].right \in At(rights, n)

\* --- action properties ---------------------------------------------------------------------------
\* Whoever uses an object has a handle that allows it, now: not one of an earlier generation, nor
\* one that has been closed or revoked.
UsesAuthorized == [][\A t \in Threads :
  (using[t] # None /\ using'[t] # None /\ ~using[t].done /\ using'[t].done)
    => LET n == <<process[t], using[t].slot>> IN
       /\ At(slot, n) = "live" /\ At(serial, n) = using[t].serial /\ ~At(doomed, n)
       /\ At(object, n) = using[t].object /\ using[t].right \in At(rights, n)]_capVars
\* A handle comes with its object, or from another that its owner may use; to who lives.
Unforgeable == [][\A n \in Handles :
  (At(slot, n) = "free" /\ At(slot', n) # "free")
    => /\ table[n[1]] = "live"
       /\ IF count[At(object', n)] = 0 THEN At(parent', n) = None
          ELSE \E m \in Handles : /\ At(parent', n) = m /\ At(slot, m) = "live"
                                  /\ ~At(doomed, m) /\ At(object, m) = At(object', n)]_capVars
\* What is granted is below what it was granted from, so that its owner can revoke it.
GrantedBelow == [][\A n \in Handles : (At(slot, n) = "free" /\ At(slot', n) # "free") =>
  \A t \in Threads, s \in Slots, g \in Serials :
    GrantHandle(t, s, g, n[1], n[2]) => At(parent', n) = <<process[t], s>>]_capVars
\* What a handle allows never changes.
HandlesConstant == [][\A n \in Handles :
  (At(slot, n) # "free" /\ At(slot', n) # "free" /\ At(serial', n) = At(serial, n))
    => /\ At(object', n) = At(object, n) /\ At(rights', n) = At(rights, n)
       /\ At(badge', n) = At(badge, n)]_capVars
\* It stays below all that it was made from, but what is closed.
LineageKept == [][\A n \in Handles :
  (At(slot, n) # "free" /\ At(slot', n) # "free" /\ At(parent', n) # At(parent, n))
    => /\ At(parent, n) # None /\ At(slot, At(parent, n)) = "closed"
       /\ At(parent', n) \in (Line(n) \ {n}) \cup {None}
       /\ \A a \in Line(n) \ {n} :
            At(slot, a) = "closed" \/ (At(parent', n) # None /\ a \in Line(At(parent', n)))]_capVars
\* Nobody loses a handle, but by closing or revoking it, or one above it.
HandlesKept == [][\A n \in Handles :
  (At(slot, n) = "live" /\ At(slot', n) # "live" /\ ~At(doomed, n))
    => \E t \in Threads : /\ process[t] = n[1]
                          /\ \/ Drain(t, n[2])
                             \/ \E g \in Serials : Close(t, n[2], g) \/ Revoke(t, n[2], g)]_capVars
\* A name is never given twice.
NamesOnce == [][\A n \in Handles :
  /\ At(serial', n) >= At(serial, n)
  /\ (At(slot, n) # "free" /\ At(slot', n) = "free") => At(serial', n) > At(serial, n)]_capVars

\* --- liveness: who has work, or ends a process, gets to run --------------------------------------
CapFair == \A t \in Threads :
  /\ WF_capVars(Bury(t)) /\ WF_capVars(FreeProcess(t))
  /\ WF_capVars(\E q \in Processes, d \in Slots : Adopt(t, q, d) \/ Reclaim(t, q, d))
  /\ WF_capVars(\E s \in Slots : Drain(t, s))
EveryWorkEnds == \A t \in Threads : work[t] # None ~> work[t] = None
EveryProcessEnds == \A p \in Processes : table[p] = "dying" ~> table[p] = "free"
=====================================================================================
