----------------------------------- MODULE Kernel -----------------------------------
(* The composed machine: IPC, scheduler and locks move together, one action per event of   *)
(* the flight recorder. Locks is the set of locks that are part of the machine (empty when *)
(* lock events are not recorded): every action holds the locks of all objects it touches.  *)
(*                                                                                         *)
(* Duties (Grant, Inherit, FailCall, Donate, Enqueue, Kick, Ipi, ...) are enabled by the    *)
(* state alone. Grant and Inherit belong to the critical section that caused them: no      *)
(* other action on the channel is enabled before them (Quiet).                             *)
EXTENDS Integers, Sequences, FiniteSets
CONSTANTS Cores, Threads, Channels, Tags, Payloads, Prios, IncMod, GenMod, Timed, Locks,
          TicketMod, Order(_), StartHome(_), None, Orphan, First, BootCore, FirstPrio
VARIABLES ipc, chan, msg, don, timed, res, srv, att, alive, inc, own, view, queue, waiters,
          receivers,
          st, gen, base, eff, home, rq, cur, mode, idle, level, ipi, wake, kick,
          next, owner, ticket, held,
          asleep    \* asleep[t]: blocked until its deadline (kernel clock)
I == INSTANCE Ipc
S == INSTANCE Scheduler
L == INSTANCE LockTable
vars == <<ipc, chan, msg, don, timed, res, srv, att, alive, inc, own, view, queue, waiters,
          receivers, st, gen, base, eff, home, rq, cur, mode, idle, level, ipi, wake, kick,
          next, owner, ticket, held, asleep>>
ChannelLock(h) == <<"channel", h>>
CoreLock(c) == <<"core", c>>            \* guards the run queue and what core c publishes
ThreadLock(t) == <<"thread", t>>
Caller(c) == cur[c]
Ready(c) == S!Running(c) /\ ipc[cur[c]] = "idle"     \* c's thread may make a system call

InheritDue(h) == \E r \in Threads : srv[r] = h /\ eff[r] # I!Target(r, base[r])
DonateDue(u) == I!Calling(u) /\ don[u] # eff[u]
Quiet(h) == IF h = None THEN TRUE ELSE ~I!GrantDue(h) /\ ~InheritDue(h)
Sect(c, locks) == L!Holds(c, locks) /\ UNCHANGED <<next, owner, ticket, held>>
\* Ready threads move, and the kernel is left, with every other lock released.
Last(c, locks) == L!HoldsOnly(c, locks) /\ UNCHANGED <<next, owner, ticket, held>>
Steady == UNCHANGED asleep
SameIpc == UNCHANGED <<ipc, chan, msg, don, timed, res, srv, att, alive, inc, own, view, queue,
                       waiters, receivers>>
SameSched == UNCHANGED <<st, gen, base, eff, home, rq, cur, mode, idle, level, ipi, wake, kick>>

Init == /\ I!IpcInit /\ S!SchedInit(First, BootCore, FirstPrio) /\ L!LockInit
        /\ asleep = [t \in Threads |-> FALSE]

\* --- system calls ---------------------------------------------------------------------------
Call(c, h, p, m) ==
  /\ Ready(c) /\ Quiet(h) /\ Steady
  /\ Sect(c, {ChannelLock(h), ThreadLock(cur[c])}
             \cup {ThreadLock(r) : r \in S!RqSeq(I!CallWakes(h))})
  /\ I!Call(cur[c], h, p, m, eff[cur[c]])
  /\ S!Trap(c, IF I!CallBlocks(h) THEN "blocked" ELSE "running", I!CallWakes(h))
Receive(c, h) ==
  /\ Ready(c) /\ Quiet(h) /\ Steady
  /\ Sect(c, {ChannelLock(h), ThreadLock(cur[c])})
  /\ I!Receive(cur[c], h)
  /\ S!Trap(c, IF I!ReceiveBlocks(cur[c], h) THEN "blocked" ELSE "running", <<>>)
Reply(c, h, g, p) ==
  /\ Ready(c) /\ Quiet(h) /\ Steady
  /\ Sect(c, {ChannelLock(h), ThreadLock(cur[c])}
             \cup {ThreadLock(u) : u \in S!RqSeq(I!ReplyWakes(cur[c], h, g))})
  /\ I!Reply(cur[c], h, g, p)
  /\ S!Trap(c, "running", I!ReplyWakes(cur[c], h, g))
Cancel(c, u) ==
  /\ Ready(c) /\ Quiet(chan[u]) /\ Steady
  /\ Sect(c, {ThreadLock(cur[c]), ThreadLock(u)} \cup
             (IF I!Calling(u) THEN {ChannelLock(chan[u])} ELSE {}))
  /\ I!Cancel(cur[c], u) /\ S!Trap(c, "running", I!CancelWakes(u))
Restart(c, h) ==
  /\ Ready(c) /\ Quiet(h) /\ Steady
  /\ Sect(c, {ChannelLock(h), ThreadLock(cur[c])})
  /\ I!Restart(cur[c], h) /\ S!Trap(c, "running", <<>>)
\* slot t becomes a thread of base priority p, serving h (or None); "busy" if it is in use
Spawn(c, t, p, h) ==
  /\ Ready(c) /\ t # cur[c] /\ Quiet(h) /\ Steady
  /\ Sect(c, {ThreadLock(cur[c]), ThreadLock(t)} \cup
             (IF h = None THEN {} ELSE {ChannelLock(h)}))
  /\ IF st[t] = "inactive"
     THEN S!Create(c, t, p) /\ I!Attach(cur[c], t, h)
     ELSE S!Trap(c, "running", <<>>) /\ I!Conclude(cur[c], I!Result("busy"))
Exit(c) ==
  /\ cur[c] # None /\ ipc[cur[c]] = "idle" /\ Steady
  /\ Quiet(srv[cur[c]])
  /\ Sect(c, {ThreadLock(cur[c])} \cup
             (IF srv[cur[c]] = None THEN {} ELSE {ChannelLock(srv[cur[c]])}))
  /\ I!Detach(cur[c])
  /\ IF mode[c] = "user" THEN S!Trap(c, "inactive", <<>>) ELSE S!Reap(c)
Die(c, h) ==
  /\ cur[c] # None /\ ipc[cur[c]] = "idle" /\ Quiet(h) /\ Steady
  /\ Sect(c, {ThreadLock(cur[c]), ChannelLock(h)})
  /\ I!Die(cur[c], h)
  /\ IF mode[c] = "user" THEN S!Trap(c, "inactive", <<>>) ELSE S!Reap(c)
Sleep(c) ==
  /\ Ready(c) /\ Sect(c, {ThreadLock(cur[c])})
  /\ asleep' = [asleep EXCEPT ![cur[c]] = TRUE]
  /\ S!Trap(c, "blocked", <<>>) /\ SameIpc
Yield(c) ==
  /\ Ready(c) /\ Sect(c, {CoreLock(c), ThreadLock(cur[c])}) /\ Steady
  /\ S!Yield(c) /\ I!Conclude(cur[c], I!Result("ok"))
Refuse(c) ==                                   \* arguments that no state allows
  /\ Ready(c) /\ Sect(c, {ThreadLock(cur[c])}) /\ Steady
  /\ S!Trap(c, "running", <<>>) /\ I!Conclude(cur[c], I!Result("invalid"))
\* --- interrupts and faults --------------------------------------------------------------------
Fault(c) ==
  /\ Ready(c) /\ Sect(c, {ThreadLock(cur[c])}) /\ Steady
  /\ S!Trap(c, "faulted", <<>>) /\ SameIpc
Tick(c) == /\ L!Unlocked(c) /\ Sect(c, {}) /\ S!Tick(c) /\ Steady /\ SameIpc
Ipi(c) == /\ L!Unlocked(c) /\ Sect(c, {}) /\ S!Ipi(c) /\ Steady /\ SameIpc
TimeOut(c, u) ==
  /\ S!InKernel(c) /\ I!Calling(u) /\ Quiet(chan[u]) /\ Steady
  /\ Sect(c, {ThreadLock(u), ChannelLock(chan[u])})
  /\ I!TimeOut(u) /\ S!Wakes(c, <<u>>)
Wake(c, t) ==                                  \* a sleeper's deadline has come
  /\ S!InKernel(c) /\ asleep[t] /\ Sect(c, {ThreadLock(t)})
  /\ asleep' = [asleep EXCEPT ![t] = FALSE]
  /\ S!Wakes(c, <<t>>) /\ I!Conclude(t, I!Result("ok"))
\* --- kernel duties -----------------------------------------------------------------------------
Grant(c, h) ==
  /\ S!InKernel(c) /\ Steady
  /\ Sect(c, {ChannelLock(h)} \cup {ThreadLock(r) : r \in S!RqSeq(I!GrantWakes(h))})
  /\ I!Grant(h) /\ S!Wakes(c, I!GrantWakes(h))
FailCall(c, h) ==
  /\ S!InKernel(c) /\ ~InheritDue(h) /\ I!FailDue(h) /\ Steady
  /\ Sect(c, {ChannelLock(h)} \cup {ThreadLock(r) : r \in S!RqSeq(I!FailWakes(h))})
  /\ I!FailCall(h) /\ S!Wakes(c, I!FailWakes(h))
Inherit(c, h, r) ==
  /\ srv[r] = h /\ eff[r] # I!Target(r, base[r]) /\ ~I!GrantDue(h) /\ Steady
  /\ Sect(c, {ChannelLock(h), ThreadLock(r), CoreLock(home[r])})
  /\ S!SetPriority(c, r, I!Target(r, base[r])) /\ SameIpc
Donate(c, u) ==
  /\ S!InKernel(c) /\ DonateDue(u) /\ Quiet(chan[u]) /\ Steady
  /\ Sect(c, {ChannelLock(chan[u]), ThreadLock(u)})
  /\ I!Donate(u, eff[u]) /\ SameSched
Enqueue(c, t, d) ==
  /\ Last(c, {CoreLock(d), ThreadLock(t)}) /\ Steady
  /\ S!Enqueue(c, t, d) /\ SameIpc
Kick(c, d) == /\ Sect(c, {}) /\ S!Kick(c, d) /\ Steady /\ SameIpc
\* --- back to user mode -------------------------------------------------------------------------
GiveResult(t) == IF ipc[t] = "done" THEN I!Return(t) ELSE SameIpc
Dispatch(c, t) ==
  /\ Last(c, {CoreLock(c), ThreadLock(t)}) /\ Steady /\ S!Dispatch(c, t) /\ GiveResult(t)
Steal(c, d, t) ==
  /\ Last(c, {CoreLock(c), CoreLock(d), ThreadLock(t)}) /\ Steady
  /\ S!Steal(c, d, t) /\ GiveResult(t)
Resume(c) ==
  /\ cur[c] # None /\ Last(c, {CoreLock(c), ThreadLock(cur[c])}) /\ Steady
  /\ S!Resume(c) /\ GiveResult(cur[c])
Preempt(c) ==
  /\ cur[c] # None /\ Last(c, {CoreLock(c), ThreadLock(cur[c])}) /\ Steady
  /\ S!Preempt(c) /\ SameIpc
Idle(c) == /\ Last(c, {CoreLock(c)}) /\ Steady /\ S!Idle(c) /\ SameIpc
\* --- locks -------------------------------------------------------------------------------------
NoLock == UNCHANGED <<ipc, chan, msg, don, timed, res, srv, att, alive, inc, own, view, queue,
                      waiters, receivers, st, gen, base, eff, home, rq, cur, mode, idle, level,
                      ipi, wake, kick, asleep>>
LockTake(c, l) == mode[c] # "halt" /\ L!LockTake(c, l) /\ NoLock
LockEnter(c, l) == L!LockEnter(c, l) /\ NoLock
\* Grant and Inherit are part of the critical section: the channel is left settled.
LockLeave(c, l) ==
  /\ \A h \in Channels : l = ChannelLock(h) => Quiet(h)
  /\ L!LockLeave(c, l) /\ NoLock

Next ==
  \/ \E c \in Cores, h \in Channels, p \in Payloads, m \in Timed : Call(c, h, p, m)
  \/ \E c \in Cores, h \in Channels : Receive(c, h) \/ Restart(c, h) \/ Die(c, h)
  \/ \E c \in Cores, h \in Channels : Grant(c, h) \/ FailCall(c, h)
  \/ \E c \in Cores, h \in Channels, g \in Tags, p \in Payloads : Reply(c, h, g, p)
  \/ \E c \in Cores, u \in Threads : Cancel(c, u) \/ TimeOut(c, u) \/ Wake(c, u)
  \/ \E c \in Cores, u \in Threads : Donate(c, u) \/ Dispatch(c, u)
  \/ \E c \in Cores, t \in Threads, p \in Prios, h \in Channels \cup {None} : Spawn(c, t, p, h)
  \/ \E c \in Cores : Exit(c) \/ Sleep(c) \/ Yield(c) \/ Refuse(c) \/ Fault(c)
  \/ \E c \in Cores : Tick(c) \/ Ipi(c) \/ Resume(c) \/ Preempt(c) \/ Idle(c)
  \/ \E c \in Cores, h \in Channels, r \in Threads : Inherit(c, h, r)
  \/ \E c \in Cores, t \in Threads, d \in Cores : Enqueue(c, t, d)
  \/ \E c \in Cores, d \in Cores, t \in Threads : Steal(c, d, t)
  \/ \E c \in Cores, d \in Cores : Kick(c, d)
  \/ \E c \in Cores, l \in Locks : LockTake(c, l) \/ LockEnter(c, l) \/ LockLeave(c, l)
Spec == Init /\ [][Next]_vars

\* --- invariants of the composition (those of the components are in MCKernel) ------------------
\* A thread is blocked for exactly one reason: a call, a Receive or its sleep.
BlockedExact == \A t \in Threads :
  /\ (st[t] = "blocked") = (I!IpcBlocked(t) \/ asleep[t])
  /\ asleep[t] => ipc[t] = "idle"
\* A thread that has been woken, or is ready, has its result; one in user mode has taken it.
ResultTaken == \A t \in Threads :
  /\ st[t] \in {"woken", "ready"} => ipc[t] \in {"done", "idle"}
  /\ \A c \in Cores : (mode[c] = "user" /\ cur[c] = t) => ipc[t] = "idle"
  /\ st[t] = "inactive" => ipc[t] = "idle" /\ srv[t] = None
\* Nobody is in the critical section of channel h. Without its lock in the machine, that is when
\* its duties are done.
AtRest(h) == IF ChannelLock(h) \in Locks THEN \A c \in Cores : ChannelLock(h) \notin held[c]
             ELSE Quiet(h)
\* A channel at rest has no waiter and free tag.
GrantsDone == \A h \in Channels :
  AtRest(h) => ~(alive[h] = "live" /\ waiters[h] # <<>> /\ I!Free(h) # {})
\* Priority inheritance, said without Target and Boost: at rest, the threads of a living server
\* run at least at what each caller donates, and above their own priority only for such a caller.
InheritanceExact == \A h \in Channels, r \in Threads :
  (AtRest(h) /\ srv[r] = h) =>
    LET donors == {u \in Threads : I!Calling(u) /\ chan[u] = h} IN
    /\ eff[r] >= base[r]
    /\ I!Attached(r, h) => \A u \in donors : eff[r] >= don[u]
    /\ eff[r] > base[r] => I!Attached(r, h) /\ \E u \in donors : don[u] = eff[r]
\* Who serves nobody runs at his own priority.
OwnPriority == \A t \in Threads :
  (srv[t] = None /\ st[t] # "inactive") => eff[t] = base[t]

\* --- liveness: every duty is discharged, if the core that finds it comes to the kernel --------
DutiesFair == \A c \in Cores :
  /\ WF_vars(Tick(c)) /\ WF_vars(Idle(c))
  /\ \A h \in Channels : SF_vars(Grant(c, h)) /\ SF_vars(FailCall(c, h))
  /\ \A h \in Channels, r \in Threads : SF_vars(Inherit(c, h, r))
  /\ \A u \in Threads : SF_vars(Donate(c, u)) /\ WF_vars(Dispatch(c, u))
  /\ \A t \in Threads, d \in Cores : WF_vars(Enqueue(c, t, d))
EveryDutyDischarged ==
  /\ \A h \in Channels : (~Quiet(h) ~> Quiet(h)) /\ (I!FailDue(h) ~> ~I!FailDue(h))
  /\ \A u \in Threads : DonateDue(u) ~> ~DonateDue(u)
===================================================================================
