/** State-graph exploration of any reference model, and order-independent digests of graphs. */
@NullMarked
package norma.model.explore;

import org.jspecify.annotations.NullMarked;
