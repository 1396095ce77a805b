/** What tests ask of the model checker beside what the checks ask. */
@NullMarked
package norma.speccheck.tlc;

import org.jspecify.annotations.NullMarked;
