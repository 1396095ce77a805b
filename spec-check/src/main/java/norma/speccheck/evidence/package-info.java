/**
 * What an item's outcome depends on, as a hash, and the committed record of what came of it. Knows
 * files and texts only: no specification, no model.
 */
@NullMarked
package norma.speccheck.evidence;

import org.jspecify.annotations.NullMarked;
