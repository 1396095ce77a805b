/** Workloads: the script language, the built-in scripts, and one validated run of a script. */
@NullMarked
package norma.conformance.scenario;

import org.jspecify.annotations.NullMarked;
