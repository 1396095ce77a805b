/** Reference model of {@code spec/AddressSpace.tla}. */
@NullMarked
package norma.model.space;

import org.jspecify.annotations.NullMarked;
