/**
 * The flight recorder's bytes: layout of the shared block, live rings, witness logs, and saved
 * traces. Nothing here knows what an event means.
 */
@NullMarked
package norma.conformance.trace;

import org.jspecify.annotations.NullMarked;
