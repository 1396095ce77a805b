-------------------------------- MODULE Supervision --------------------------------
(* The supervisor: who is started, when, and what happens when somebody dies. A service is a    *)
(* slot of its table; its process is made by a helper from the saved image, starts, serves once  *)
(* it has answered a probe, and ends; then all that it had comes back before it is made again.   *)
(*                                                                                               *)
(* One action is one critical section under the supervisor's lock, but for Crash and             *)
(* AnswerProbe: what a core has found out about a process, and brings to the supervisor when it  *)
(* gets the lock. By then the process may be of an earlier incarnation. Of the number that a     *)
(* report carries all that matters is whether it is the present one: late[c] says it is not.     *)
(*                                                                                               *)
(* Time is not in the state: a back-off, a probe's deadline, the 60 seconds after which a        *)
(* service has proved itself and the window of the budget are over whenever Expire, Hang, Calm   *)
(* and Forgive say so.                                                                           *)
(*                                                                                               *)
(* Assumed: what a half-made or dead process has can always be taken back, part by part; a       *)
(* helper that takes too long is ended; the kernel can always make a helper again. What becomes  *)
(* of a service's channel and its callers is Ipc's (Die, FailCall, Restart).                     *)
EXTENDS Integers, FiniteSets
CONSTANTS Cores, Helpers,
          Services,   \* 1..n: slots of the table; who is needed has a lower number
          Wanted,     \* Wanted[s]: sets of services that s may be registered to need
          Controls,   \* subset of {"stop", "restart", "reset"}: what may be asked for
          Budget,     \* restarts in one window
          MaxDelay,   \* exponent of the longest back-off
          Parts,      \* in how many steps what a process has is taken back
          None
VARIABLES
  svc,        \* svc[s]: "none" "down" "waiting" "making" "starting" "serving" "ending" "failed"
  wish,       \* wish[s]: "up" "down" "again" (down, then up), as the operator says
  deps,       \* deps[s]: services that s needs, also those that they need
  rest,       \* rest[s]: back-off after a death: "no" (did not die) "on" "over"
  delay,      \* delay[s]: exponent of the last back-off
  used,       \* used[s]: restarts in the present window
  parts,      \* parts[s]: what the process of s has
  probe,      \* probe[s]: "none" "asked" "told" (answered, some core knows)
  fit,        \* fit[h]: helper h lives
  makes,      \* makes[h]: service whose process h makes, or None
  brings,     \* brings[c]: what core c will tell the supervisor: "none" "death" "answer"
  about,      \* about[c]: service that it concerns, or None
  late,       \* late[c]: it concerns an earlier incarnation than the present one
  launched    \* launched[s]: restarts after deaths since the window began (ghost)
supVars == <<svc, wish, deps, rest, delay, used, parts, probe, fit, makes, brings, about, late,
             launched>>
coreVars == <<brings, about, late>>
helperVars == <<fit, makes>>
tallyVars == <<used, launched>>

Running == {"making", "starting", "serving"}        \* s has a process, or half of one
Occupied == Running \cup {"ending"}
Runs(s) == svc[s] \in Running
Lives(s) == svc[s] \in {"starting", "serving"}      \* its process executes
Needing(s) == {x \in Services : s \in deps[x]}
\* s, or somebody whom it needs, is to go down.
Sinks(s) == \E x \in deps[s] \cup {s} : wish[x] # "up"
Orphaned(s) == Runs(s) /\ \E d \in deps[s] : svc[d] # "serving"
\* A death's critical section ends when all are told who needed the dead: Cascade comes first.
Quiet == \A s \in Services : ~Orphaned(s)
Longer(n) == IF n < MaxDelay THEN n + 1 ELSE MaxDelay

SupInit ==
  /\ svc = [s \in Services |-> "none"] /\ wish = [s \in Services |-> "down"]
  /\ deps = [s \in Services |-> {}] /\ rest = [s \in Services |-> "no"]
  /\ delay = [s \in Services |-> 0] /\ used = [s \in Services |-> 0]
  /\ parts = [s \in Services |-> 0] /\ probe = [s \in Services |-> "none"]
  /\ fit = [h \in Helpers |-> TRUE] /\ makes = [h \in Helpers |-> None]
  /\ brings = [c \in Cores |-> "none"] /\ about = [c \in Cores |-> None]
  /\ late = [c \in Cores |-> FALSE] /\ launched = [s \in Services |-> 0]

\* The process of s is at its end: nobody makes it any more, its probe is not awaited.
End(s) ==
  /\ svc' = [svc EXCEPT ![s] = "ending"] /\ probe' = [probe EXCEPT ![s] = "none"]
  /\ makes' = [h \in Helpers |-> IF makes[h] = s THEN None ELSE makes[h]]
\* It has died: a back-off begins, twice as long as the last.
Fall(s) ==
  /\ End(s) /\ rest' = [rest EXCEPT ![s] = "on"] /\ delay' = [delay EXCEPT ![s] = Longer(@)]
Told(c) ==
  /\ brings' = [brings EXCEPT ![c] = "none"] /\ about' = [about EXCEPT ![c] = None]
  /\ late' = [late EXCEPT ![c] = FALSE]

\* --- the table, and the operator's controls ----------------------------------------------------
Register(s, d) ==
  /\ Quiet /\ svc[s] = "none" /\ d \in Wanted[s] /\ \A x \in d : x < s /\ svc[x] # "none"
  /\ svc' = [svc EXCEPT ![s] = "down"]
  /\ deps' = [deps EXCEPT ![s] = d \cup UNION {deps[x] : x \in d}]
  /\ UNCHANGED <<wish, rest, delay, tallyVars, parts, probe, helperVars, coreVars>>
Unregister(s) ==
  /\ Quiet /\ svc[s] = "down" /\ Needing(s) = {}
  /\ svc' = [svc EXCEPT ![s] = "none"] /\ deps' = [deps EXCEPT ![s] = {}]
  /\ delay' = [delay EXCEPT ![s] = 0]
  /\ used' = [used EXCEPT ![s] = 0] /\ launched' = [launched EXCEPT ![s] = 0]
  /\ UNCHANGED <<wish, rest, parts, probe, helperVars, coreVars>>
\* Not of a failed service: that needs a reset. A stop that has not ended anything yet is undone.
StartService(s) ==
  /\ Quiet /\ svc[s] \notin {"none", "failed"} /\ wish[s] = "down"
  /\ wish' = [wish EXCEPT ![s] = "up"]
  /\ svc' = IF svc[s] = "down" THEN [svc EXCEPT ![s] = "waiting"] ELSE svc
  /\ UNCHANGED <<deps, rest, delay, tallyVars, parts, probe, helperVars, coreVars>>
\* Who waits, also for the end of a back-off, is down at once.
StopService(s) ==
  /\ Quiet /\ "stop" \in Controls /\ wish[s] # "down"
  /\ wish' = [wish EXCEPT ![s] = "down"]
  /\ IF svc[s] = "waiting"
     THEN svc' = [svc EXCEPT ![s] = "down"] /\ rest' = [rest EXCEPT ![s] = "no"]
     ELSE UNCHANGED <<svc, rest>>
  /\ UNCHANGED <<deps, delay, tallyVars, parts, probe, helperVars, coreVars>>
\* A back-off is cut short; who has a process ends in order, and comes again.
RestartService(s) ==
  /\ Quiet /\ "restart" \in Controls /\ wish[s] = "up"
  /\ \/ /\ svc[s] = "waiting" /\ rest[s] # "no"
        /\ rest' = [rest EXCEPT ![s] = "no"] /\ UNCHANGED wish
     \/ /\ svc[s] \in Occupied
        /\ wish' = [wish EXCEPT ![s] = "again"] /\ UNCHANGED rest
  /\ UNCHANGED <<svc, deps, delay, tallyVars, parts, probe, helperVars, coreVars>>
\* What was counted against s is forgotten; a failed one may run again.
ResetService(s) ==
  /\ Quiet /\ "reset" \in Controls /\ svc[s] # "none"
  /\ svc[s] = "failed" \/ used[s] > 0 \/ delay[s] > 0
  /\ svc' = IF svc[s] # "failed" THEN svc
            ELSE [svc EXCEPT ![s] = IF wish[s] = "up" THEN "waiting" ELSE "down"]
  /\ delay' = [delay EXCEPT ![s] = 0]
  /\ used' = [used EXCEPT ![s] = 0] /\ launched' = [launched EXCEPT ![s] = 0]
  /\ UNCHANGED <<wish, deps, rest, parts, probe, helperVars, coreVars>>

\* --- a process is made, starts, serves ---------------------------------------------------------
\* Helper h begins to make a process of s, of a new incarnation.
Launch(h, s) ==
  /\ Quiet /\ svc[s] = "waiting" /\ rest[s] # "on" /\ fit[h] /\ makes[h] = None
  /\ \A d \in deps[s] : svc[d] = "serving" /\ wish[d] = "up"
  /\ svc' = [svc EXCEPT ![s] = "making"] /\ makes' = [makes EXCEPT ![h] = s]
  /\ parts' = [parts EXCEPT ![s] = Parts] /\ rest' = [rest EXCEPT ![s] = "no"]
  /\ late' = [c \in Cores |-> late[c] \/ about[c] = s]
  /\ used' = IF rest[s] = "over" THEN [used EXCEPT ![s] = @ + 1] ELSE used
  /\ launched' = IF rest[s] = "over" THEN [launched EXCEPT ![s] = @ + 1] ELSE launched
  /\ UNCHANGED <<wish, deps, delay, probe, fit, brings, about>>
Made(h) ==
  /\ Quiet /\ makes[h] # None
  /\ svc' = [svc EXCEPT ![makes[h]] = "starting"] /\ makes' = [makes EXCEPT ![h] = None]
  /\ UNCHANGED <<wish, deps, rest, delay, tallyVars, parts, probe, fit, coreVars>>
Probe(s) ==
  /\ Quiet /\ Lives(s) /\ probe[s] = "none" /\ probe' = [probe EXCEPT ![s] = "asked"]
  /\ UNCHANGED <<svc, wish, deps, rest, delay, tallyVars, parts, helperVars, coreVars>>
\* A thread of s answers, on core c.
AnswerProbe(c, s) ==
  /\ brings[c] = "none" /\ Lives(s) /\ probe[s] = "asked"
  /\ probe' = [probe EXCEPT ![s] = "told"]
  /\ brings' = [brings EXCEPT ![c] = "answer"] /\ about' = [about EXCEPT ![c] = s]
  /\ UNCHANGED <<svc, wish, deps, rest, delay, tallyVars, parts, helperVars, late>>
\* The first answer of the present incarnation says that it serves.
TakeAnswer(c) ==
  /\ Quiet /\ brings[c] = "answer" /\ Told(c)
  /\ LET s == about[c] IN
     IF ~late[c] /\ Lives(s)
     THEN svc' = [svc EXCEPT ![s] = "serving"] /\ probe' = [probe EXCEPT ![s] = "none"]
     ELSE UNCHANGED <<svc, probe>>
  /\ UNCHANGED <<wish, deps, rest, delay, tallyVars, parts, helperVars>>
\* It has served for so long that the next back-off is the shortest again.
Calm(s) ==
  /\ Quiet /\ svc[s] = "serving" /\ delay[s] > 0 /\ delay' = [delay EXCEPT ![s] = 0]
  /\ UNCHANGED <<svc, wish, deps, rest, tallyVars, parts, probe, helperVars, coreVars>>
\* A window of the budget is over.
Forgive(s) ==
  /\ Quiet /\ svc[s] # "failed" /\ used[s] > 0
  /\ used' = [used EXCEPT ![s] = 0] /\ launched' = [launched EXCEPT ![s] = 0]
  /\ UNCHANGED <<svc, wish, deps, rest, delay, parts, probe, helperVars, coreVars>>

\* --- deaths --------------------------------------------------------------------------------------
\* On core c the process of s comes to an end: fault, exit, kill, out of memory.
Crash(c, s) ==
  /\ brings[c] = "none" /\ Lives(s)
  /\ brings' = [brings EXCEPT ![c] = "death"] /\ about' = [about EXCEPT ![c] = s]
  /\ UNCHANGED <<svc, wish, deps, rest, delay, tallyVars, parts, probe, helperVars, late>>
TakeDeath(c) ==
  /\ Quiet /\ brings[c] = "death" /\ Told(c)
  /\ IF ~late[c] /\ Lives(about[c]) THEN Fall(about[c])
     ELSE UNCHANGED <<svc, probe, makes, rest, delay>>
  /\ UNCHANGED <<wish, deps, tallyVars, parts, fit>>
\* The probe's deadline has passed; an answer may be on its way.
Hang(s) ==
  /\ Quiet /\ Lives(s) /\ probe[s] # "none" /\ Fall(s)
  /\ UNCHANGED <<wish, deps, tallyVars, parts, fit, coreVars>>
\* h cannot make it: bad image, no memory. It counts as a death, or it would be tried for ever.
MakeFails(h) ==
  /\ Quiet /\ makes[h] # None /\ Fall(makes[h])
  /\ UNCHANGED <<wish, deps, tallyVars, parts, fit, coreVars>>
\* Also if it is not done in time. What it was making cannot be used, as if it had failed.
HelperDies(h) ==
  /\ Quiet /\ fit[h] /\ fit' = [fit EXCEPT ![h] = FALSE]
  /\ IF makes[h] # None THEN Fall(makes[h]) ELSE UNCHANGED <<svc, probe, makes, rest, delay>>
  /\ UNCHANGED <<wish, deps, tallyVars, parts, coreVars>>
HelperBack(h) ==
  /\ Quiet /\ ~fit[h] /\ fit' = [fit EXCEPT ![h] = TRUE]
  /\ UNCHANGED <<svc, wish, deps, rest, delay, tallyVars, parts, probe, makes, coreVars>>
\* Whom s needs does not serve any more: s ends, too. That is not counted against it.
Cascade(s) ==
  /\ Orphaned(s) /\ End(s)
  /\ UNCHANGED <<wish, deps, rest, delay, tallyVars, parts, fit, coreVars>>
\* In order: those who need s have gone before.
Withdraw(s) ==
  /\ Quiet /\ Runs(s) /\ Sinks(s) /\ \A x \in Needing(s) : svc[x] \notin Occupied
  /\ End(s)
  /\ UNCHANGED <<wish, deps, rest, delay, tallyVars, parts, fit, coreVars>>

\* --- the end of an incarnation -------------------------------------------------------------------
GiveBack(s) ==
  /\ Quiet /\ svc[s] = "ending" /\ parts[s] > 0 /\ parts' = [parts EXCEPT ![s] = @ - 1]
  /\ UNCHANGED <<svc, wish, deps, rest, delay, tallyVars, probe, helperVars, coreVars>>
Expire(s) ==
  /\ Quiet /\ rest[s] = "on" /\ rest' = [rest EXCEPT ![s] = "over"]
  /\ UNCHANGED <<svc, wish, deps, delay, tallyVars, parts, probe, helperVars, coreVars>>
Empty(s) == svc[s] = "ending" /\ parts[s] = 0
Spent(s) == wish[s] = "up" /\ rest[s] # "no" /\ used[s] = Budget
Bury(s) ==
  /\ Quiet /\ Empty(s) /\ ~Spent(s)
  /\ svc' = [svc EXCEPT ![s] = IF wish[s] = "down" THEN "down" ELSE "waiting"]
  /\ rest' = IF wish[s] = "up" THEN rest ELSE [rest EXCEPT ![s] = "no"]
  /\ wish' = IF wish[s] = "again" THEN [wish EXCEPT ![s] = "up"] ELSE wish
  /\ UNCHANGED <<deps, delay, tallyVars, parts, probe, helperVars, coreVars>>
\* The budget is spent. Who needs s waits: one reset is enough for all of them.
GiveUp(s) ==
  /\ Quiet /\ Empty(s) /\ Spent(s)
  /\ svc' = [svc EXCEPT ![s] = "failed"] /\ rest' = [rest EXCEPT ![s] = "no"]
  /\ UNCHANGED <<wish, deps, delay, tallyVars, parts, probe, helperVars, coreVars>>

SupNext ==
  \/ \E s \in Services, d \in SUBSET Services : Register(s, d)
  \/ \E s \in Services :
       \/ Unregister(s) \/ StartService(s) \/ StopService(s) \/ RestartService(s)
       \/ ResetService(s) \/ Probe(s) \/ Calm(s) \/ Forgive(s) \/ Hang(s) \/ Cascade(s)
       \/ Withdraw(s) \/ GiveBack(s) \/ Expire(s) \/ Bury(s) \/ GiveUp(s)
  \/ \E h \in Helpers, s \in Services : Launch(h, s)
  \/ \E h \in Helpers : Made(h) \/ MakeFails(h) \/ HelperDies(h) \/ HelperBack(h)
  \/ \E c \in Cores, s \in Services : AnswerProbe(c, s) \/ Crash(c, s)
  \/ \E c \in Cores : TakeAnswer(c) \/ TakeDeath(c)

\* --- invariants ------------------------------------------------------------------------------------
SupTypeOK ==
  /\ svc \in [Services -> Occupied \cup {"none", "down", "waiting", "failed"}]
  /\ wish \in [Services -> {"up", "down", "again"}]
  /\ deps \in [Services -> SUBSET Services] /\ rest \in [Services -> {"no", "on", "over"}]
  /\ delay \in [Services -> 0..MaxDelay] /\ used \in [Services -> Nat]
  /\ parts \in [Services -> 0..Parts] /\ probe \in [Services -> {"none", "asked", "told"}]
  /\ fit \in [Helpers -> BOOLEAN] /\ makes \in [Helpers -> Services \cup {None}]
  /\ brings \in [Cores -> {"none", "death", "answer"}]
  /\ about \in [Cores -> Services \cup {None}] /\ late \in [Cores -> BOOLEAN]
\* Who is needed is in the table, before those who need it, with all whom it needs.
DepsExact == \A s \in Services : \A d \in deps[s] :
  d < s /\ svc[d] # "none" /\ deps[d] \subseteq deps[s]
\* Nobody runs without those it needs, but between a death and the end of the critical section
\* that is told of it, in which nothing of the dead is taken back.
NobodyWithoutDeps == \A s \in Services : Runs(s) => \A d \in deps[s] :
  svc[d] = "serving" \/ (svc[d] = "ending" /\ parts[d] = Parts)
\* A process has all that it was given; a service without a process has nothing.
AllBack == \A s \in Services :
  /\ Runs(s) => parts[s] = Parts
  /\ svc[s] \notin Occupied => parts[s] = 0
\* Never more restarts in a window than the budget.
BudgetKept == \A s \in Services : launched[s] <= Budget
\* Nobody is given up while there is budget left.
FailedExact == \A s \in Services : svc[s] = "failed" => used[s] = Budget
\* Who should run and does not is waiting, or said to have failed.
DownIsWished == \A s \in Services : svc[s] \in {"none", "down"} => wish[s] = "down"
\* Who is being made has one maker, who lives.
MakersExact ==
  /\ \A s \in Services : svc[s] = "making" => Cardinality({h \in Helpers : makes[h] = s}) = 1
  /\ \A h \in Helpers : makes[h] # None => fit[h] /\ svc[makes[h]] = "making"
\* A back-off belongs to somebody who died, and has not been made again.
RestExact == \A s \in Services : rest[s] # "no" => svc[s] \in {"ending", "waiting"}
\* Only a process that lives is asked, and one core knows its answer.
ProbeExact == \A s \in Services :
  /\ probe[s] # "none" => Lives(s)
  /\ probe[s] = "told" => \E c \in Cores : brings[c] = "answer" /\ about[c] = s /\ ~late[c]
CoresExact == \A c \in Cores :
  /\ (brings[c] = "none") = (about[c] = None)
  /\ late[c] => brings[c] # "none"

\* --- action properties -----------------------------------------------------------------------------
Launched(s) == svc[s] # "making" /\ svc'[s] = "making"
Ended(s) == Runs(s) /\ svc'[s] = "ending"
\* While somebody runs without those it needs, the supervisor does nothing but end such.
CascadeFirst == [][
  (~Quiet /\ <<svc, wish, deps, rest, delay, used, parts, fit, makes>>'
             # <<svc, wish, deps, rest, delay, used, parts, fit, makes>>)
    => \E s \in Services : Orphaned(s) /\ Ended(s)]_supVars
\* One incarnation at a time.
OneIncarnation == [][\A s \in Services : Launched(s) =>
  svc[s] = "waiting" /\ parts[s] = 0 /\ \A h \in Helpers : makes[h] # s]_supVars
\* Who died is made again after its back-off.
RestartAfterBackoff == [][\A s \in Services : Launched(s) => rest[s] # "on"]_supVars
\* Who ends, and was neither to go down nor left by those it needs, has died: it backs off,
\* twice as long as before.
BackoffDoubles == [][\A s \in Services : (Ended(s) /\ ~Sinks(s) /\ ~Orphaned(s)) =>
  rest'[s] = "on" /\ delay'[s] = Longer(delay[s])]_supVars
\* Back-offs become short again for who has served, or was reset.
BackoffKept == [][\A s \in Services : delay'[s] < delay[s] =>
  delay'[s] = 0 /\ (svc[s] \in {"serving", "down"} \/ used'[s] = 0)]_supVars
\* Who is to go down, and was not left by those it needs or dead, goes after those who need it.
StopsInOrder == [][\A s \in Services : (Ended(s) /\ rest'[s] = "no" /\ ~Orphaned(s)) =>
  \A x \in Needing(s) : svc[x] \notin Occupied]_supVars
\* A stopped service stays stopped until the operator says otherwise.
StoppedStays == [][\A s \in Services :
  (wish[s] = "down" /\ wish'[s] = "down" /\ svc[s] \notin Occupied)
    => svc'[s] \notin Occupied]_supVars
FailedIsFinal == [][\A s \in Services :
  (svc[s] = "failed" /\ svc'[s] # "failed") => used'[s] = 0 /\ delay'[s] = 0]_supVars
\* What a core knows of an earlier incarnation changes nothing.
LateIsNothing == [][\A c \in Cores : (late[c] /\ brings'[c] = "none") =>
  UNCHANGED <<svc, wish, deps, rest, delay, used, parts, probe, fit, makes>>]_supVars
\* Nobody is said to serve but by its own answer.
ServingAnswered == [][\A s \in Services : (svc[s] # "serving" /\ svc'[s] = "serving") =>
  /\ svc[s] = "starting"
  /\ \E c \in Cores : brings[c] = "answer" /\ about[c] = s /\ ~late[c] /\ brings'[c] = "none"]_supVars

\* --- liveness: the kernel does what is due, helpers finish, services answer ------------------------
\* One after the other: each belongs to another state of s, or can be done once in it.
Duty(s) ==
  Withdraw(s) \/ GiveBack(s) \/ Bury(s) \/ GiveUp(s) \/ Expire(s) \/ \E h \in Helpers : Launch(h, s)
SupFair ==
  /\ \A s \in Services :
       /\ WF_supVars(Cascade(s)) /\ SF_supVars(Duty(s)) /\ WF_supVars(Probe(s))
       /\ SF_supVars(\E c \in Cores : AnswerProbe(c, s))
  /\ \A h \in Helpers : WF_supVars(Made(h)) /\ WF_supVars(HelperBack(h))
  /\ \A c \in Cores : WF_supVars(TakeAnswer(c) \/ TakeDeath(c))
NobodyDies == ~ \/ \E c \in Cores, s \in Services : Crash(c, s)
                \/ \E s \in Services : Hang(s)
                \/ \E h \in Helpers : MakeFails(h) \/ HelperDies(h)
StopsDying == <>[][NobodyDies]_supVars
\* s should run, and those it needs do.
Entitled(s) == /\ wish[s] = "up" /\ svc[s] # "failed"
               /\ \A d \in deps[s] : svc[d] = "serving" /\ wish[d] = "up"
EveryServiceServes == StopsDying =>
  \A s \in Services : Entitled(s) ~> (svc[s] = "serving" \/ ~Entitled(s))
EveryStopEnds == \A s \in Services :
  wish[s] = "down" ~> (svc[s] \notin Occupied \/ wish[s] # "down")
EveryRestartEnds == \A s \in Services : wish[s] = "again" ~> wish[s] # "again"
====================================================================================
