/**
 * The executable reference model: the specification's machine in plain Java.
 *
 * <p>Each specification module has a package with its state, its actions as records and its
 * transition function. The same transition code serves the explorer, which builds the whole state
 * graph and must find exactly the graph of the model checker, and the live validator, which steps
 * one state in place for every event of a running kernel.
 */
@NullMarked
package norma.model;

import org.jspecify.annotations.NullMarked;
