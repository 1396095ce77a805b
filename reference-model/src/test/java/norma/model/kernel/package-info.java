/** Tests. */
@NullMarked
package norma.model.kernel;

import org.jspecify.annotations.NullMarked;
