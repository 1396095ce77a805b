/** Reference model of {@code spec/TicketLock.tla}. */
@NullMarked
package norma.model.lock;

import org.jspecify.annotations.NullMarked;
