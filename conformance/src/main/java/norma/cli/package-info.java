/**
 * The command line: parses, finds the engine, passes its exit code through. No command knows how
 * its job is done; {@link norma.cli.Engines} is the only way there.
 */
@NullMarked
package norma.cli;

import org.jspecify.annotations.NullMarked;
