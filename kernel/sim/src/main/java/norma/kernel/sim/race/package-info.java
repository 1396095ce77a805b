/**
 * Happens-before race detection over the accesses that instrumented kernel classes report. Knows
 * cores, objects and clocks; knows nothing of the kernel or of schedules.
 */
@NullMarked
package norma.kernel.sim.race;

import org.jspecify.annotations.NullMarked;
