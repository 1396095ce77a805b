/**
 * Measures the system: instructions in the kernel, times of builds and checks, sizes. Nothing here
 * decides whether the system is right.
 */
@NullMarked
package norma.bench;

import org.jspecify.annotations.NullMarked;
