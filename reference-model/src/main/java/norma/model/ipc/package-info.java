/** Reference model of {@code spec/Ipc.tla}. */
@NullMarked
package norma.model.ipc;

import org.jspecify.annotations.NullMarked;
