/**
 * The reference model of each specification, at the constants of a manifest entry: one class a
 * specification, found by its name, so that a new one changes no input of another's evidence.
 */
@NullMarked
package norma.speccheck.make;

import org.jspecify.annotations.NullMarked;
