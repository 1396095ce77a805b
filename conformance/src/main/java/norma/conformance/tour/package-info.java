/**
 * Tours: from a model's graph to programs that take a kernel image along its edges, and how much of
 * the graph a validated trace has covered.
 *
 * <p>{@link ModelGraph} is a graph at the manifest's constants, {@link Discipline} what this kernel
 * does where the model leaves it the choice, {@link Drivable} the edges that can then be asked for,
 * {@link Planner} the legs that cover them, {@link Projection} and {@link Coverage} what a trace
 * has shown.
 */
@NullMarked
package norma.conformance.tour;

import org.jspecify.annotations.NullMarked;
