------------------------------ MODULE MCIpcLive ------------------------------
(* Liveness of Ipc at small bounds: clients call, one server receives, replies  *)
(* and dies as it likes, one more thread restarts it. A server that lives goes  *)
(* on receiving and replying, and answers what it took before it waits for more *)
(* work; nothing is assumed about how often it dies.                            *)
EXTENDS Ipc
CONSTANTS Clients, Server, Keeper, Channel
Again == alive[Channel] = "dying" /\ Drained(Channel) /\ Restart(Keeper, Channel)
Begin == srv[Server] = None /\ alive[Channel] = "live" /\ Attach(Keeper, Server, Channel)
Take == queue[Channel] # <<>> /\ Receive(Server, Channel)
Wait == queue[Channel] = <<>> /\ view[Channel] = NoTags /\ Receive(Server, Channel)
AnswerTag(g) == Received(Channel, g) /\ Reply(Server, Channel, g, 0)
LiveNext ==
  \/ \E c \in Clients : Call(c, Channel, 0, FALSE, 0)
  \/ \E t \in Threads : Return(t)
  \/ Take \/ Wait \/ Die(Server, Channel) \/ Again \/ Begin
  \/ \E g \in Tags : AnswerTag(g)
  \/ Grant(Channel) \/ FailCall(Channel)
LiveSpec ==
  /\ IpcInit /\ [][LiveNext]_ipcVars
  /\ \A t \in Threads : WF_ipcVars(Return(t))
  /\ WF_ipcVars(Grant(Channel)) /\ WF_ipcVars(FailCall(Channel))
  /\ SF_ipcVars(Take) /\ SF_ipcVars(Begin) /\ SF_ipcVars(Again)
  /\ \A g \in Tags : SF_ipcVars(AnswerTag(g))
EveryCallReturns == \A c \in Clients : Calling(c) ~> ~Calling(c)
===============================================================================
