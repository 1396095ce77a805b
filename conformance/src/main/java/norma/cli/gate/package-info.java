/**
 * Gates: what the test command runs. A gate is a child process with a budget and a count of test
 * cases; it never decides what the product does, only whether it may pass.
 */
@NullMarked
package norma.cli.gate;

import org.jspecify.annotations.NullMarked;
