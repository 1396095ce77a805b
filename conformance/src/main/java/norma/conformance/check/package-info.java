/**
 * The validator: merges per-core records by object versions, takes each one as a step of the
 * reference model, and compares every word with what the model says.
 */
@NullMarked
package norma.conformance.check;

import org.jspecify.annotations.NullMarked;
