/**
 * Checks the specifications: runs the model checker in this process, explores the reference model,
 * and demands that both build the same labelled state graph.
 *
 * <p>{@code norma.speccheck.tlc} is the only package that touches the model checker's classes. It
 * is loaded once per specification, because the model checker keeps its state in statics.
 */
@NullMarked
package norma.speccheck;

import org.jspecify.annotations.NullMarked;
