--------------------------- MODULE MCKernelThreads ---------------------------
(* MCKernel with the locks of threads in the machine. They come last in the   *)
(* order, by index: a core may hold two of them (Call, Cancel, Spawn).        *)
EXTENDS MCKernel
CONSTANTS t2
ThreadLocks == {ThreadLock(t) : t \in Threads}
ChannelAndThreadLocks == ChannelLocks \cup ThreadLocks
ThreadLockOrder(l) == IF l \in ThreadLocks
                      THEN IF l[2] = t1 THEN 4 ELSE 5
                      ELSE LockOrder(l)
=============================================================================
