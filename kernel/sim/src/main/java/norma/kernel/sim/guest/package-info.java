/** What runs inside the kernel's class loader beside the kernel: not instrumented, no logic. */
@NullMarked
package norma.kernel.sim.guest;

import org.jspecify.annotations.NullMarked;
