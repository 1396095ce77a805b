/**
 * Drives QEMU: one {@link norma.conformance.machine.Machine} is one guest whose RAM is a file
 * mapped here too.
 *
 * <p>The package knows nothing of traces, models or kernels; it moves bytes and watches processes.
 * Every wait has a deadline, every failure is a {@link norma.conformance.machine.MachineException}
 * with a kind, and no way of ending this process leaves a QEMU behind.
 */
@NullMarked
package norma.conformance.machine;

import org.jspecify.annotations.NullMarked;
