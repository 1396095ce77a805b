---------------------------- MODULE Checkpoint ----------------------------
(* The flight recorder's checkpoints: consistent cuts of a running machine,    *)
(* taken without stopping it, so that a recording whose beginning has been      *)
(* overwritten can still be checked from its oldest checkpoint on.              *)
(*                                                                             *)
(* Every checkpoint is an epoch. A core is in one epoch at a time and writes a  *)
(* marker when it moves on; an object has a stamp, the last epoch for which it  *)
(* was snapshotted. Whoever changes an object that its own epoch has not yet    *)
(* snapshotted copies it first; whoever meets a stamp newer than its own epoch  *)
(* moves on first. An event is then after the cut on all that it touches, and   *)
(* in its core's ring, or on nothing (Chandy and Lamport, markers carried by    *)
(* the objects).                                                                *)
(*                                                                             *)
(* An event is one critical section under the locks of what it touches, so one  *)
(* action. `epoch`, `request`, `armed` and `waiting` are lock-free words, and   *)
(* an action looks at those of one core at most.                                *)
EXTENDS Integers, Sequences, FiniteSets

CONSTANTS
    Cores,
    Objects,    \* what events touch: channels, run queues, threads
    MaxEpoch,   \* checkpoints that are begun
    MaxChanges, \* changes of each object: bounds the history
    FromBoot    \* recording since boot, or switched on later

VARIABLES
    epoch,      \* number of the last checkpoint that was begun
    request,    \* recording is wanted: who enters the kernel arms itself
    met,        \* cores found armed or waiting since the request
    mode,       \* mode[c]: "user", "halt", "entry", "behind" or "kernel"
    waiting,    \* waiting[c], published: c is halted and does nothing
    armed,      \* armed[c], published: c looks at stamps before it changes an object
    cep,        \* cep[c]: epoch that c is in
    stamp,      \* stamp[o]: last epoch for which o was snapshotted
    ver,        \* ver[o]: recorded events that touched o
    val,        \* val[o]: all events that touched o; stands for its contents
    ring        \* ring[c]: what c has recorded: markers, snapshots, events

switchVars == <<request, met>>
coreVars == <<mode, waiting, armed>>
vars == <<epoch, request, met, mode, waiting, armed, cep, stamp, ver, val, ring>>

Modes == {"user", "halt", "entry", "behind", "kernel"}
Outside == {"user", "halt"}

\* A core records from its first marker on.
Records(e) == FromBoot \/ e > 0
\* Every object has its snapshot for epoch e.
Taken(e) == \A o \in Objects : stamp[o] >= e

TypeOK ==
    /\ epoch \in 0..MaxEpoch
    /\ request \in BOOLEAN
    /\ met \subseteq Cores
    /\ mode \in [Cores -> Modes]
    /\ waiting \in [Cores -> BOOLEAN]
    /\ armed \in [Cores -> BOOLEAN]
    /\ cep \in [Cores -> 0..MaxEpoch]
    /\ stamp \in [Objects -> 0..MaxEpoch]
    /\ ver \in [Objects -> 0..MaxChanges]
    /\ val \in [Objects -> 0..MaxChanges]
    /\ \A c \in Cores : \A i \in 1..Len(ring[c]) :
          ring[c][i].kind \in {"marker", "snapshot", "event"}

Init ==
    /\ epoch = 0
    /\ request = FromBoot
    /\ met = IF FromBoot THEN Cores ELSE {}
    /\ mode = [c \in Cores |-> "user"]
    /\ waiting = [c \in Cores |-> FALSE]
    /\ armed = [c \in Cores |-> FromBoot]
    /\ cep = [c \in Cores |-> 0]
    /\ stamp = [o \in Objects |-> 0]
    /\ ver = [o \in Objects |-> 0]
    /\ val = [o \in Objects |-> 0]
    /\ ring = [c \in Cores |-> <<>>]

\* What the recorder writes. A marker says which epochs the core has skipped: its
\* earlier markers may be overwritten by the time when the ring is read.
Marker(c, e) == [kind |-> "marker", from |-> cep[c], epoch |-> e]
Snapshot(o, e) ==
    [kind |-> "snapshot", object |-> o, epoch |-> e, ver |-> ver[o], val |-> val[o]]
Event(os) == [kind |-> "event", vers |-> [o \in Objects |-> IF o \in os THEN ver[o] + 1 ELSE 0]]
Optional(wanted, record) == IF wanted THEN <<record>> ELSE <<>>

\* --- into the kernel and out of it ---------------------------------------------
\* A woken core first publishes that it no longer waits. A full fence separates
\* this from the look at the request; so does one the request from ConfirmArmed.
KernelEntry(c) ==
    /\ mode[c] \in Outside
    /\ mode' = [mode EXCEPT ![c] = "entry"]
    /\ waiting' = [waiting EXCEPT ![c] = FALSE]
    /\ UNCHANGED <<epoch, switchVars, armed, cep, stamp, ver, val, ring>>

\* Before its first event it looks at the request, then at the epoch.
Arm(c) ==
    /\ mode[c] = "entry"
    /\ armed' = [armed EXCEPT ![c] = @ \/ request]
    /\ mode' = [mode EXCEPT ![c] = IF armed'[c] /\ cep[c] # epoch THEN "behind" ELSE "kernel"]
    /\ UNCHANGED <<epoch, switchVars, waiting, cep, stamp, ver, val, ring>>

\* It moves to the present epoch: at once when it found itself behind at the entry,
\* between two events if it likes.
Mark(c) ==
    /\ mode[c] \in {"behind", "kernel"}
    /\ armed[c]
    /\ cep[c] # epoch
    /\ cep' = [cep EXCEPT ![c] = epoch]
    /\ ring' = [ring EXCEPT ![c] = Append(@, Marker(c, epoch))]
    /\ mode' = [mode EXCEPT ![c] = "kernel"]
    /\ UNCHANGED <<epoch, switchVars, waiting, armed, stamp, ver, val>>

\* Back to user mode, or to wait for an interrupt; that is published.
KernelExit(c, how) ==
    /\ mode[c] = "kernel"
    /\ mode' = [mode EXCEPT ![c] = how]
    /\ waiting' = [waiting EXCEPT ![c] = (how = "halt")]
    /\ UNCHANGED <<epoch, switchVars, armed, cep, stamp, ver, val, ring>>

\* --- switching on, and beginning a checkpoint ----------------------------------
\* No event of c is in progress: it arms itself with the request.
RequestRecording(c) ==
    /\ mode[c] = "kernel"
    /\ ~request
    /\ request' = TRUE
    /\ armed' = [armed EXCEPT ![c] = TRUE]
    /\ UNCHANGED <<epoch, met, mode, waiting, cep, stamp, ver, val, ring>>

\* c finds d armed, or waiting: then d will see the request before its next event.
ConfirmArmed(c, d) ==
    /\ mode[c] = "kernel"
    /\ request
    /\ d \notin met
    /\ armed[d] \/ waiting[d]
    /\ met' = met \cup {d}
    /\ UNCHANGED <<epoch, request, coreVars, cep, stamp, ver, val, ring>>

\* A compare-and-swap of the epoch: stamps found equal to it stay so until it moves.
BeginCheckpoint(c) ==
    /\ mode[c] = "kernel"
    /\ epoch < MaxEpoch
    /\ met = Cores
    /\ Taken(epoch)
    /\ epoch' = epoch + 1
    /\ UNCHANGED <<switchVars, coreVars, cep, stamp, ver, val, ring>>

\* --- events and snapshots ------------------------------------------------------
\* An event of c on a and b, or on one object if they are the same.
Act(c, a, b) ==
    LET touched == {a, b}
        e == IF armed[c] /\ \E o \in touched : stamp[o] > cep[c] THEN epoch ELSE cep[c]
        due == {o \in touched : stamp[o] < e}
    IN
    /\ mode[c] = "kernel"
    /\ \A o \in touched : val[o] < MaxChanges
    /\ cep' = [cep EXCEPT ![c] = e]
    /\ stamp' = [o \in Objects |-> IF o \in due THEN e ELSE stamp[o]]
    /\ val' = [o \in Objects |-> IF o \in touched THEN val[o] + 1 ELSE val[o]]
    /\ ver' = [o \in Objects |-> IF o \in touched /\ Records(e) THEN ver[o] + 1 ELSE ver[o]]
    /\ ring' = [ring EXCEPT ![c] = @ \o Optional(e # cep[c], Marker(c, e))
                                    \o Optional(a \in due, Snapshot(a, e))
                                    \o Optional(b \in due \ {a}, Snapshot(b, e))
                                    \o Optional(Records(e), Event(touched))]
    /\ UNCHANGED <<epoch, switchVars, coreVars>>

\* c snapshots, under its lock, an object that nobody has touched in c's epoch. That
\* is the present epoch, or the object would have been snapshotted before it began.
Sweep(c, o) ==
    /\ mode[c] = "kernel"
    /\ stamp[o] < cep[c]
    /\ stamp' = [stamp EXCEPT ![o] = cep[c]]
    /\ ring' = [ring EXCEPT ![c] = Append(@, Snapshot(o, cep[c]))]
    /\ UNCHANGED <<epoch, switchVars, coreVars, cep, ver, val>>

Next ==
    \/ \E c \in Cores : KernelEntry(c) \/ Arm(c) \/ Mark(c) \/ RequestRecording(c)
    \/ \E c \in Cores : BeginCheckpoint(c)
    \/ \E c \in Cores, how \in Outside : KernelExit(c, how)
    \/ \E c \in Cores, d \in Cores : ConfirmArmed(c, d)
    \/ \E c \in Cores, a \in Objects, b \in Objects : Act(c, a, b)
    \/ \E c \in Cores, o \in Objects : Sweep(c, o)

\* The timer interrupts user mode; a halted core need not wake up, no core need ask
\* for recording or act. Cores in the kernel get round to what is left to do.
Fair ==
    /\ SF_vars(\E c \in Cores : BeginCheckpoint(c))
    /\ \A c \in Cores :
        /\ WF_vars(mode[c] = "user" /\ KernelEntry(c))
        /\ WF_vars(Arm(c))
        /\ WF_vars(mode[c] = "behind" /\ Mark(c))
        /\ WF_vars(\E how \in Outside : KernelExit(c, how))
    /\ \A d \in Cores : SF_vars(\E c \in Cores : ConfirmArmed(c, d))
    /\ \A c \in Cores, o \in Objects : SF_vars(Sweep(c, o))

Spec == Init /\ [][Next]_vars /\ Fair

----------------------------------------------------------------------------
Places == Cores \X (1..(Cardinality(Objects) * (MaxChanges + MaxEpoch) + MaxEpoch))
At(x) == ring[x[1]][x[2]]
Written(kind) == {x \in Places : x[2] <= Len(ring[x[1]]) /\ At(x).kind = kind}
SnapshotsOf(o, e) == {x \in Written("snapshot") : At(x).object = o /\ At(x).epoch = e}
\* The marker r is the one with which its core passed cut e.
Passes(r, e) == r.kind = "marker" /\ r.from < e /\ e <= r.epoch
\* The record at x lies behind that marker, among the records of its core after the first n.
BehindIn(x, e, n) == \E i \in (n + 1)..(x[2] - 1) : Passes(ring[x[1]][i], e)
Behind(x, e) == BehindIn(x, e, 0)

\* What the checker of a recording relies on: no event straddles a whole cut. It is
\* after the snapshot of one thing it touches iff of all, iff behind its core's marker.
CutConsistent ==
    \A e \in 1..MaxEpoch : Taken(e) =>
        \A o \in Objects : \A s \in SnapshotsOf(o, e) : \A x \in Written("event") :
            At(x).vers[o] > 0 => (At(x).vers[o] > At(s).ver) = Behind(x, e)

\* When the first n records of c are overwritten, and the marker with which c passed
\* cut e is not (or c, whose epoch is published, is before the cut), all that the cut
\* needs is left, and each record that is left still shows on which side it lies.
CutSurvives ==
    \A e \in 1..MaxEpoch : \A c \in Cores : \A n \in 0..Len(ring[c]) :
        (cep[c] < e \/ \E i \in (n + 1)..Len(ring[c]) : Passes(ring[c][i], e)) =>
            /\ \A x \in Written("snapshot") : (x[1] = c /\ At(x).epoch = e) => x[2] > n
            /\ \A x \in Written("event") :
                  x[1] = c => IF x[2] > n THEN BehindIn(x, e, n) = Behind(x, e)
                              ELSE ~Behind(x, e)

\* Whatever happened to an object since a snapshot was recorded.
SnapshotExact ==
    \A x \in Written("snapshot") :
        val[At(x).object] - At(x).val = ver[At(x).object] - At(x).ver

\* The rings can be merged: they hold every version of an object once.
VersionsRecorded ==
    \A o \in Objects : \A v \in 1..MaxChanges :
        Cardinality({x \in Written("event") : At(x).vers[o] = v})
            = (IF v <= ver[o] THEN 1 ELSE 0)

\* An object has one snapshot for each epoch up to its stamp.
OneSnapshot ==
    \A o \in Objects : \A e \in 1..MaxEpoch :
        Cardinality(SnapshotsOf(o, e)) = (IF e <= stamp[o] THEN 1 ELSE 0)

\* At most one checkpoint is incomplete.
StampsClose == \A o, p \in Objects : stamp[o] - stamp[p] <= 1

\* Nobody is ahead of the epoch.
NobodyAhead ==
    /\ \A c \in Cores : cep[c] <= epoch
    /\ \A o \in Objects : stamp[o] <= epoch

\* Once a checkpoint holds an object, only recorded events change it.
NoUnrecordedChange ==
    [][\A o \in Objects :
          (stamp[o] >= 1 /\ val'[o] # val[o]) => ver'[o] = ver[o] + 1]_vars

EpochMonotone ==
    [][/\ epoch' >= epoch
       /\ \A c \in Cores : cep'[c] >= cep[c]
       /\ \A o \in Objects : stamp'[o] >= stamp[o]]_vars

\* A cut can be used when every object has its snapshot, and every core has said by a
\* marker what it alone knows, or is known to know nothing because it waits.
Usable(e) == Taken(e) /\ \A c \in Cores : cep[c] >= e \/ waiting[c]
GoesOn == \E c \in Cores : mode[c] = "kernel"
EveryCheckpointCompletes ==
    \A e \in 1..MaxEpoch : []<>GoesOn => (epoch >= e ~> Usable(e))
\* Recording that is asked for begins, whoever sleeps.
RecordingBegins == []<>GoesOn => (request ~> epoch >= 1)
=============================================================================
