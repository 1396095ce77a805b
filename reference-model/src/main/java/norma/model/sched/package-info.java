/** Reference model of {@code spec/Scheduler.tla}. */
@NullMarked
package norma.model.sched;

import org.jspecify.annotations.NullMarked;
