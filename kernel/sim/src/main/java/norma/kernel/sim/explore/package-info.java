/**
 * Every interleaving of the kernel's own classes: a stateful search over the states of a small
 * simulated machine. Memory is an array of cells that mirrors the kernel's objects; what a core
 * does inside the kernel is learned once by running the kernel's code, and then looked up.
 */
@NullMarked
package norma.kernel.sim.explore;

import org.jspecify.annotations.NullMarked;
