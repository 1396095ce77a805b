/**
 * Seeded bugs: edits of the kernel's class files at anchors that match exactly one instruction. The
 * kernel's source carries no mutation switch, and its classes are bytes here, never types.
 */
@NullMarked
package norma.conformance.mutant;

import org.jspecify.annotations.NullMarked;
