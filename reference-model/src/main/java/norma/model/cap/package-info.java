/** Reference model of {@code spec/Capability.tla}. */
@NullMarked
package norma.model.cap;

import org.jspecify.annotations.NullMarked;
