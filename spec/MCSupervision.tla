---------------------------- MODULE MCSupervision ----------------------------
(* Bounds for Supervision live in the .cfg files: one per size.               *)
EXTENDS Supervision
\* Who may be registered to need whom: nobody anybody; each its predecessor; each the first; each
\* any that have lower numbers.
Apart == [s \in Services |-> {{}}]
Chain == [s \in Services |-> IF s = 1 THEN {{}} ELSE {{s - 1}}]
Star == [s \in Services |-> IF s = 1 THEN {{}} ELSE {{1}}]
Any == [s \in Services |-> SUBSET (1..s-1)]
Spec == SupInit /\ [][SupNext]_supVars
LiveSpec == Spec /\ SupFair
==============================================================================
