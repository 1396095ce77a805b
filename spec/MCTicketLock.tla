--------------------------- MODULE MCTicketLock ---------------------------
(* Bounds for TicketLock live in the .cfg files: one per size.               *)
EXTENDS TicketLock
=============================================================================
