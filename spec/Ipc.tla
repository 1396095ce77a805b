------------------------------------ MODULE Ipc ------------------------------------
(* Synchronous IPC with 9P-style tags: Call -> Receive -> Reply by tag, in any order, by   *)
(* any thread of the server; flow control by tag waiting (nothing is ever dropped);        *)
(* cancel, time-out, server death (Die + one FailCall per victim) and new incarnations;    *)
(* priority donation: a server inherits the most urgent priority outstanding at it.        *)
(*                                                                                         *)
(* One action is one critical section under the lock of one channel. A server is a channel *)
(* and the threads attached to one incarnation of it. Results are kept in res until the    *)
(* thread returns to user mode.                                                            *)
EXTENDS Integers, Sequences, FiniteSets
CONSTANTS Threads,    \* thread slots
          Channels,   \* channel slots
          Tags,       \* 1..n, per channel
          Payloads,   \* message register words
          Prios,      \* 0..p-1, larger is more urgent
          IncMod,     \* incarnations count modulo this
          Timed,      \* subset of BOOLEAN: may calls carry a time-out?
          None, Orphan
VARIABLES
  ipc,        \* ipc[t]: "idle" "tagwait" "queued" "served" "receiving" "done"
  chan,       \* chan[t]: channel t is blocked on, or None
  msg,        \* msg[t]: payload of t's outstanding call, or None
  don,        \* don[t]: priority donated with t's outstanding call, or -1
  timed,      \* timed[t]: the outstanding call has a deadline
  res,        \* res[t]: result record not yet returned to user mode, or None
  srv,        \* srv[t]: channel that t serves, or None
  att,        \* att[t]: incarnation that t is attached to, or -1
  alive,      \* alive[h]: "live" | "dying" (dying and drained = may be restarted)
  inc,        \* inc[h]: incarnation
  own,        \* own[h][g]: thread whose call holds tag g, Orphan (caller gone, server not
              \*            yet replied) or None
  view,       \* view[h][g]: caller that the server was told for tag g, or None (ghost)
  queue,      \* queue[h]: sequence of tags not yet received
  waiters,    \* waiters[h]: sequence of threads waiting for a tag
  receivers   \* receivers[h]: sequence of threads blocked in Receive
ipcVars == <<ipc, chan, msg, don, timed, res, srv, att, alive, inc, own, view, queue,
             waiters, receivers>>

Codes == {"ok", "dead", "badtag", "orphaned", "cancelled", "timeout", "nocall", "busy",
          "invalid"}
Result(code) == [code |-> code]
Message(g, u, p) == [code |-> "msg", tag |-> g, caller |-> u, word |-> p]
Answer(p) == [code |-> "ok", word |-> p]
NoTags == [g \in Tags |-> None]
SeqSet(q) == {q[i] : i \in 1..Len(q)}
Without(q, x) == SelectSeq(q, LAMBDA y : y # x)
Min(S) == CHOOSE x \in S : \A y \in S : x <= y
Max(S) == CHOOSE x \in S : \A y \in S : x >= y
Free(h) == {g \in Tags : own[h][g] = None}
Calling(t) == ipc[t] \in {"tagwait", "queued", "served"}
CallersAt(h) == {t \in Threads : Calling(t) /\ chan[t] = h}
Boost(h) == Max({0} \cup {don[t] : t \in CallersAt(h)})
Serves(t, h) == srv[t] = h
Attached(t, h) == IF h = None THEN FALSE ELSE alive[h] = "live" /\ att[t] = inc[h]
ServersOf(h) == {t \in Threads : srv[t] = h /\ Attached(t, h)}
Drained(h) == own[h] = NoTags /\ waiters[h] = <<>> /\ receivers[h] = <<>>
Target(t, b) == IF Attached(t, srv[t])                       \* priority t must run at,
                THEN Max({b, Boost(srv[t])}) ELSE b          \* b being its own
GrantDue(h) == alive[h] = "live" /\ waiters[h] # <<>> /\ Free(h) # {}
FailDue(h) == alive[h] = "dying" /\ ~Drained(h)
TagOf(t) == CHOOSE g \in Tags : own[chan[t]][g] = t

IpcInit ==
  /\ ipc = [t \in Threads |-> "idle"] /\ chan = [t \in Threads |-> None]
  /\ msg = [t \in Threads |-> None] /\ don = [t \in Threads |-> -1]
  /\ timed = [t \in Threads |-> FALSE] /\ res = [t \in Threads |-> None]
  /\ srv = [t \in Threads |-> None] /\ att = [t \in Threads |-> -1]
  /\ alive = [h \in Channels |-> "live"] /\ inc = [h \in Channels |-> 0]
  /\ own = [h \in Channels |-> NoTags] /\ view = [h \in Channels |-> NoTags]
  /\ queue = [h \in Channels |-> <<>>] /\ waiters = [h \in Channels |-> <<>>]
  /\ receivers = [h \in Channels |-> <<>>]

\* --- who blocks and who is woken: read by Kernel.tla, evaluated in the state before -------
TakesTag(h) == waiters[h] = <<>> /\ Free(h) # {}
CallBlocks(h) == alive[h] = "live"
CancelWakes(u) == IF Calling(u) THEN <<u>> ELSE <<>>
CallWakes(h) == IF alive[h] = "live" /\ TakesTag(h) /\ receivers[h] # <<>>
                THEN <<Head(receivers[h])>> ELSE <<>>
ReceiveBlocks(t, h) == Attached(t, h) /\ queue[h] = <<>>
Received(h, g) == own[h][g] # None /\ g \notin SeqSet(queue[h])
ReplyWakes(t, h, g) == IF Attached(t, h) /\ Received(h, g) /\ own[h][g] # Orphan
                       THEN <<own[h][g]>> ELSE <<>>
GrantWakes(h) == IF receivers[h] # <<>> THEN <<Head(receivers[h])>> ELSE <<>>
Victim(h) == IF own[h] # NoTags
             THEN own[h][Min({g \in Tags : own[h][g] # None})]
             ELSE IF waiters[h] # <<>> THEN Head(waiters[h]) ELSE Head(receivers[h])
FailWakes(h) == IF Victim(h) = Orphan THEN <<>> ELSE <<Victim(h)>>

\* --- helpers over functions (pure) ---------------------------------------------------------
Finish(t, r) ==                              \* t's operation ends at once with result r
  /\ ipc' = [ipc EXCEPT ![t] = "done"] /\ res' = [res EXCEPT ![t] = r]
\* u's call leaves channel h with the given code: its tag is freed if unreceived, orphaned
\* if received; t (or nobody, None) is the thread that took it back and gets "ok"
Leave(t, u, h, code) ==
  /\ ipc' = [x \in Threads |-> IF x \in {t, u} THEN "done" ELSE ipc[x]]
  /\ res' = [x \in Threads |-> IF x = u THEN Result(code)
                               ELSE IF x = t THEN Result("ok") ELSE res[x]]
  /\ chan' = [chan EXCEPT ![u] = None] /\ msg' = [msg EXCEPT ![u] = None]
  /\ don' = [don EXCEPT ![u] = -1] /\ timed' = [timed EXCEPT ![u] = FALSE]
  /\ waiters' = [waiters EXCEPT ![h] = Without(@, u)]
  /\ IF ipc[u] = "tagwait" THEN UNCHANGED <<queue, own, view>>
     ELSE LET g == TagOf(u) IN
          /\ queue' = [queue EXCEPT ![h] = Without(@, g)]
          /\ own' = [own EXCEPT ![h][g] = IF ipc[u] = "queued" THEN None ELSE Orphan]
          /\ view' = [view EXCEPT ![h][g] = None]
  /\ UNCHANGED <<srv, att, alive, inc, receivers>>

\* --- actions --------------------------------------------------------------------------------
\* thread t makes slot u a thread of server h (its current incarnation), or a plain one (None)
Attach(t, u, h) ==
  /\ ipc[t] = "idle" /\ ipc[u] = "idle" /\ t # u
  /\ srv' = [srv EXCEPT ![u] = h]
  /\ att' = [att EXCEPT ![u] = IF h = None THEN -1 ELSE inc[h]]
  /\ Finish(t, Result("ok"))
  /\ UNCHANGED <<chan, msg, don, timed, alive, inc, own, view, queue, waiters, receivers>>
\* thread t ends without ending a server
Detach(t) ==
  /\ ipc[t] = "idle" /\ ~Attached(t, srv[t])
  /\ srv' = [srv EXCEPT ![t] = None] /\ att' = [att EXCEPT ![t] = -1]
  /\ UNCHANGED <<ipc, chan, msg, don, timed, res, alive, inc, own, view, queue, waiters,
                 receivers>>
\* t calls h with payload p, donating priority d; m: the call carries a time-out
Call(t, h, p, m, d) ==
  /\ ipc[t] = "idle" /\ srv[t] # h
  /\ IF alive[h] # "live"
     THEN /\ Finish(t, Result("dead"))
          /\ UNCHANGED <<chan, msg, don, timed, own, view, queue, waiters, receivers>>
     ELSE /\ chan' = IF CallWakes(h) # <<>>
                     THEN [chan EXCEPT ![t] = h, ![Head(receivers[h])] = None]
                     ELSE [chan EXCEPT ![t] = h]
          /\ msg' = [msg EXCEPT ![t] = p] /\ don' = [don EXCEPT ![t] = d]
          /\ timed' = [timed EXCEPT ![t] = m]
          /\ IF ~TakesTag(h)
             THEN /\ waiters' = [waiters EXCEPT ![h] = Append(@, t)]
                  /\ ipc' = [ipc EXCEPT ![t] = "tagwait"]
                  /\ UNCHANGED <<res, own, view, queue, receivers>>
             ELSE LET g == Min(Free(h)) IN
                  /\ own' = [own EXCEPT ![h][g] = t] /\ UNCHANGED waiters
                  /\ IF receivers[h] # <<>>
                     THEN LET r == Head(receivers[h]) IN
                          /\ receivers' = [receivers EXCEPT ![h] = Tail(@)]
                          /\ ipc' = [ipc EXCEPT ![t] = "served", ![r] = "done"]
                          /\ res' = [res EXCEPT ![r] = Message(g, t, p)]
                          /\ view' = [view EXCEPT ![h][g] = t] /\ UNCHANGED queue
                     ELSE /\ queue' = [queue EXCEPT ![h] = Append(@, g)]
                          /\ ipc' = [ipc EXCEPT ![t] = "queued"]
                          /\ UNCHANGED <<res, view, receivers>>
  /\ UNCHANGED <<srv, att, alive, inc>>
\* server thread t receives from h: the oldest queued call, or blocks
Receive(t, h) ==
  /\ ipc[t] = "idle" /\ Serves(t, h)
  /\ IF ~Attached(t, h)
     THEN Finish(t, Result("dead")) /\ UNCHANGED <<chan, view, queue, receivers>>
     ELSE IF queue[h] = <<>>
     THEN /\ ipc' = [ipc EXCEPT ![t] = "receiving"] /\ chan' = [chan EXCEPT ![t] = h]
          /\ receivers' = [receivers EXCEPT ![h] = Append(@, t)]
          /\ UNCHANGED <<res, view, queue>>
     ELSE LET g == Head(queue[h]) u == own[h][g] IN
          /\ queue' = [queue EXCEPT ![h] = Tail(@)]
          /\ ipc' = [ipc EXCEPT ![t] = "done", ![u] = "served"]
          /\ res' = [res EXCEPT ![t] = Message(g, u, msg[u])]
          /\ view' = [view EXCEPT ![h][g] = u] /\ UNCHANGED <<chan, receivers>>
  /\ UNCHANGED <<msg, don, timed, srv, att, alive, inc, own, waiters>>
\* server thread t (any of the server) answers the call that holds tag g
Reply(t, h, g, p) ==
  /\ ipc[t] = "idle" /\ Serves(t, h)
  /\ IF ~Attached(t, h) \/ ~Received(h, g)
     THEN /\ Finish(t, Result(IF ~Attached(t, h) THEN "dead" ELSE "badtag"))
          /\ UNCHANGED <<chan, msg, don, timed, own, view>>
     ELSE LET u == own[h][g] IN
          /\ own' = [own EXCEPT ![h][g] = None] /\ view' = [view EXCEPT ![h][g] = None]
          /\ IF u = Orphan
             THEN Finish(t, Result("orphaned")) /\ UNCHANGED <<chan, msg, don, timed>>
             ELSE /\ ipc' = [ipc EXCEPT ![t] = "done", ![u] = "done"]
                  /\ res' = [res EXCEPT ![t] = Result("ok"), ![u] = Answer(p)]
                  /\ chan' = [chan EXCEPT ![u] = None] /\ msg' = [msg EXCEPT ![u] = None]
                  /\ don' = [don EXCEPT ![u] = -1] /\ timed' = [timed EXCEPT ![u] = FALSE]
  /\ UNCHANGED <<srv, att, alive, inc, queue, waiters, receivers>>
\* a free tag goes to the first waiter (kernel duty, same critical section as its cause)
Grant(h) ==
  /\ GrantDue(h)
  /\ LET u == Head(waiters[h]) g == Min(Free(h)) IN
     /\ waiters' = [waiters EXCEPT ![h] = Tail(@)] /\ own' = [own EXCEPT ![h][g] = u]
     /\ IF receivers[h] # <<>>
        THEN LET r == Head(receivers[h]) IN
             /\ receivers' = [receivers EXCEPT ![h] = Tail(@)]
             /\ ipc' = [ipc EXCEPT ![u] = "served", ![r] = "done"]
             /\ res' = [res EXCEPT ![r] = Message(g, u, msg[u])]
             /\ chan' = [chan EXCEPT ![r] = None]
             /\ view' = [view EXCEPT ![h][g] = u] /\ UNCHANGED queue
        ELSE /\ queue' = [queue EXCEPT ![h] = Append(@, g)]
             /\ ipc' = [ipc EXCEPT ![u] = "queued"]
             /\ UNCHANGED <<res, chan, view, receivers>>
  /\ UNCHANGED <<msg, don, timed, srv, att, alive, inc>>
\* the outstanding call of u is taken back: by another thread, or by its deadline
Cancel(t, u) ==
  /\ ipc[t] = "idle" /\ t # u
  /\ IF Calling(u) THEN Leave(t, u, chan[u], "cancelled")
     ELSE /\ Finish(t, Result("nocall"))
          /\ UNCHANGED <<chan, msg, don, timed, srv, att, alive, inc, own, view, queue,
                         waiters, receivers>>
TimeOut(u) == Calling(u) /\ timed[u] /\ Leave(None, u, chan[u], "timeout")
\* a server thread ends: its channel stops being live; FailCall then releases each victim
Die(t, h) ==
  /\ ipc[t] = "idle" /\ Serves(t, h) /\ Attached(t, h)
  /\ alive' = [alive EXCEPT ![h] = "dying"]
  /\ srv' = [srv EXCEPT ![t] = None] /\ att' = [att EXCEPT ![t] = -1]
  /\ UNCHANGED <<ipc, chan, msg, don, timed, res, inc, own, view, queue, waiters, receivers>>
FailCall(h) ==
  /\ FailDue(h)
  /\ LET u == Victim(h) IN
     /\ IF own[h] # NoTags
        THEN LET g == Min({x \in Tags : own[h][x] # None}) IN
             /\ own' = [own EXCEPT ![h][g] = None] /\ view' = [view EXCEPT ![h][g] = None]
             /\ queue' = [queue EXCEPT ![h] = Without(@, g)]
             /\ UNCHANGED <<waiters, receivers>>
        ELSE /\ IF waiters[h] # <<>>
                THEN waiters' = [waiters EXCEPT ![h] = Tail(@)] /\ UNCHANGED receivers
                ELSE receivers' = [receivers EXCEPT ![h] = Tail(@)] /\ UNCHANGED waiters
             /\ UNCHANGED <<own, view, queue>>
     /\ IF u = Orphan THEN UNCHANGED <<ipc, res, chan, msg, don, timed>>
        ELSE /\ ipc' = [ipc EXCEPT ![u] = "done"]
             /\ res' = [res EXCEPT ![u] = Result("dead")]
             /\ chan' = [chan EXCEPT ![u] = None] /\ msg' = [msg EXCEPT ![u] = None]
             /\ don' = [don EXCEPT ![u] = -1] /\ timed' = [timed EXCEPT ![u] = FALSE]
  /\ UNCHANGED <<srv, att, alive, inc>>
\* thread t gives channel h its next incarnation; "busy" while it lives or is being drained
Restart(t, h) ==
  /\ ipc[t] = "idle"
  /\ IF alive[h] = "dying" /\ Drained(h)
     THEN /\ Finish(t, Result("ok")) /\ alive' = [alive EXCEPT ![h] = "live"]
          /\ inc' = [inc EXCEPT ![h] = (@ + 1) % IncMod]
     ELSE Finish(t, Result("busy")) /\ UNCHANGED <<alive, inc>>
  /\ UNCHANGED <<chan, msg, don, timed, srv, att, own, view, queue, waiters, receivers>>
\* u's effective priority changed while its call is outstanding
Donate(u, d) ==
  /\ Calling(u) /\ don[u] # d /\ don' = [don EXCEPT ![u] = d]
  /\ UNCHANGED <<ipc, chan, msg, timed, res, srv, att, alive, inc, own, view, queue, waiters,
                 receivers>>
\* an operation outside IPC ends with result r (spawn, cancel of nothing, refused arguments)
Conclude(t, r) ==
  /\ ipc[t] = "idle" /\ Finish(t, r)
  /\ UNCHANGED <<chan, msg, don, timed, srv, att, alive, inc, own, view, queue, waiters,
                 receivers>>
\* t is back in user mode and has its result
Return(t) ==
  /\ ipc[t] = "done" /\ ipc' = [ipc EXCEPT ![t] = "idle"] /\ res' = [res EXCEPT ![t] = None]
  /\ UNCHANGED <<chan, msg, don, timed, srv, att, alive, inc, own, view, queue, waiters,
                 receivers>>

\* --- stand-alone machine: any thread does anything the interface allows -------------------
IpcNext ==
  \/ \E t \in Threads, h \in Channels : Receive(t, h) \/ Die(t, h) \/ Restart(t, h)
  \/ \E t, u \in Threads, h \in Channels \cup {None} : Attach(t, u, h)
  \/ \E t \in Threads, h \in Channels, p \in Payloads, m \in Timed, d \in Prios :
       Call(t, h, p, m, d)
  \/ \E t \in Threads, h \in Channels, g \in Tags, p \in Payloads : Reply(t, h, g, p)
  \/ \E h \in Channels : Grant(h) \/ FailCall(h)
  \/ \E u \in Threads : TimeOut(u) \/ Return(u) \/ Detach(u)
  \/ \E t, u \in Threads : Cancel(t, u)
  \/ \E u \in Threads, d \in Prios : Donate(u, d)
IpcSpec == IpcInit /\ [][IpcNext]_ipcVars

\* --- invariants -----------------------------------------------------------------------------
Holding(u) == ipc[u] \in {"queued", "served"}            \* u's call has a tag
IpcBlocked(t) == Calling(t) \/ ipc[t] = "receiving"
IsThread(x) == x \notin {None, Orphan}
Results == {None} \cup {Result(k) : k \in Codes} \cup {Answer(p) : p \in Payloads}
           \cup {Message(g, u, p) : g \in Tags, u \in Threads, p \in Payloads}
IpcTypeOK ==
  /\ ipc \in [Threads -> {"idle", "tagwait", "queued", "served", "receiving", "done"}]
  /\ chan \in [Threads -> Channels \cup {None}] /\ msg \in [Threads -> Payloads \cup {None}]
  /\ don \in [Threads -> Prios \cup {-1}] /\ timed \in [Threads -> BOOLEAN]
  /\ \A t \in Threads : res[t] \in Results
  /\ srv \in [Threads -> Channels \cup {None}] /\ att \in [Threads -> -1..IncMod-1]
  /\ alive \in [Channels -> {"live", "dying"}] /\ inc \in [Channels -> 0..IncMod-1]
  /\ own \in [Channels -> [Tags -> Threads \cup {None, Orphan}]]
  /\ view \in [Channels -> [Tags -> Threads \cup {None}]]
\* Every tag is free, or held by exactly one call, or orphaned; every call that needs one has one.
TagsConserved == \A h \in Channels :
  /\ {own[h][g] : g \in Tags} \ {None, Orphan} = {u \in Threads : Holding(u) /\ chan[u] = h}
  /\ \A g, k \in Tags : IsThread(own[h][g]) /\ own[h][g] = own[h][k] => g = k
\* The queue holds the tags of the unreceived calls, each once.
QueueExact == \A h \in Channels :
  /\ SeqSet(queue[h]) = {g \in Tags : IsThread(own[h][g]) /\ ipc[own[h][g]] = "queued"}
  /\ Cardinality(SeqSet(queue[h])) = Len(queue[h])
WaitersExact == \A h \in Channels :
  /\ SeqSet(waiters[h]) = {u \in Threads : ipc[u] = "tagwait" /\ chan[u] = h}
  /\ Cardinality(SeqSet(waiters[h])) = Len(waiters[h])
ReceiversExact == \A h \in Channels :
  /\ SeqSet(receivers[h]) = {u \in Threads : ipc[u] = "receiving" /\ chan[u] = h}
  /\ Cardinality(SeqSet(receivers[h])) = Len(receivers[h])
\* What servers were told is what the tag table says.
ViewExact == \A h \in Channels, g \in Tags :
  IF IsThread(own[h][g]) /\ ipc[own[h][g]] = "served"
  THEN view[h][g] = own[h][g] ELSE view[h][g] = None
\* Only a blocked thread is on a channel, and only a calling one has call data.
CallDataExact == \A t \in Threads :
  /\ (chan[t] # None) = IpcBlocked(t)
  /\ (msg[t] # None) = Calling(t)
  /\ (don[t] # -1) = Calling(t)
  /\ timed[t] => Calling(t)
ResultExact == \A t \in Threads : (res[t] # None) = (ipc[t] = "done")
\* Whoever is blocked at a channel that is not live is about to be released.
NobodyBlockedOnDead == \A t \in Threads :
  IpcBlocked(t) => alive[chan[t]] = "live" \/ FailDue(chan[t])
\* Whoever waits to receive serves the present incarnation, or is about to be released.
ReceiversCurrent == \A t \in Threads :
  ipc[t] = "receiving" => srv[t] = chan[t] /\ (Attached(t, chan[t]) \/ FailDue(chan[t]))
NoSleepWithWork == \A h \in Channels :
  receivers[h] # <<>> => queue[h] = <<>>
AttachmentExact == \A t \in Threads : (srv[t] # None) = (att[t] # -1)

\* --- action properties ----------------------------------------------------------------------
\* A reply reaches the caller that the server was told, with the payload of the reply.
ReplyReachesCaller == [][\A t \in Threads, h \in Channels, g \in Tags, p \in Payloads :
  (Reply(t, h, g, p) /\ Attached(t, h) /\ view[h][g] # None)
    => res'[view[h][g]] = Answer(p) /\ own'[h][g] = None]_ipcVars
\* Nobody is answered except by the reply to his own tag.
AnswersAreEarned == [][\A u \in Threads :
  (Calling(u) /\ ipc'[u] = "done" /\ res'[u].code = "ok")
    => \E g \in Tags : own[chan[u]][g] = u /\ view[chan[u]][g] = u
                       /\ own'[chan[u]][g] = None]_ipcVars
\* A message names its caller and carries what the caller sent under the tag it holds; it goes
\* to a thread of the present incarnation.
MessagesAreTrue == [][\A t \in Threads :
  (res[t] = None /\ res'[t] # None /\ res'[t].code = "msg")
    => LET m == res'[t] IN
       /\ own'[srv[t]][m.tag] = m.caller /\ msg'[m.caller] = m.word
       /\ view'[srv[t]][m.tag] = m.caller /\ att[t] = inc[srv[t]]]_ipcVars
\* Calls are received in the order in which they got their tags.
ReceiveInOrder == [][\A h \in Channels : \A i \in 1..Len(queue[h]) :
  LET u == own[h][queue[h][i]] IN
    (ipc[u] = "queued" /\ ipc'[u] = "served")
      => \A j \in 1..(i-1) : queue[h][j] \notin SeqSet(queue'[h])]_ipcVars
\* Incarnations advance by one, and only when nothing of the last one is left.
IncarnationMonotone == [][\A h \in Channels :
  /\ inc'[h] # inc[h] => inc'[h] = (inc[h] + 1) % IncMod
  /\ (alive[h] = "dying" /\ alive'[h] = "live") => inc'[h] # inc[h] /\ Drained(h)
  /\ alive[h] = "live" => inc'[h] = inc[h]]_ipcVars
\* The queue of tag waiters is served first come, first served.
GrantInOrder == [][\A h \in Channels : \A i \in 1..Len(waiters[h]) :
  LET u == waiters[h][i] IN
    (ipc[u] = "tagwait" /\ ipc'[u] \in {"queued", "served"}) => i = 1]_ipcVars
===================================================================================
