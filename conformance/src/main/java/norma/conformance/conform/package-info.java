/**
 * Scenarios on machines: which cases a command selects, one validated run each, and the kill matrix
 * of kernels with seeded bugs.
 */
@NullMarked
package norma.conformance.conform;

import org.jspecify.annotations.NullMarked;
