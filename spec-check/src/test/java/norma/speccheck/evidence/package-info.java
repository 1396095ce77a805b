/** Tests of the record's parts. */
@NullMarked
package norma.speccheck.evidence;

import org.jspecify.annotations.NullMarked;
