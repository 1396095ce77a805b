/** Reference model of {@code spec/Kernel.tla}: the composed machine. */
@NullMarked
package norma.model.kernel;

import org.jspecify.annotations.NullMarked;
