/** Tests. */
@NullMarked
package norma.model.space;

import org.jspecify.annotations.NullMarked;
