/** Loads the kernel's classes with instrumented accesses. Host side only. */
@NullMarked
package norma.kernel.sim.load;

import org.jspecify.annotations.NullMarked;
