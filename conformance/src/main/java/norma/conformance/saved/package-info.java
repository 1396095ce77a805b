/**
 * Saved traces: writing them while they are validated, and reading them back with every byte
 * checked.
 */
@NullMarked
package norma.conformance.saved;

import org.jspecify.annotations.NullMarked;
