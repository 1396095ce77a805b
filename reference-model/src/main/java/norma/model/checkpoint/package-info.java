/** Reference model of {@code spec/Checkpoint.tla}. */
@NullMarked
package norma.model.checkpoint;

import org.jspecify.annotations.NullMarked;
