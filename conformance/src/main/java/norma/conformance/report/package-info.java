/** Results of test cases, written as JUnit XML and JSON from one model, so that they agree. */
@NullMarked
package norma.conformance.report;

import org.jspecify.annotations.NullMarked;
