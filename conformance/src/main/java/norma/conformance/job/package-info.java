/**
 * What the command line asks of the engines: one record of options and one small interface for each
 * job. An engine is found by the service loader, so that the command line depends on none of them
 * and a new one only has to be named in {@code META-INF/services}.
 */
@NullMarked
package norma.conformance.job;

import org.jspecify.annotations.NullMarked;
