/** Reference model of {@code spec/Supervision.tla}. */
@NullMarked
package norma.model.supervise;

import org.jspecify.annotations.NullMarked;
