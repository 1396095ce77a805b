/** Everything that touches the model checker's classes; loaded anew for every specification. */
@NullMarked
package norma.speccheck.tlc;

import org.jspecify.annotations.NullMarked;
