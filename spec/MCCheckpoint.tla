-------------------------- MODULE MCCheckpoint --------------------------
(* Bounds for Checkpoint live in the .cfg files: one per size.             *)
EXTENDS Checkpoint
=========================================================================
