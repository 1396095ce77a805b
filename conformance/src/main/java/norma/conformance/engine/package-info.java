/** The engines of {@code norma run} and {@code norma validate}. */
@NullMarked
package norma.conformance.engine;

import org.jspecify.annotations.NullMarked;
