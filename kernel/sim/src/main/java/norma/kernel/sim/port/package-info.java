/** The border between the simulated machine and the kernel's classes, which have a loader apart. */
@NullMarked
package norma.kernel.sim.port;

import org.jspecify.annotations.NullMarked;
