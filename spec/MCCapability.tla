--------------------------- MODULE MCCapability ---------------------------
(* Bounds for Capability live in the .cfg files: one per size.             *)
EXTENDS Capability
CONSTANTS t1, p1
Init == CapInit(t1, p1)
Spec == Init /\ [][CapNext]_capVars
LiveSpec == Spec /\ CapFair
===========================================================================
