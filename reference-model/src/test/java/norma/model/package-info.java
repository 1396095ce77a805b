/** Tests. */
@NullMarked
package norma.model;

import org.jspecify.annotations.NullMarked;
