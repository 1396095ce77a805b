-------------------------- MODULE MCKernelLiveSpaces --------------------------
(* Liveness of Kernel's address spaces at small bounds: cores that are asked     *)
(* flush, jobs end, and who waits for a job's end is admitted. The threads only  *)
(* spawn, map, unmap and touch; nobody is obliged to.                            *)
EXTENDS MCKernel
CONSTANTS t2
LiveNext ==
  \/ \E c \in Cores : Spawn(c, t2, 0, None) \/ Map(c, 1, 1, "write") \/ Unmap(c, 1, 1)
  \/ \E c \in Cores, f \in Frames : Fill(c, 1, f)
  \/ \E c \in Cores : WaitTurn(c) \/ Ipi(c) \/ Tick(c) \/ KernelStep(c)
LiveSpec == Init /\ [][LiveNext]_vars /\ SpacesFair
===============================================================================
