/**
 * Kernels with one small bug each, made by operators rather than by hand, and who finds them: the
 * exploration or a random schedule, as a committed table says.
 */
@NullMarked
package norma.kernel.sim.mutate;

import org.jspecify.annotations.NullMarked;
