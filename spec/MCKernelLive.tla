----------------------------- MODULE MCKernelLive -----------------------------
(* Liveness of Kernel at small bounds: every duty is discharged. The threads     *)
(* only spawn, call, receive, reply and die; nobody is obliged to.               *)
EXTENDS MCKernel
CONSTANTS t2
LiveNext ==
  \/ \E c \in Cores, h \in Channels : Call(c, h, 0, FALSE) \/ Die(c, h)
  \/ \E c \in Cores, p \in Prios, h \in Channels : Spawn(c, t2, p, h)
  \/ \E c \in Cores, h \in Channels : Grant(c, h) \/ FailCall(c, h)
  \/ \E c \in Cores, h \in Channels, r \in Threads : Inherit(c, h, r)
  \/ \E c \in Cores, u \in Threads : Donate(c, u) \/ Dispatch(c, u)
  \/ \E c \in Cores, t \in Threads, d \in Cores : Enqueue(c, t, d)
  \/ \E c \in Cores : Tick(c) \/ Resume(c) \/ Preempt(c) \/ Idle(c)
LiveSpec == Init /\ [][LiveNext]_vars /\ DutiesFair
===============================================================================
