------------------------------- MODULE AddressSpace -------------------------------
(* Virtual memory of several processes on several cores: areas, demand-zero pages,   *)
(* copy on write, and the shootdown of translations that cores may still cache.      *)
(*                                                                                   *)
(* A space comes to be by Fork, with its first thread, which begins when the copy is *)
(* whole; whoever is the last to leave it takes everything out of it before (Leave). *)
(*                                                                                   *)
(* What a core has cached cannot be seen, so the worst is assumed: everything that   *)
(* its tables have said since it last flushed. stale[c] is what of that the tables   *)
(* no longer say (a ghost); the rest of what c may use is what they say now.         *)
(*                                                                                   *)
(* One action is one critical section under the lock of one space. Whatever takes    *)
(* rights away is a job: the thread that began it, the changer, works page by page   *)
(* (it may be preempted in between), asks the other cores that have the tables       *)
(* loaded to flush (Shoot), waits until all have (Acknowledge, Release), and only    *)
(* then gives frames back (FreeFrame, Finish). Others who want to change the space   *)
(* stand in its queue meanwhile. When the job has ended all of them are admitted, in *)
(* the same critical section, and begin again.                                       *)
EXTENDS Integers, Sequences, FiniteSets
CONSTANTS Cores, Threads, Spaces,
          Pages,      \* 1..n: pages of each space
          Frames,     \* frames of memory
          Prots,      \* subset of {"read", "write", "execute"}: what may be asked for
          None
VARIABLES
  life,       \* life[s]: "free" "making" (by Fork: its first thread waits) "live"
  space,      \* space[t]: space that thread t lives in, or None
  root,       \* root[c]: space whose tables core c has loaded, or None (the kernel's)
  area,       \* area[s][v]: what the process may do with page v, or None
  frame,      \* frame[s][v]: frame in the table, or None
  hard,       \* hard[s][v]: rights in the table: "none" "read" "write" "execute"
  refs,       \* refs[f]: who refers to frame f; 0 is free
  changer,    \* changer[s]: thread whose job is under way, or None
  job,        \* job[s]: "none" "unmap" "protect" "copy" "fork" "leave"
  phase,      \* phase[s]: "none" "work" "wait" "free"
  span,       \* span[s]: pages that the job works on
  child,      \* child[s]: space that the job makes, or None
  need,       \* need[s]: cores that have not flushed since they were asked
  dying,      \* dying[s]: frames that the job has taken out of the table
  turns,      \* turns[s]: threads that wait for the job's end
  stale       \* stale[c]: translations c may use that its tables do not have (ghost)
spaceVars == <<life, space, root, area, frame, hard, refs, changer, job, phase, span, child,
               need, dying, turns, stale>>
tableVars == <<area, frame, hard, refs>>
jobVars == <<changer, job, phase, span, child, need, dying>>

Rights == {"none", "read", "write", "execute"}
Allowed(p) == IF p = None THEN {} ELSE {"read", p}
NoPages == [v \in Pages |-> None]
SeqSet(q) == {q[i] : i \in 1..Len(q)}
Loaded(s) == {c \in Cores : root[c] = s}
Members(s) == {t \in Threads : space[t] = s}
Span(lo, hi) == {v \in Pages : lo <= v /\ v <= hi}
Busy(s) == changer[s] # None
\* t waits until its space is whole.
Unborn(t) == IF space[t] = None THEN FALSE ELSE life[space[t]] = "making"
Alone(t) == Members(space[t]) = {t}
Unused(s) == area[s] = NoPages
Queued(t) == space[t] # None /\ t \in SeqSet(turns[space[t]])
Entry(s, v) == [page |-> v, frame |-> frame[s][v], rights |-> hard[s][v]]
\* What core c may use, at worst.
Cached(c) == stale[c] \cup
  (IF root[c] = None THEN {} ELSE {Entry(root[c], v) : v \in {x \in Pages : frame[root[c]][x] # None}})
\* Thread t runs on c and has no job and no place in the queue; it may begin something.
MayAct(c, t) == space[t] # None /\ root[c] = space[t] /\ ~Queued(t) /\ changer[space[t]] # t
\* Nothing begins before all who waited for the end of a job have been admitted.
Begins(c, t) == MayAct(c, t) /\ ~Busy(space[t]) /\ turns[space[t]] = <<>>
Works(c, t, ph) ==
  /\ space[t] # None /\ root[c] = space[t] /\ changer[space[t]] = t /\ phase[space[t]] = ph

\* t0 lives in the first space and runs on c0 (None: nobody does).
SpaceInit(first, t0, c0) ==
  /\ life = [s \in Spaces |-> IF s = first THEN "live" ELSE "free"]
  /\ space = [t \in Threads |-> IF t = t0 THEN first ELSE None]
  /\ root = [c \in Cores |-> IF c = c0 THEN first ELSE None]
  /\ area = [s \in Spaces |-> NoPages] /\ frame = [s \in Spaces |-> NoPages]
  /\ hard = [s \in Spaces |-> [v \in Pages |-> "none"]]
  /\ refs = [f \in Frames |-> 0]
  /\ changer = [s \in Spaces |-> None] /\ job = [s \in Spaces |-> "none"]
  /\ phase = [s \in Spaces |-> "none"] /\ span = [s \in Spaces |-> {}]
  /\ child = [s \in Spaces |-> None] /\ need = [s \in Spaces |-> {}]
  /\ dying = [s \in Spaces |-> {}] /\ turns = [s \in Spaces |-> <<>>]
  /\ stale = [c \in Cores |-> {}]

\* The table's entry of page v loses rights: who has it loaded may go on using it.
Outdated(s, v) ==
  stale' = [c \in Cores |-> IF root[c] = s THEN stale[c] \cup {Entry(s, v)} ELSE stale[c]]
Begin(s, t, kind, pages, n) ==
  /\ changer' = [changer EXCEPT ![s] = t] /\ job' = [job EXCEPT ![s] = kind]
  /\ phase' = [phase EXCEPT ![s] = "work"] /\ span' = [span EXCEPT ![s] = pages]
  /\ child' = [child EXCEPT ![s] = n]
Filled(s, pages) == {v \in pages : frame[s][v] # None}
TooMuch(s, v, p) == frame[s][v] # None /\ hard[s][v] \notin Allowed(p)

\* --- threads, cores and spaces -------------------------------------------------------------
Join(t, s) ==
  /\ space[t] = None /\ life[s] = "live" /\ space' = [space EXCEPT ![t] = s]
  /\ UNCHANGED <<life, root, tableVars, jobVars, turns, stale>>
\* Nothing is left in the space that the last thread leaves.
Quit(t) ==
  /\ space[t] # None /\ ~Unborn(t) /\ ~Queued(t) /\ changer[space[t]] # t
  /\ Alone(t) => Unused(space[t])
  /\ space' = [space EXCEPT ![t] = None]
  /\ UNCHANGED <<life, root, tableVars, jobVars, turns, stale>>
\* Core c loads the tables of s (or the kernel's), which flushes what it had cached.
Load(c, s) ==
  /\ root[c] # s /\ (s # None => life[s] = "live" /\ Members(s) # {})
  /\ root' = [root EXCEPT ![c] = s] /\ stale' = [stale EXCEPT ![c] = {}]
  /\ need' = [x \in Spaces |-> need[x] \ {c}]
  /\ UNCHANGED <<life, space, tableVars, changer, job, phase, span, child, dying, turns>>
\* Nobody is left in s, and no core has its tables loaded.
FreeDue(s) == life[s] = "live" /\ Members(s) = {} /\ Loaded(s) = {}
FreeSpace(s) ==
  /\ FreeDue(s) /\ life' = [life EXCEPT ![s] = "free"]
  /\ UNCHANGED <<space, root, tableVars, jobVars, turns, stale>>
\* All processes have ended, and nobody is left who could fork one: no deadlock
\* (no step of the composed machine, whose cores are interrupted all the same).
Ended == (\A s \in Spaces : life[s] = "free") /\ UNCHANGED spaceVars

\* --- system calls ----------------------------------------------------------------------------
MapFits(s, lo, hi) == \A v \in Span(lo, hi) : area[s][v] = None
Map(c, t, lo, hi, p) ==
  /\ Begins(c, t) /\ lo <= hi /\ MapFits(space[t], lo, hi)
  /\ area' = [area EXCEPT ![space[t]] =
                [v \in Pages |-> IF v \in Span(lo, hi) THEN p ELSE @[v]]]
  /\ UNCHANGED <<life, space, root, frame, hard, refs, jobVars, turns, stale>>
Unmap(c, t, lo, hi) ==
  /\ Begins(c, t) /\ lo <= hi
  /\ LET s == space[t] IN
     /\ \E v \in Span(lo, hi) : area[s][v] # None
     /\ area' = [area EXCEPT ![s] = [v \in Pages |-> IF v \in Span(lo, hi) THEN None ELSE @[v]]]
     /\ IF Filled(s, Span(lo, hi)) = {} THEN UNCHANGED <<changer, job, phase, span, child>>
        ELSE Begin(s, t, "unmap", Span(lo, hi), None)
  /\ UNCHANGED <<life, space, root, frame, hard, refs, need, dying, turns, stale>>
Protect(c, t, lo, hi, p) ==
  /\ Begins(c, t) /\ lo <= hi
  /\ LET s == space[t] IN
     /\ \A v \in Span(lo, hi) : area[s][v] # None
     /\ \E v \in Span(lo, hi) : area[s][v] # p
     /\ area' = [area EXCEPT ![s] = [v \in Pages |-> IF v \in Span(lo, hi) THEN p ELSE @[v]]]
     /\ IF \A v \in Span(lo, hi) : ~TooMuch(s, v, p)
        THEN UNCHANGED <<changer, job, phase, span, child>>
        ELSE Begin(s, t, "protect", Span(lo, hi), None)
  /\ UNCHANGED <<life, space, root, frame, hard, refs, need, dying, turns, stale>>
\* n becomes a copy of t's space, with u as its first thread.
Fork(c, t, u, n) ==
  /\ Begins(c, t) /\ space[u] = None /\ life[n] = "free"
  /\ life' = [life EXCEPT ![n] = "making"] /\ space' = [space EXCEPT ![u] = n]
  /\ area' = [area EXCEPT ![n] = area[space[t]]]
  /\ Begin(space[t], t, "fork", Pages, n)
  /\ UNCHANGED <<root, frame, hard, refs, need, dying, turns, stale>>
\* The last thread of a space takes everything out of it, to leave it.
Leave(c, t) ==
  /\ Begins(c, t) /\ Alone(t) /\ ~Unused(space[t])
  /\ LET s == space[t] IN
     /\ area' = [area EXCEPT ![s] = NoPages]
     /\ IF Filled(s, Pages) = {} THEN UNCHANGED <<changer, job, phase, span, child>>
        ELSE Begin(s, t, "leave", Pages, None)
  /\ UNCHANGED <<life, space, root, frame, hard, refs, need, dying, turns, stale>>

\* --- page faults -----------------------------------------------------------------------------
\* A page that has none yet gets a frame, zeroed.
Fill(c, t, v, f) ==
  /\ Begins(c, t)
  /\ LET s == space[t] IN
     /\ area[s][v] # None /\ frame[s][v] = None /\ refs[f] = 0
     /\ frame' = [frame EXCEPT ![s][v] = f] /\ hard' = [hard EXCEPT ![s][v] = area[s][v]]
     /\ refs' = [refs EXCEPT ![f] = 1]
  /\ UNCHANGED <<life, space, root, area, jobVars, turns, stale>>
\* The table lags behind what the process may do; a writer must be alone.
Allow(c, t, v) ==
  /\ Begins(c, t)
  /\ LET s == space[t] IN
     /\ frame[s][v] # None /\ hard[s][v] # area[s][v]
     /\ area[s][v] = "write" => refs[frame[s][v]] = 1
     /\ hard' = [hard EXCEPT ![s][v] = area[s][v]]
  /\ UNCHANGED <<life, space, root, area, frame, refs, jobVars, turns, stale>>
\* A write to a shared frame: the page gets a frame of its own with the same contents. It may be
\* written when no core can read the old one in its place any more.
Copy(c, t, v, f) ==
  /\ Begins(c, t)
  /\ LET s == space[t] g == frame[s][v] IN
     /\ area[s][v] = "write" /\ hard[s][v] = "read" /\ refs[g] > 1 /\ refs[f] = 0
     /\ frame' = [frame EXCEPT ![s][v] = f]
     /\ IF Loaded(s) = {c}
        THEN /\ hard' = [hard EXCEPT ![s][v] = "write"]
             /\ refs' = [refs EXCEPT ![f] = 1, ![g] = @ - 1]
             /\ stale' = [stale EXCEPT ![c] = {}]
             /\ UNCHANGED <<changer, job, phase, span, child, dying>>
        ELSE /\ refs' = [refs EXCEPT ![f] = 1]
             /\ dying' = [dying EXCEPT ![s] = {g}]
             /\ Outdated(s, v) /\ Begin(s, t, "copy", {v}, None)
             /\ UNCHANGED hard
  /\ UNCHANGED <<life, space, root, area, need, turns>>

\* --- the job, page by page ---------------------------------------------------------------------
Clear(c, t, v) ==
  /\ Works(c, t, "work")
  /\ LET s == space[t] IN
     /\ job[s] \in {"unmap", "leave"} /\ v \in Filled(s, span[s])
     /\ frame' = [frame EXCEPT ![s][v] = None] /\ hard' = [hard EXCEPT ![s][v] = "none"]
     /\ dying' = [dying EXCEPT ![s] = @ \cup {frame[s][v]}]
     /\ Outdated(s, v)
  /\ UNCHANGED <<life, space, root, area, refs, changer, job, phase, span, child, need, turns>>
Tighten(c, t, v) ==
  /\ Works(c, t, "work")
  /\ LET s == space[t] IN
     /\ job[s] = "protect" /\ v \in span[s] /\ TooMuch(s, v, area[s][v])
     /\ hard' = [hard EXCEPT ![s][v] = "read"]
     /\ Outdated(s, v)
  /\ UNCHANGED <<life, space, root, area, frame, refs, jobVars, turns>>
Unshared(s) == {v \in Filled(s, span[s]) : frame[child[s]][v] = None}
Share(c, t, v) ==
  /\ Works(c, t, "work")
  /\ LET s == space[t] n == child[s] f == frame[s][v]
         r == IF hard[s][v] = "write" THEN "read" ELSE hard[s][v] IN
     /\ job[s] = "fork" /\ v \in Unshared(s)
     /\ frame' = [frame EXCEPT ![n][v] = f] /\ hard' = [hard EXCEPT ![s][v] = r, ![n][v] = r]
     /\ refs' = [refs EXCEPT ![f] = @ + 1]
     /\ IF r = hard[s][v] THEN UNCHANGED stale ELSE Outdated(s, v)
  /\ UNCHANGED <<life, space, root, area, jobVars, turns>>
WorkLeft(s) ==
  CASE job[s] \in {"unmap", "leave"} -> Filled(s, span[s]) # {}
    [] job[s] = "protect" -> \E v \in span[s] : TooMuch(s, v, area[s][v])
    [] job[s] = "fork" -> Unshared(s) # {}
    [] OTHER -> FALSE
\* All pages are done: c flushes, and asks the others who have the tables loaded.
Shoot(c, t) ==
  /\ Works(c, t, "work") /\ ~WorkLeft(space[t])
  /\ LET s == space[t] others == Loaded(s) \ {c} IN
     /\ stale' = [stale EXCEPT ![c] = {}] /\ need' = [need EXCEPT ![s] = others]
     /\ phase' = [phase EXCEPT ![s] = IF others = {} THEN "free" ELSE "wait"]
     /\ span' = [span EXCEPT ![s] = {}]
  /\ UNCHANGED <<life, space, root, tableVars, changer, job, child, dying, turns>>
\* c has been asked, and flushes.
Acknowledge(c) ==
  /\ root[c] # None
  /\ LET s == root[c] IN
     /\ c \in need[s] /\ need' = [need EXCEPT ![s] = @ \ {c}]
     /\ stale' = [stale EXCEPT ![c] = {}]
  /\ UNCHANGED <<life, space, root, tableVars, changer, job, phase, span, child, dying, turns>>
\* All have flushed: the changer goes on.
ReleaseDue(s) == phase[s] = "wait" /\ need[s] = {}
Release(c, s) ==
  /\ ReleaseDue(s) /\ phase' = [phase EXCEPT ![s] = "free"]
  /\ UNCHANGED <<life, space, root, tableVars, changer, job, span, child, need, dying, turns,
                 stale>>
\* A frame that nobody can reach through s any more.
FreeFrame(c, t, f) ==
  /\ Works(c, t, "free")
  /\ LET s == space[t] IN
     /\ f \in dying[s] /\ dying' = [dying EXCEPT ![s] = @ \ {f}]
     /\ refs' = [refs EXCEPT ![f] = @ - 1]
  /\ UNCHANGED <<life, space, root, area, frame, hard, changer, job, phase, span, child, need,
                 turns, stale>>
Finish(c, t) ==
  /\ Works(c, t, "free")
  /\ LET s == space[t] IN
     /\ dying[s] = {}
     /\ changer' = [changer EXCEPT ![s] = None] /\ job' = [job EXCEPT ![s] = "none"]
     /\ phase' = [phase EXCEPT ![s] = "none"] /\ child' = [child EXCEPT ![s] = None]
  /\ UNCHANGED <<life, space, root, tableVars, span, need, dying, turns, stale>>
\* A copy is whole: its first thread begins.
BearDue(n) == life[n] = "making" /\ \A s \in Spaces : child[s] # n
Bear(n) ==
  /\ BearDue(n) /\ life' = [life EXCEPT ![n] = "live"]
  /\ UNCHANGED <<space, root, tableVars, jobVars, turns, stale>>

\* --- the queue -----------------------------------------------------------------------------------
WaitTurn(c, t) ==
  /\ MayAct(c, t) /\ Busy(space[t])
  /\ turns' = [turns EXCEPT ![space[t]] = Append(@, t)]
  /\ UNCHANGED <<life, space, root, tableVars, jobVars, stale>>
AdmitDue(s) == ~Busy(s) /\ turns[s] # <<>>
Admit(c, s) ==
  /\ AdmitDue(s) /\ turns' = [turns EXCEPT ![s] = Tail(@)]
  /\ UNCHANGED <<life, space, root, tableVars, jobVars, stale>>

SpaceNext ==
  \/ \E t \in Threads, s \in Spaces : Join(t, s)
  \/ \E t \in Threads : Quit(t)
  \/ \E c \in Cores, s \in Spaces \cup {None} : Load(c, s)
  \/ \E s \in Spaces : FreeSpace(s) \/ Bear(s)
  \/ Ended
  \/ \E c \in Cores, t \in Threads, lo, hi \in Pages, p \in Prots :
       Map(c, t, lo, hi, p) \/ Protect(c, t, lo, hi, p)
  \/ \E c \in Cores, t \in Threads, lo, hi \in Pages : Unmap(c, t, lo, hi)
  \/ \E c \in Cores, t, u \in Threads, n \in Spaces : Fork(c, t, u, n)
  \/ \E c \in Cores, t \in Threads, v \in Pages, f \in Frames : Fill(c, t, v, f) \/ Copy(c, t, v, f)
  \/ \E c \in Cores, t \in Threads, v \in Pages :
       Allow(c, t, v) \/ Clear(c, t, v) \/ Tighten(c, t, v) \/ Share(c, t, v)
  \/ \E c \in Cores, t \in Threads, f \in Frames : FreeFrame(c, t, f)
  \/ \E c \in Cores, t \in Threads : Shoot(c, t) \/ Finish(c, t) \/ WaitTurn(c, t) \/ Leave(c, t)
  \/ \E c \in Cores : Acknowledge(c)
  \/ \E c \in Cores, s \in Spaces : Release(c, s) \/ Admit(c, s)

\* --- invariants ------------------------------------------------------------------------------------
SpaceTypeOK ==
  /\ life \in [Spaces -> {"free", "making", "live"}]
  /\ space \in [Threads -> Spaces \cup {None}] /\ root \in [Cores -> Spaces \cup {None}]
  /\ area \in [Spaces -> [Pages -> Prots \cup {None}]]
  /\ frame \in [Spaces -> [Pages -> Frames \cup {None}]]
  /\ hard \in [Spaces -> [Pages -> Rights]]
  /\ refs \in [Frames -> Nat]
  /\ changer \in [Spaces -> Threads \cup {None}]
  /\ job \in [Spaces -> {"none", "unmap", "protect", "copy", "fork", "leave"}]
  /\ phase \in [Spaces -> {"none", "work", "wait", "free"}]
  /\ span \in [Spaces -> SUBSET Pages] /\ child \in [Spaces -> Spaces \cup {None}]
  /\ need \in [Spaces -> SUBSET Cores] /\ dying \in [Spaces -> SUBSET Frames]
\* A frame's count is the number of those who have it: pages, and frames on their way out.
RefsExact == \A f \in Frames :
  refs[f] = Cardinality({x \in Spaces \X Pages : frame[x[1]][x[2]] = f})
            + Cardinality({s \in Spaces : f \in dying[s]})
\* The table says no more than the process may do, but where a job is just taking it away.
TablesExact == \A s \in Spaces, v \in Pages :
  /\ (frame[s][v] = None) = (hard[s][v] = "none")
  /\ (frame[s][v] # None /\ hard[s][v] \notin Allowed(area[s][v]))
       => phase[s] = "work" /\ v \in span[s]
  /\ life[s] = "free" => area[s][v] = None /\ frame[s][v] = None
\* No core reaches a frame that is free, and may be somebody else's next.
FreeUnreachable == \A c \in Cores : \A x \in Cached(c) : refs[x.frame] > 0
\* Copy on write isolates: who may write a frame is the only one to have it, and nobody else can
\* still read it. A space in the making does not count, nobody runs in it.
WriterAlone == \A c \in Cores : \A x \in Cached(c) : x.rights = "write" =>
  /\ \A s \in Spaces, v \in Pages :
       (frame[s][v] = x.frame /\ life[s] = "live") => s = root[c] /\ v = x.page
  /\ \A d \in Cores : \A y \in Cached(d) :
       y.frame = x.frame => root[d] = root[c] /\ y.page = x.page
\* Nobody in a space reads one frame while another writes a different one as the same page.
OneImage == \A c, d \in Cores : root[c] = root[d] =>
  \A x \in Cached(c), y \in Cached(d) :
    (x.page = y.page /\ x.rights = "write") => x.frame = y.frame
\* No frame may be written by one core and executed by another, or the same.
WriteXorExecute == \A c, d \in Cores : \A x \in Cached(c), y \in Cached(d) :
  x.frame = y.frame => ~(x.rights = "write" /\ y.rights = "execute")
\* No access through a stale translation when the call that made it so has returned.
StaleAwaited == \A c \in Cores : stale[c] # {} =>
  /\ root[c] # None
  /\ phase[root[c]] = "work" \/ c \in need[root[c]]
GoneWhenReturned == \A c \in Cores : \A x \in Cached(c) :
  ~Busy(root[c]) => x.rights \in Allowed(area[root[c]][x.page])
\* A job is somebody's, who lives in the space; there is one at a time.
JobExact == \A s \in Spaces :
  /\ (changer[s] = None) = (job[s] = "none") /\ (job[s] = "none") = (phase[s] = "none")
  /\ changer[s] # None => space[changer[s]] = s /\ ~Queued(changer[s])
  /\ phase[s] # "work" => span[s] = {}
  /\ need[s] \subseteq Loaded(s) /\ (need[s] # {} => phase[s] = "wait")
  /\ dying[s] # {} => job[s] \in {"unmap", "leave", "copy"}
  /\ (child[s] # None) = (job[s] = "fork")
\* A space in the making has nobody but its first thread in it, and what a job makes is one.
MakingExact == \A n \in Spaces :
  /\ (\E s \in Spaces : child[s] = n) => life[n] = "making"
  /\ Cardinality({s \in Spaces : child[s] = n}) <= 1
  /\ life[n] # "live" => Loaded(n) = {} /\ ~Busy(n)
  /\ life[n] # "live" => Cardinality(Members(n)) = (IF life[n] = "making" THEN 1 ELSE 0)
\* Nothing is left where nobody lives: no memory is lost.
NothingLeft == \A s \in Spaces : life[s] = "live" /\ Members(s) = {} =>
  Unused(s) /\ Filled(s, Pages) = {} /\ dying[s] = {}
\* Who stands in a queue lives in that space, and stands once.
QueueOfMembers == \A s \in Spaces :
  /\ \A i \in 1..Len(turns[s]) : space[turns[s][i]] = s
  /\ Cardinality(SeqSet(turns[s])) = Len(turns[s])

\* --- liveness: kernel duties are discharged, the changer gets to run --------------------------------
SpaceFair ==
  /\ \A s \in Spaces : SF_spaceVars(Busy(s) /\ Loaded(s) = {} /\ \E c \in Cores : Load(c, s))
  /\ \A c \in Cores : SF_spaceVars(Acknowledge(c))
  /\ \A s \in Spaces : WF_spaceVars(\E c \in Cores : Release(c, s))
  /\ \A s \in Spaces : SF_spaceVars(\E c \in Cores : Admit(c, s))
  /\ \A t \in Threads : SF_spaceVars(\E c \in Cores :
       \/ Shoot(c, t) \/ Finish(c, t)
       \/ \E v \in Pages : Clear(c, t, v) \/ Tighten(c, t, v) \/ Share(c, t, v)
       \/ \E f \in Frames : FreeFrame(c, t, f))
EveryChangeFinishes == \A s \in Spaces : Busy(s) ~> ~Busy(s)
EveryoneIsAdmitted == \A t \in Threads : Queued(t) ~> ~Queued(t)
===================================================================================
