/**
 * The kernel on the JVM: the classes of the image, over a machine of simulated cores whose
 * interleaving is chosen by a seed, every event checked against the reference model and every plain
 * access for races.
 */
@NullMarked
package norma.kernel.sim;

import org.jspecify.annotations.NullMarked;
