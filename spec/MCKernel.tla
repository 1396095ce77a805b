------------------------------ MODULE MCKernel ------------------------------
(* Bounds for Kernel live in the .cfg files: one per size. Here are the       *)
(* constants that a configuration cannot spell.                               *)
EXTENDS Kernel
CONSTANTS c1, c2, t1, t3
NoLocks == {}
ChannelLocks == {ChannelLock(h) : h \in Channels}
CoreLocks == {CoreLock(c) : c \in Cores}
\* Channels before cores before threads, cores by index.
LockOrder(l) == IF l[1] = "channel" THEN 0 ELSE IF l[1] = "thread" THEN 3
                ELSE IF l[2] = c1 THEN 1 ELSE 2
\* Threads belong to the cores in turn until they have been on a queue.
AllOnFirst(t) == c1
Alternate(t) == IF t \in {t1, t3} THEN c1 ELSE c2
=============================================================================
