---------------------------- MODULE MCScheduler ----------------------------
(* Bounds for Scheduler live in the .cfg files: one per size. Here are the    *)
(* constants that a configuration cannot spell.                               *)
EXTENDS Scheduler
CONSTANTS c1, c2, t1, t3
AllOnFirst(t) == c1
Alternate(t) == IF t \in {t1, t3} THEN c1 ELSE c2
Init == SchedInit(t1, c1, 0)
Spec == Init /\ [][SchedNext]_schedVars
LiveSpec == Init /\ [][SchedSteps]_schedVars /\ SchedFair
=============================================================================
