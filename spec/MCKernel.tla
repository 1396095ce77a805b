------------------------------ MODULE MCKernel ------------------------------
(* Bounds for Kernel live in the .cfg files: one per size. Here are the       *)
(* constants that a configuration cannot spell.                               *)
EXTENDS Kernel
CONSTANTS c1, c2, t1, t3
NoLocks == {}
ChannelLocks == {ChannelLock(h) : h \in Channels}
CoreLocks == {CoreLock(c) : c \in Cores}
SpaceLocksOnly == {SpaceLock(s) : s \in Spaces}
LocksOfSpaces == SpaceLocksOnly \cup {MemoryLock}
\* Channels before cores before spaces before threads before memory, cores and spaces by index.
LockOrder(l) == IF l[1] = "channel" THEN 0
                ELSE IF l[1] = "space" THEN (IF l[2] = FirstSpace THEN 3 ELSE 4)
                ELSE IF l[1] = "thread" THEN 5 ELSE IF l[1] = "memory" THEN 6
                ELSE IF l[2] = c1 THEN 1 ELSE 2
\* Threads belong to the cores in turn until they have been on a queue.
AllOnFirst(t) == c1
Alternate(t) == IF t \in {t1, t3} THEN c1 ELSE c2

\* The components' invariants, under the names that they have in their modules.
IpcTypeOK == I!IpcTypeOK
TagsConserved == I!TagsConserved
QueueExact == I!QueueExact
WaitersExact == I!WaitersExact
ReceiversExact == I!ReceiversExact
ViewExact == I!ViewExact
CallDataExact == I!CallDataExact
ResultExact == I!ResultExact
NobodyBlockedOnDead == I!NobodyBlockedOnDead
ReceiversCurrent == I!ReceiversCurrent
NoSleepWithWork == I!NoSleepWithWork
AttachmentExact == I!AttachmentExact
SchedTypeOK == S!SchedTypeOK
OnePlace == S!OnePlace
NoDoubleRun == S!NoDoubleRun
HomeExact == S!HomeExact
QueueSorted == S!QueueSorted
UserHasThread == S!UserHasThread
IdleExact == S!IdleExact
LevelExact == S!LevelExact
DutiesInKernel == S!DutiesInKernel
NoLostWake == S!NoLostWake
NoPriorityInversion == S!NoPriorityInversion
LockTypeOK == L!LockTypeOK
LockMutex == L!LockMutex
HeldIsServed == L!HeldIsServed
LockAccounting == L!LockAccounting
LockOrderKept == L!LockOrderKept
WokenWasBlocked == S!WokenWasBlocked
EqualsInOrder == S!EqualsInOrder
AnswersAreEarned == I!AnswersAreEarned
MessagesAreTrue == I!MessagesAreTrue
ReceiveInOrder == I!ReceiveInOrder
IncarnationMonotone == I!IncarnationMonotone
SpaceTypeOK == P!SpaceTypeOK
RefsExact == P!RefsExact
TablesExact == P!TablesExact
FreeUnreachable == P!FreeUnreachable
WriterAlone == P!WriterAlone
OneImage == P!OneImage
WriteXorExecute == P!WriteXorExecute
StaleAwaited == P!StaleAwaited
GoneWhenReturned == P!GoneWhenReturned
JobExact == P!JobExact
MakingExact == P!MakingExact
NothingLeft == P!NothingLeft
QueueOfMembers == P!QueueOfMembers
=============================================================================
