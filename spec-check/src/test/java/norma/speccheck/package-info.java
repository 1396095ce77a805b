/** Tests of the checks themselves: what they must accept, and what they must not. */
@NullMarked
package norma.speccheck;

import org.jspecify.annotations.NullMarked;
