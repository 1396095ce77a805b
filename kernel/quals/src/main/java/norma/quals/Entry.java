// Contract: see the type's Javadoc. CLASS retention: read from class files by the ahead-of-time
// compiler, never present at run time.
// Owner: arch/aot (the compiler that gives these annotations their meaning).
package norma.quals;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A root of the closed world: a static method that assembly calls under the given C symbol.
 *
 * <p>The symbol has the C ABI; parameters and the result are int-like, {@code long} or references.
 * The image build prints a bound on the stack that each entry can use.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface Entry {
    /** The exported C symbol. */
    String value();
}
