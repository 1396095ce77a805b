----------------------------------- MODULE Kernel -----------------------------------
(* The composed machine: IPC, scheduler and locks move together, one action per event of   *)
(* the flight recorder. Locks is the set of locks that are part of the machine (empty when *)
(* lock events are not recorded): every action holds the locks of all objects it touches.  *)
(*                                                                                         *)
(* Duties (Grant, Inherit, FailCall, Donate, Enqueue, Kick, Ipi, ...) are enabled by the    *)
(* state alone. Grant and Inherit belong to the critical section that caused them: no      *)
(* other action on the channel is enabled before them (Quiet). Release, Admit, Bear and    *)
(* FreeSpace likewise belong to the critical section of a space.                           *)
(*                                                                                         *)
(* A thread whose call changes a space (its job) keeps the space until the job ends, but   *)
(* may leave the kernel between two pages: in user mode it makes the same call, or the     *)
(* same fault, again, and the kernel goes on with the job. So does who is admitted from    *)
(* the queue of those who wait for a job's end.                                            *)
(*                                                                                         *)
(* A process is a space and the threads that live in it. Fork begins one; it ends with its *)
(* last thread, which takes everything out of the space (Leave) before its Exit or Die.    *)
EXTENDS Integers, Sequences, FiniteSets
CONSTANTS Cores, Threads, Channels, Tags, Payloads, Prios, IncMod, GenMod, Timed, Locks,
          TicketMod, Order(_), StartHome(_), None, Orphan, First, BootCore, FirstPrio,
          Spaces, Pages, Frames, Prots, FirstSpace      \* FirstSpace: where First lives, or None
VARIABLES ipc, chan, msg, don, timed, res, srv, att, alive, inc, own, view, queue, waiters,
          receivers,
          st, gen, base, eff, home, rq, cur, mode, idle, level, ipi, wake, kick,
          next, owner, ticket, held,
          life, space, root, area, frame, hard, refs, changer, job, phase, span, child, need,
          dying, turns, stale,
          asleep    \* asleep[t]: blocked until its deadline (kernel clock)
I == INSTANCE Ipc
S == INSTANCE Scheduler
L == INSTANCE LockTable
P == INSTANCE AddressSpace
vars == <<ipc, chan, msg, don, timed, res, srv, att, alive, inc, own, view, queue, waiters,
          receivers, st, gen, base, eff, home, rq, cur, mode, idle, level, ipi, wake, kick,
          next, owner, ticket, held, life, space, root, area, frame, hard, refs, changer, job,
          phase, span, child, need, dying, turns, stale, asleep>>
ChannelLock(h) == <<"channel", h>>
CoreLock(c) == <<"core", c>>            \* guards the run queue and what core c publishes
ThreadLock(t) == <<"thread", t>>
SpaceLock(s) == <<"space", s>>
MemoryLock == <<"memory", 1>>           \* guards the frames and their counts
SpaceLocks(ss) == {SpaceLock(s) : s \in ss \ {None}}
Caller(c) == cur[c]
Working(t) == IF space[t] = None THEN FALSE ELSE changer[space[t]] = t    \* t has a job
\* c's thread may make a system call, or fault
Ready(c) == S!Running(c) /\ ipc[cur[c]] = "idle" /\ ~Working(cur[c])

InheritDue(h) == \E r \in Threads : srv[r] = h /\ eff[r] # I!Target(r, base[r])
DonateDue(u) == I!Calling(u) /\ don[u] # eff[u]
Quiet(h) == IF h = None THEN TRUE ELSE ~I!GrantDue(h) /\ ~InheritDue(h)
Sect(c, locks) == L!Holds(c, locks) /\ UNCHANGED <<next, owner, ticket, held>>
\* Ready threads move, and the kernel is left, with every other lock released.
Last(c, locks) == L!HoldsOnly(c, locks) /\ UNCHANGED <<next, owner, ticket, held>>
SameSpaces == UNCHANGED <<life, space, root, area, frame, hard, refs, changer, job, phase, span,
                          child, need, dying, turns, stale>>
Awake == UNCHANGED asleep
Steady == Awake /\ SameSpaces
SameIpc == UNCHANGED <<ipc, chan, msg, don, timed, res, srv, att, alive, inc, own, view, queue,
                       waiters, receivers>>
SameSched == UNCHANGED <<st, gen, base, eff, home, rq, cur, mode, idle, level, ipi, wake, kick>>

Init == /\ I!IpcInit /\ S!SchedInit(First, BootCore, FirstPrio) /\ L!LockInit
        /\ P!SpaceInit(FirstSpace, First, BootCore)
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
\* slot t becomes a thread of base priority p, serving h (or None), which lives in the same space;
\* "busy" if it is in use
Spawn(c, t, p, h) ==
  /\ Ready(c) /\ t # cur[c] /\ Quiet(h) /\ Awake
  /\ Sect(c, {ThreadLock(cur[c]), ThreadLock(t)} \cup SpaceLocks({space[cur[c]]}) \cup
             (IF h = None THEN {} ELSE {ChannelLock(h)}))
  /\ IF st[t] = "inactive"
     THEN /\ S!Create(c, t, p) /\ I!Attach(cur[c], t, h)
          /\ IF space[cur[c]] = None THEN SameSpaces ELSE P!Join(t, space[cur[c]])
     ELSE /\ S!Trap(c, "running", <<>>) /\ I!Conclude(cur[c], I!Result("busy"))
          /\ SameSpaces
\* The last thread of a space leaves it when nothing is left there.
LeavesSpace(t) == IF space[t] = None THEN SameSpaces ELSE P!Quit(t)
Exit(c) ==
  /\ cur[c] # None /\ ipc[cur[c]] = "idle" /\ ~Working(cur[c]) /\ Awake
  /\ Quiet(srv[cur[c]])
  /\ Sect(c, {ThreadLock(cur[c])} \cup SpaceLocks({space[cur[c]]}) \cup
             (IF srv[cur[c]] = None THEN {} ELSE {ChannelLock(srv[cur[c]])}))
  /\ I!Detach(cur[c]) /\ LeavesSpace(cur[c])
  /\ IF mode[c] = "user" THEN S!Trap(c, "inactive", <<>>) ELSE S!Reap(c)
Die(c, h) ==
  /\ cur[c] # None /\ ipc[cur[c]] = "idle" /\ ~Working(cur[c]) /\ Quiet(h) /\ Awake
  /\ Sect(c, {ThreadLock(cur[c]), ChannelLock(h)} \cup SpaceLocks({space[cur[c]]}))
  /\ I!Die(cur[c], h) /\ LeavesSpace(cur[c])
  /\ IF mode[c] = "user" THEN S!Trap(c, "inactive", <<>>) ELSE S!Reap(c)
Sleep(c) ==
  /\ Ready(c) /\ Sect(c, {ThreadLock(cur[c])})
  /\ asleep' = [asleep EXCEPT ![cur[c]] = TRUE]
  /\ S!Trap(c, "blocked", <<>>) /\ SameIpc /\ SameSpaces
Yield(c) ==
  /\ Ready(c) /\ Sect(c, {CoreLock(c), ThreadLock(cur[c])}) /\ Steady
  /\ S!Yield(c) /\ I!Conclude(cur[c], I!Result("ok"))
Refuse(c) ==                                   \* arguments that no state allows
  /\ Ready(c) /\ Sect(c, {ThreadLock(cur[c])}) /\ Steady
  /\ S!Trap(c, "running", <<>>) /\ I!Conclude(cur[c], I!Result("invalid"))
\* --- address spaces: system calls ----------------------------------------------------------------
\* c's thread begins something in its space, which is nobody's job.
Begins(c, locks) ==
  /\ Ready(c) /\ Awake /\ P!Begins(c, cur[c])
  /\ Sect(c, {SpaceLock(space[cur[c]]), ThreadLock(cur[c])} \cup locks)
Answers(c, code) == S!Trap(c, "running", <<>>) /\ I!Conclude(cur[c], I!Result(code))
\* A call whose job has begun is answered when it ends.
AnswersUnless(c, jobBegins) ==
  IF jobBegins THEN S!Trap(c, "running", <<>>) /\ SameIpc ELSE Answers(c, "ok")
Map(c, lo, hi, p) ==
  /\ lo <= hi /\ Begins(c, {})
  /\ IF P!MapFits(space[cur[c]], lo, hi)
     THEN P!Map(c, cur[c], lo, hi, p) /\ Answers(c, "ok")
     ELSE SameSpaces /\ Answers(c, "busy")
Unmap(c, lo, hi) ==
  /\ lo <= hi /\ Begins(c, {})
  /\ LET s == space[cur[c]] IN
     IF \E v \in P!Span(lo, hi) : area[s][v] # None
     THEN /\ P!Unmap(c, cur[c], lo, hi)
          /\ AnswersUnless(c, P!Filled(s, P!Span(lo, hi)) # {})
     ELSE SameSpaces /\ Answers(c, "ok")
Protect(c, lo, hi, p) ==
  /\ lo <= hi /\ Begins(c, {})
  /\ LET s == space[cur[c]] IN
     IF \E v \in P!Span(lo, hi) : area[s][v] = None THEN SameSpaces /\ Answers(c, "invalid")
     ELSE IF \A v \in P!Span(lo, hi) : area[s][v] = p THEN SameSpaces /\ Answers(c, "ok")
     ELSE /\ P!Protect(c, cur[c], lo, hi, p)
          /\ AnswersUnless(c, \E v \in P!Span(lo, hi) : P!TooMuch(s, v, p))
\* c's thread makes a copy of its space, n, and slot t the copy's first thread, which begins when
\* the copy is whole; "busy" if the slot is in use, or no space was found free (None).
Fork(c, t, n) ==
  /\ t # cur[c] /\ Begins(c, {ThreadLock(t)} \cup SpaceLocks({n}))
  /\ IF st[t] = "inactive" /\ n # None
     THEN P!Fork(c, cur[c], t, n) /\ S!Reserve(c, t, base[cur[c]]) /\ SameIpc
     ELSE SameSpaces /\ Answers(c, "busy")
\* c's thread, the last of its space, begins to take everything out of it.
Leave(c) ==
  /\ Begins(c, {}) /\ P!Leave(c, cur[c]) /\ S!Trap(c, "running", <<>>) /\ SameIpc
\* c's thread would begin something in its space, which is somebody else's job.
WaitTurn(c) ==
  /\ Ready(c) /\ Awake /\ P!MayAct(c, cur[c])
  /\ Sect(c, {SpaceLock(space[cur[c]]), ThreadLock(cur[c])})
  /\ P!WaitTurn(c, cur[c]) /\ S!Trap(c, "blocked", <<>>) /\ SameIpc
\* --- address spaces: page faults ---------------------------------------------------------------
Fill(c, v, f) ==
  /\ Begins(c, {MemoryLock}) /\ P!Fill(c, cur[c], v, f)
  /\ S!Trap(c, "running", <<>>) /\ SameIpc
Allow(c, v) ==
  /\ Begins(c, {MemoryLock}) /\ P!Allow(c, cur[c], v)
  /\ S!Trap(c, "running", <<>>) /\ SameIpc
Copy(c, v, f) ==
  /\ Begins(c, {MemoryLock}) /\ P!Copy(c, cur[c], v, f)
  /\ S!Trap(c, "running", <<>>) /\ SameIpc
\* --- address spaces: the job of c's thread -------------------------------------------------------
\* c's thread comes back to its job, or is in the kernel with it.
Step(c) == IF mode[c] = "user" THEN S!Trap(c, "running", <<>>)
           ELSE S!InKernel(c) /\ st[cur[c]] = "running" /\ SameSched
Works(c, locks) ==
  /\ cur[c] # None /\ Working(cur[c]) /\ Awake
  /\ Sect(c, {SpaceLock(space[cur[c]])} \cup locks)
Clear(c, v) == Works(c, {}) /\ P!Clear(c, cur[c], v) /\ Step(c) /\ SameIpc
Tighten(c, v) == Works(c, {}) /\ P!Tighten(c, cur[c], v) /\ Step(c) /\ SameIpc
Share(c, v) ==
  /\ Works(c, SpaceLocks({child[space[cur[c]]]}) \cup {MemoryLock})
  /\ P!Share(c, cur[c], v) /\ Step(c) /\ SameIpc
\* The others who have the tables loaded get an IPI, and c's thread blocks until they have flushed.
Shoot(c) ==
  /\ Works(c, {ThreadLock(cur[c])}) /\ P!Shoot(c, cur[c]) /\ SameIpc
  /\ LET others == P!Loaded(space[cur[c]]) \ {c} IN
     IF others = {} THEN Step(c) ELSE S!Ask(c, others)
FreeFrame(c, f) ==
  /\ Works(c, {MemoryLock}) /\ P!FreeFrame(c, cur[c], f) /\ Step(c) /\ SameIpc
\* The job ends. A call is answered; who has faulted, or would leave, does so again.
Finish(c) ==
  /\ cur[c] # None /\ Working(cur[c])
  /\ LET s == space[cur[c]] IN
     /\ Works(c, SpaceLocks({child[s]}) \cup {ThreadLock(cur[c])})
     /\ P!Finish(c, cur[c]) /\ Step(c)
     /\ IF job[s] \in {"copy", "leave"} THEN SameIpc ELSE I!Conclude(cur[c], I!Result("ok"))
\* --- address spaces: duties ------------------------------------------------------------------------
Acknowledge(c) ==
  /\ S!InKernel(c) /\ Awake /\ Sect(c, SpaceLocks({root[c]}))
  /\ P!Acknowledge(c) /\ SameSched /\ SameIpc
Release(c, s) ==
  /\ P!ReleaseDue(s) /\ Awake /\ Sect(c, {SpaceLock(s), ThreadLock(changer[s])})
  /\ P!Release(c, s) /\ S!Wakes(c, <<changer[s]>>) /\ SameIpc
Admit(c, s) ==
  /\ P!AdmitDue(s) /\ Awake /\ Sect(c, {SpaceLock(s), ThreadLock(Head(turns[s]))})
  /\ P!Admit(c, s) /\ S!Wakes(c, <<Head(turns[s])>>) /\ SameIpc
\* c, which runs nobody, changes over to other tables.
Load(c, s) ==
  /\ S!InKernel(c) /\ cur[c] = None /\ Awake /\ Sect(c, SpaceLocks({root[c], s}))
  /\ P!Load(c, s) /\ SameSched /\ SameIpc
\* The copy n is whole: its first thread, t, begins.
Bear(c, n, t) ==
  /\ Awake /\ Sect(c, {SpaceLock(n), ThreadLock(t)}) /\ space[t] = n
  /\ P!Bear(n) /\ S!Wakes(c, <<t>>) /\ SameIpc
\* Nobody is left in s: it may be a copy's next.
FreeSpace(c, s) ==
  /\ S!InKernel(c) /\ Awake /\ Sect(c, {SpaceLock(s)})
  /\ P!FreeSpace(s) /\ SameSched /\ SameIpc
\* A kernel that goes on working loads the tables of the thread that is next, or its own to halt.
LoadDue(c, s) == IF rq[c] # <<>> THEN s = space[Head(rq[c])] ELSE s = None
\* --- interrupts and faults --------------------------------------------------------------------
\* Who faults leaves its space at once: who is the last there is decided under the space's lock.
Fault(c) ==
  /\ Ready(c) /\ Sect(c, {ThreadLock(cur[c])} \cup SpaceLocks({space[cur[c]]})) /\ Awake
  /\ LeavesSpace(cur[c]) /\ S!Trap(c, "faulted", <<>>) /\ SameIpc
Tick(c) == /\ L!Unlocked(c) /\ Sect(c, {}) /\ S!Tick(c) /\ Steady /\ SameIpc
Ipi(c) == /\ L!Unlocked(c) /\ Sect(c, {}) /\ S!Ipi(c) /\ Steady /\ SameIpc
TimeOut(c, u) ==
  /\ S!InKernel(c) /\ I!Calling(u) /\ Quiet(chan[u]) /\ Steady
  /\ Sect(c, {ThreadLock(u), ChannelLock(chan[u])})
  /\ I!TimeOut(u) /\ S!Wakes(c, <<u>>)
Wake(c, t) ==                                  \* a sleeper's deadline has come
  /\ S!InKernel(c) /\ asleep[t] /\ Sect(c, {ThreadLock(t)})
  /\ asleep' = [asleep EXCEPT ![t] = FALSE]
  /\ S!Wakes(c, <<t>>) /\ I!Conclude(t, I!Result("ok")) /\ SameSpaces
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
\* A core that has been asked to flush does so before it leaves the kernel, unless it will be
\* interrupted for it.
AcknowledgeDue(c) == IF root[c] = None THEN FALSE ELSE c \in need[root[c]]
Flushed(c) == ~AcknowledgeDue(c) \/ S!Interrupted(c)
\* --- back to user mode -------------------------------------------------------------------------
GiveResult(t) == IF ipc[t] = "done" THEN I!Return(t) ELSE SameIpc
Dispatch(c, t) ==
  /\ Last(c, {CoreLock(c), ThreadLock(t)}) /\ Steady /\ root[c] = space[t] /\ Flushed(c)
  /\ S!Dispatch(c, t) /\ GiveResult(t)
Steal(c, d, t) ==
  /\ Last(c, {CoreLock(c), CoreLock(d), ThreadLock(t)}) /\ Steady
  /\ root[c] = space[t] /\ Flushed(c)
  /\ S!Steal(c, d, t) /\ GiveResult(t)
Resume(c) ==
  /\ cur[c] # None /\ Last(c, {CoreLock(c), ThreadLock(cur[c])}) /\ Steady /\ Flushed(c)
  /\ S!Resume(c) /\ GiveResult(cur[c])
Preempt(c) ==
  /\ cur[c] # None /\ Last(c, {CoreLock(c), ThreadLock(cur[c])}) /\ Steady
  /\ S!Preempt(c) /\ SameIpc
\* A core that halts has the kernel's tables loaded: nobody has to ask it to flush.
Idle(c) == /\ Last(c, {CoreLock(c)}) /\ Steady /\ root[c] = None /\ S!Idle(c) /\ SameIpc
\* --- locks -------------------------------------------------------------------------------------
NoLock == UNCHANGED <<ipc, chan, msg, don, timed, res, srv, att, alive, inc, own, view, queue,
                      waiters, receivers, st, gen, base, eff, home, rq, cur, mode, idle, level,
                      ipi, wake, kick, asleep>> /\ SameSpaces
LockTake(c, l) == mode[c] # "halt" /\ L!LockTake(c, l) /\ NoLock
LockEnter(c, l) == L!LockEnter(c, l) /\ NoLock
\* Grant and Inherit, Release, Admit, Bear and FreeSpace are part of the critical section: the
\* channel, or the space, is left settled.
LockLeave(c, l) ==
  /\ \A h \in Channels : l = ChannelLock(h) => Quiet(h)
  /\ \A s \in Spaces : l = SpaceLock(s) =>
       ~P!ReleaseDue(s) /\ ~P!AdmitDue(s) /\ ~P!BearDue(s) /\ ~P!FreeDue(s)
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
  \/ \E c \in Cores, lo, hi \in Pages, p \in Prots : Map(c, lo, hi, p) \/ Protect(c, lo, hi, p)
  \/ \E c \in Cores, lo, hi \in Pages : Unmap(c, lo, hi)
  \/ \E c \in Cores, t \in Threads, n \in Spaces \cup {None} : Fork(c, t, n)
  \/ \E c \in Cores, v \in Pages, f \in Frames : Fill(c, v, f) \/ Copy(c, v, f)
  \/ \E c \in Cores, v \in Pages : Allow(c, v) \/ Clear(c, v) \/ Tighten(c, v) \/ Share(c, v)
  \/ \E c \in Cores, f \in Frames : FreeFrame(c, f)
  \/ \E c \in Cores : WaitTurn(c) \/ Leave(c) \/ Shoot(c) \/ Finish(c) \/ Acknowledge(c)
  \/ \E c \in Cores, s \in Spaces : Release(c, s) \/ Admit(c, s) \/ FreeSpace(c, s)
  \/ \E c \in Cores, s \in Spaces, t \in Threads : Bear(c, s, t)
  \/ \E c \in Cores, s \in Spaces \cup {None} : Load(c, s)
  \/ \E c \in Cores, l \in Locks : LockTake(c, l) \/ LockEnter(c, l) \/ LockLeave(c, l)
Spec == Init /\ [][Next]_vars

\* --- invariants of the composition (those of the components are in MCKernel) ------------------
\* A thread is blocked for exactly one reason: a call, a Receive, its sleep, the cores that it has
\* asked to flush, the job of another, or the space that is to be its own.
Awaits(t) == Working(t) /\ phase[space[t]] = "wait"
BlockedExact == \A t \in Threads :
  /\ (st[t] = "blocked")
       = (I!IpcBlocked(t) \/ asleep[t] \/ Awaits(t) \/ P!Queued(t) \/ P!Unborn(t))
  /\ asleep[t] \/ Working(t) \/ P!Queued(t) \/ P!Unborn(t) => ipc[t] = "idle"
  /\ ~(asleep[t] /\ (Working(t) \/ P!Queued(t) \/ P!Unborn(t)))
\* A thread runs in its own space, and a halted core in the kernel's.
TablesLoaded == \A c \in Cores :
  /\ (cur[c] # None /\ space[cur[c]] # None) => root[c] = space[cur[c]]
  /\ mode[c] = "halt" => root[c] = None
\* No lost flush: a core that was asked and runs a thread will be interrupted.
NoLostFlush == \A c \in Cores : (mode[c] = "user" /\ AcknowledgeDue(c)) => S!Interrupted(c)
\* Who lives in a space is a thread.
MembersLive == \A t \in Threads : st[t] = "inactive" => space[t] = None
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
\* What a core does that is in the kernel, or whose thread has a job; cores that are asked flush.
JobStep(c) == Shoot(c) \/ Finish(c)
              \/ (\E v \in Pages : Clear(c, v) \/ Tighten(c, v) \/ Share(c, v))
              \/ (\E f \in Frames : FreeFrame(c, f))
SpaceDuty(c) == Acknowledge(c) \/ (\E s \in Spaces : Release(c, s) \/ Admit(c, s) \/ FreeSpace(c, s))
               \/ (\E s \in Spaces, t \in Threads : Bear(c, s, t))
KernelStep(c) ==
  \/ JobStep(c) \/ SpaceDuty(c) \/ Resume(c) \/ Preempt(c) \/ Idle(c)
  \/ \E t \in Threads : Dispatch(c, t) \/ (\E d \in Cores : Enqueue(c, t, d))
  \/ \E d \in Cores : d \in kick[c] /\ Kick(c, d)
  \/ \E s \in Spaces \cup {None} : LoadDue(c, s) /\ Load(c, s)
SpacesFair == \A c \in Cores :
  /\ WF_vars(Tick(c)) /\ WF_vars(Ipi(c)) /\ WF_vars(KernelStep(c))
  /\ SF_vars(JobStep(c)) /\ SF_vars(SpaceDuty(c)) /\ SF_vars(Preempt(c))
EveryChangeFinishes == \A s \in Spaces : P!Busy(s) ~> ~P!Busy(s)
EveryoneIsAdmitted == \A t \in Threads : P!Queued(t) ~> ~P!Queued(t)
EveryDutyDischarged ==
  /\ \A h \in Channels : (~Quiet(h) ~> Quiet(h)) /\ (I!FailDue(h) ~> ~I!FailDue(h))
  /\ \A u \in Threads : DonateDue(u) ~> ~DonateDue(u)
===================================================================================
