/** Tests. */
@NullMarked
package norma.model.explore;

import org.jspecify.annotations.NullMarked;
