--------------------------------- MODULE Scheduler ---------------------------------
(* Per-core run queues with priorities, preemption, stealing, idle cores and IPIs.         *)
(*                                                                                         *)
(* An action that touches the run queue of core c is one critical section under c's run    *)
(* queue lock; an IPI word is a lock-free word. Woken threads travel in the waking core's  *)
(* wake list: the window between the wake-up's commit and the enqueue is a state.          *)
(* Registers are saved in the thread's frame before the kernel runs, so a blocked thread   *)
(* may run elsewhere while its old core is still in the kernel.                            *)
EXTENDS Integers, Sequences, FiniteSets
CONSTANTS Cores, Threads, Prios, GenMod, StartHome(_), None
VARIABLES
  st,     \* st[t]: "inactive" "ready" "running" "blocked" "woken" "faulted"
  gen,    \* gen[t]: generation of the slot
  base,   \* base[t]: own priority
  eff,    \* eff[t]: effective priority (base, or inherited)
  home,   \* home[t]: core whose queue holds or held t
  rq,     \* rq[c]: threads by falling eff, oldest first among equals
  cur,    \* cur[c]: thread whose frame core c would resume, or None
  mode,   \* mode[c]: "user" | "kernel" | "halt"
  idle,   \* idle[c]: published: c has nothing to run and wants an IPI
  level,  \* level[c]: published: priority that c runs at
  ipi,    \* ipi[c]: IPI word pending
  wake,   \* wake[c]: sequence of threads that c has woken and must enqueue
  kick    \* kick[c]: cores that c must send an IPI
schedVars == <<st, gen, base, eff, home, rq, cur, mode, idle, level, ipi, wake, kick>>

RqSeq(q) == {q[i] : i \in 1..Len(q)}
\* queue q with t behind all of at least its priority p
Insert(q, t, p) ==
  LET n == Cardinality({i \in 1..Len(q) : eff[q[i]] >= p})
  IN SubSeq(q, 1, n) \o <<t>> \o SubSeq(q, n + 1, Len(q))
Remove(q, t) == SelectSeq(q, LAMBDA x : x # t)
InKernel(c) == mode[c] = "kernel"
Settled(c) == wake[c] = <<>> /\ kick[c] = {}      \* c owes nobody an enqueue or an IPI
Choosing(c) == InKernel(c) /\ cur[c] = None /\ Settled(c)
Continuing(c) == InKernel(c) /\ cur[c] # None /\ st[cur[c]] = "running" /\ Settled(c)
Urgent(c) == IF rq[c] = <<>> THEN -1 ELSE eff[Head(rq[c])]
Running(c) == mode[c] = "user" /\ cur[c] # None

SchedInit(first, c0, p0) ==       \* one running thread on core c0, other cores idle
  /\ st = [t \in Threads |-> IF t = first THEN "running" ELSE "inactive"]
  /\ gen = [t \in Threads |-> 0]
  /\ base = [t \in Threads |-> IF t = first THEN p0 ELSE 0]
  /\ eff = [t \in Threads |-> IF t = first THEN p0 ELSE 0]
  /\ home = [t \in Threads |-> StartHome(t)]
  /\ rq = [c \in Cores |-> <<>>]
  /\ cur = [c \in Cores |-> IF c = c0 THEN first ELSE None]
  /\ mode = [c \in Cores |-> IF c = c0 THEN "user" ELSE "halt"]
  /\ idle = [c \in Cores |-> c # c0]
  /\ level = [c \in Cores |-> IF c = c0 THEN p0 ELSE 0]
  /\ ipi = [c \in Cores |-> FALSE] /\ wake = [c \in Cores |-> <<>>]
  /\ kick = [c \in Cores |-> {}]

\* --- entering the kernel --------------------------------------------------------------------
\* system call or fault of c's thread; it goes on running, blocks, or ends ("inactive");
\* ws: the threads woken by it, already blocked before
Trap(c, next, ws) ==
  /\ Running(c) /\ mode' = [mode EXCEPT ![c] = "kernel"]
  /\ st' = [t \in Threads |-> IF t = cur[c] THEN next
                              ELSE IF t \in RqSeq(ws) THEN "woken" ELSE st[t]]
  /\ cur' = IF next \in {"running", "faulted"} THEN cur ELSE [cur EXCEPT ![c] = None]
  /\ wake' = [wake EXCEPT ![c] = @ \o ws]
  /\ UNCHANGED <<gen, base, eff, home, rq, idle, level, ipi, kick>>
\* further wake-ups by a core that is already in the kernel
Wakes(c, ws) ==
  /\ InKernel(c) /\ wake' = [wake EXCEPT ![c] = @ \o ws]
  /\ st' = [t \in Threads |-> IF t \in RqSeq(ws) THEN "woken" ELSE st[t]]
  /\ UNCHANGED <<gen, base, eff, home, rq, cur, mode, idle, level, ipi, kick>>
\* c's thread makes an inactive slot t runnable with base priority p
Create(c, t, p) ==
  /\ Running(c) /\ st[t] = "inactive" /\ mode' = [mode EXCEPT ![c] = "kernel"]
  /\ st' = [st EXCEPT ![t] = "woken"] /\ gen' = [gen EXCEPT ![t] = (@ + 1) % GenMod]
  /\ base' = [base EXCEPT ![t] = p] /\ eff' = [eff EXCEPT ![t] = p]
  /\ wake' = [wake EXCEPT ![c] = Append(@, t)]
  /\ UNCHANGED <<home, rq, cur, idle, level, ipi, kick>>
\* c's thread makes an inactive slot t a thread of base priority p, which blocks until it is woken
\* (no step of the stand-alone machine)
Reserve(c, t, p) ==
  /\ Running(c) /\ st[t] = "inactive" /\ mode' = [mode EXCEPT ![c] = "kernel"]
  /\ st' = [st EXCEPT ![t] = "blocked"] /\ gen' = [gen EXCEPT ![t] = (@ + 1) % GenMod]
  /\ base' = [base EXCEPT ![t] = p] /\ eff' = [eff EXCEPT ![t] = p]
  /\ UNCHANGED <<home, rq, cur, idle, level, ipi, wake, kick>>
\* c's thread blocks until the cores ds have done something for it, and c owes each an IPI
\* (no step of the stand-alone machine)
Ask(c, ds) ==
  /\ Running(c) \/ (InKernel(c) /\ cur[c] # None /\ st[cur[c]] = "running")
  /\ mode' = [mode EXCEPT ![c] = "kernel"] /\ st' = [st EXCEPT ![cur[c]] = "blocked"]
  /\ cur' = [cur EXCEPT ![c] = None] /\ kick' = [kick EXCEPT ![c] = @ \cup ds]
  /\ UNCHANGED <<gen, base, eff, home, rq, idle, level, ipi, wake>>
\* a faulted thread, whose core is in the kernel, ends
Reap(c) ==
  /\ InKernel(c) /\ cur[c] # None /\ st[cur[c]] = "faulted"
  /\ st' = [st EXCEPT ![cur[c]] = "inactive"] /\ cur' = [cur EXCEPT ![c] = None]
  /\ UNCHANGED <<gen, base, eff, home, rq, mode, idle, level, ipi, wake, kick>>
Tick(c) ==                                                      \* timer interrupt
  /\ mode[c] # "kernel" /\ mode' = [mode EXCEPT ![c] = "kernel"]
  /\ UNCHANGED <<st, gen, base, eff, home, rq, cur, idle, level, ipi, wake, kick>>
Ipi(c) ==                                                       \* the IPI word is taken
  /\ mode[c] # "kernel" /\ ipi[c]
  /\ ipi' = [ipi EXCEPT ![c] = FALSE] /\ mode' = [mode EXCEPT ![c] = "kernel"]
  /\ UNCHANGED <<st, gen, base, eff, home, rq, cur, idle, level, wake, kick>>
Yield(c) ==
  /\ Running(c) /\ LET t == cur[c] IN
     /\ st' = [st EXCEPT ![t] = "ready"] /\ rq' = [rq EXCEPT ![c] = Insert(@, t, eff[t])]
     /\ home' = [home EXCEPT ![t] = c]
  /\ cur' = [cur EXCEPT ![c] = None] /\ mode' = [mode EXCEPT ![c] = "kernel"]
  /\ UNCHANGED <<gen, base, eff, idle, level, ipi, wake, kick>>

\* --- duties ---------------------------------------------------------------------------------
\* c puts the first thread of its wake list on the queue of core d
Enqueue(c, t, d) ==
  /\ InKernel(c) /\ wake[c] # <<>> /\ t = Head(wake[c])
  /\ wake' = [wake EXCEPT ![c] = Tail(@)] /\ st' = [st EXCEPT ![t] = "ready"]
  /\ home' = [home EXCEPT ![t] = d] /\ rq' = [rq EXCEPT ![d] = Insert(@, t, eff[t])]
  /\ kick' = IF d # c /\ (idle[d] \/ eff[t] > level[d])
             THEN [kick EXCEPT ![c] = @ \cup {d}] ELSE kick
  /\ UNCHANGED <<gen, base, eff, cur, mode, idle, level, ipi>>
\* c sends d an IPI: owed, or a hint that there is something to steal
Kick(c, d) ==
  /\ InKernel(c) /\ c # d /\ ipi' = [ipi EXCEPT ![d] = TRUE]
  /\ kick' = [kick EXCEPT ![c] = @ \ {d}]
  /\ UNCHANGED <<st, gen, base, eff, home, rq, cur, mode, idle, level, wake>>
\* c sets the effective priority of t and, if ready, moves it in its queue
SetPriority(c, t, p) ==
  LET d == home[t]
      q == Insert(Remove(rq[d], t), t, p)
  IN
  /\ InKernel(c) /\ eff[t] # p /\ eff' = [eff EXCEPT ![t] = p]
  /\ rq' = IF st[t] = "ready" THEN [rq EXCEPT ![d] = q] ELSE rq
  /\ level' = IF st[t] = "running" THEN [level EXCEPT ![d] = p] ELSE level
  /\ kick' = IF d # c /\ \/ st[t] = "ready" /\ (idle[d] \/ p > level[d])
                         \/ st[t] = "running" /\ Urgent(d) > p
             THEN [kick EXCEPT ![c] = @ \cup {d}] ELSE kick
  /\ UNCHANGED <<st, gen, base, home, cur, mode, idle, ipi, wake>>

\* --- leaving the kernel ---------------------------------------------------------------------
Run(c, t) ==
  /\ st' = [st EXCEPT ![t] = "running"] /\ home' = [home EXCEPT ![t] = c]
  /\ cur' = [cur EXCEPT ![c] = t] /\ mode' = [mode EXCEPT ![c] = "user"]
  /\ idle' = [idle EXCEPT ![c] = FALSE] /\ level' = [level EXCEPT ![c] = eff[t]]
  /\ UNCHANGED <<gen, base, eff, ipi, wake, kick>>
Dispatch(c, t) ==
  /\ Choosing(c) /\ rq[c] # <<>> /\ t = Head(rq[c]) /\ Run(c, t)
  /\ rq' = [rq EXCEPT ![c] = Tail(@)]
Steal(c, d, t) ==
  /\ Choosing(c) /\ c # d /\ rq[c] = <<>> /\ rq[d] # <<>> /\ t = Head(rq[d]) /\ Run(c, t)
  /\ rq' = [rq EXCEPT ![d] = Tail(@)]
Resume(c) ==
  /\ Continuing(c) /\ Urgent(c) <= eff[cur[c]]
  /\ mode' = [mode EXCEPT ![c] = "user"] /\ level' = [level EXCEPT ![c] = eff[cur[c]]]
  /\ UNCHANGED <<st, gen, base, eff, home, rq, cur, idle, ipi, wake, kick>>
Preempt(c) ==
  /\ Continuing(c) /\ rq[c] # <<>> /\ Urgent(c) >= eff[cur[c]]
  /\ LET t == cur[c] IN
     /\ st' = [st EXCEPT ![t] = "ready"] /\ rq' = [rq EXCEPT ![c] = Insert(@, t, eff[t])]
     /\ home' = [home EXCEPT ![t] = c]
  /\ cur' = [cur EXCEPT ![c] = None]
  /\ UNCHANGED <<gen, base, eff, mode, idle, level, ipi, wake, kick>>
Idle(c) ==
  /\ Choosing(c) /\ rq[c] = <<>>
  /\ mode' = [mode EXCEPT ![c] = "halt"] /\ idle' = [idle EXCEPT ![c] = TRUE]
  /\ UNCHANGED <<st, gen, base, eff, home, rq, cur, level, ipi, wake, kick>>

\* --- stand-alone machine: threads block, end, fault and wake each other at will -------------
EnterKernel(c) == Running(c) /\ Trap(c, "running", <<>>)
Block(c) == Running(c) /\ Trap(c, "blocked", <<>>)
EndThread(c) == Running(c) /\ Trap(c, "inactive", <<>>)
CrashThread(c) == Running(c) /\ Trap(c, "faulted", <<>>)
Signal(c, t) == st[t] = "blocked" /\ Trap(c, "running", <<t>>)
Deadline(c, t) == st[t] = "blocked" /\ Wakes(c, <<t>>)
SchedSteps ==
  \/ \E c \in Cores : EnterKernel(c) \/ Block(c) \/ EndThread(c) \/ CrashThread(c) \/ Reap(c)
  \/ \E c \in Cores : Tick(c) \/ Ipi(c) \/ Yield(c) \/ Resume(c) \/ Preempt(c) \/ Idle(c)
  \/ \E c \in Cores, t \in Threads : Signal(c, t) \/ Dispatch(c, t)
  \/ \E c \in Cores, t \in Threads, p \in Prios : Create(c, t, p)
  \/ \E c \in Cores, t \in Threads, d \in Cores : Enqueue(c, t, d) \/ Steal(c, d, t)
  \/ \E c \in Cores, d \in Cores : Kick(c, d)
SchedNext ==
  \/ SchedSteps
  \/ \E c \in Cores, t \in Threads : Deadline(c, t)
  \/ \E c \in Cores, t \in Threads, p \in Prios : SetPriority(c, t, p)
\* Liveness is stated for SchedSteps: a core that finds expired deadlines or changed priorities
\* without end never leaves the kernel (the kernel's own loops over them are bounded).
\* What a kernel that goes on working does; nobody is obliged to block, wake or create.
SchedFair == \A c \in Cores :
  /\ WF_schedVars(Tick(c)) /\ WF_schedVars(Ipi(c)) /\ SF_schedVars(Preempt(c))
  /\ WF_schedVars(Idle(c)) /\ WF_schedVars(Resume(c)) /\ WF_schedVars(Reap(c))
  \* strong: wake-ups by a core in the kernel may delay its choice again and again
  /\ \A t \in Threads : /\ SF_schedVars(Dispatch(c, t))
                        /\ \A d \in Cores : WF_schedVars(Enqueue(c, t, d))
  /\ \A d \in Cores : WF_schedVars(d \in kick[c] /\ Kick(c, d))

\* --- invariants -----------------------------------------------------------------------------
Places == Cores \X (1..(Cardinality(Threads) + 1))
QueuePlaces(t) == {x \in Places : x[2] <= Len(rq[x[1]]) /\ rq[x[1]][x[2]] = t}
WakePlaces(t) == {x \in Places : x[2] <= Len(wake[x[1]]) /\ wake[x[1]][x[2]] = t}
SchedTypeOK ==
  /\ st \in [Threads -> {"inactive", "ready", "running", "blocked", "woken", "faulted"}]
  /\ gen \in [Threads -> 0..GenMod-1] /\ base \in [Threads -> Prios] /\ eff \in [Threads -> Prios]
  /\ home \in [Threads -> Cores] /\ cur \in [Cores -> Threads \cup {None}]
  /\ mode \in [Cores -> {"user", "kernel", "halt"}] /\ idle \in [Cores -> BOOLEAN]
  /\ level \in [Cores -> Prios] /\ ipi \in [Cores -> BOOLEAN] /\ kick \in [Cores -> SUBSET Cores]
\* A thread is where its state says, once, and nowhere else.
OnePlace == \A t \in Threads :
  /\ Cardinality(QueuePlaces(t)) = (IF st[t] = "ready" THEN 1 ELSE 0)
  /\ Cardinality(WakePlaces(t)) = (IF st[t] = "woken" THEN 1 ELSE 0)
  /\ Cardinality({c \in Cores : cur[c] = t})
       = (IF st[t] \in {"running", "faulted"} THEN 1 ELSE 0)
\* Implied by OnePlace; kept because it is the promise.
NoDoubleRun == \A c, d \in Cores : (cur[c] # None /\ cur[c] = cur[d]) => c = d
HomeExact == \A t \in Threads :
  /\ st[t] = "ready" => t \in RqSeq(rq[home[t]])
  /\ st[t] = "running" => cur[home[t]] = t
QueueSorted == \A c \in Cores : \A i \in 1..(Len(rq[c]) - 1) : eff[rq[c][i]] >= eff[rq[c][i + 1]]
UserHasThread == \A c \in Cores :
  mode[c] = "user" => (IF cur[c] = None THEN FALSE ELSE st[cur[c]] = "running")
\* Published idleness is true, and a halted core has published it.
IdleExact == \A c \in Cores : (mode[c] = "halt" => idle[c]) /\ (idle[c] => cur[c] = None)
LevelExact == \A c \in Cores : mode[c] = "user" => level[c] = eff[cur[c]]
DutiesInKernel == \A c \in Cores : (wake[c] # <<>> \/ kick[c] # {}) => mode[c] = "kernel"
\* Somebody will interrupt c: an IPI is pending or owed.
Interrupted(c) == ipi[c] \/ \E d \in Cores : c \in kick[d]
\* No lost wake: a halted core with work will be interrupted.
NoLostWake == \A c \in Cores : (mode[c] = "halt" /\ rq[c] # <<>>) => Interrupted(c)
\* No core goes on running a thread while a more urgent one waits in its own queue.
NoPriorityInversion == \A c \in Cores :
  (mode[c] = "user" /\ Urgent(c) > eff[cur[c]]) => Interrupted(c)

\* --- action properties and liveness -----------------------------------------------------------
\* Only blocked threads are woken, and only inactive slots are created.
WokenWasBlocked == [][\A t \in Threads :
  (st'[t] = "woken" /\ st[t] # "woken") => st[t] \in {"blocked", "inactive"}]_schedVars
\* Who becomes ready goes behind its equals.
BehindEquals == [][\A c \in Cores : \A i \in 1..Len(rq'[c]) :
  LET t == rq'[c][i] IN (st[t] # "ready" /\ st'[t] = "ready")
    => \A j \in (i+1)..Len(rq'[c]) : eff'[rq'[c][j]] < eff'[t]]_schedVars
\* Equals run in the order in which they became ready.
EqualsInOrder == [][\A c \in Cores : \A i \in 1..Len(rq[c]) :
  LET t == rq[c][i] IN (st[t] = "ready" /\ st'[t] = "running")
    => \A j \in 1..(i-1) : eff[rq[c][j]] < eff[t]]_schedVars
\* A ready thread runs if again and again nobody more urgent can run.
Unhindered(t) == \A u \in Threads : eff[u] > eff[t] => st[u] \in {"blocked", "inactive"}
EveryReadyThreadRuns == \A t \in Threads :
  []<>Unhindered(t) => (st[t] = "ready" ~> st[t] = "running")
===================================================================================
