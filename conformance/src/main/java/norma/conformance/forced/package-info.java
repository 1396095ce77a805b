/**
 * Chosen interleavings of the kernel's machine code: an exploration image ({@link norma.abi.Gate})
 * is made to take one course, and what it records is compared with what the course says.
 */
@NullMarked
package norma.conformance.forced;

import org.jspecify.annotations.NullMarked;
