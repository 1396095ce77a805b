--------------------------- MODULE MCAddressSpace ---------------------------
(* Bounds for AddressSpace live in the .cfg files: one per size.             *)
EXTENDS AddressSpace
CONSTANTS s1
Init == SpaceInit(s1, None, None)
Spec == Init /\ [][SpaceNext]_spaceVars
LiveSpec == Spec /\ SpaceFair
=============================================================================
