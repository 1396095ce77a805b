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
 * Assembly or C reads or writes instances of this class, or needs its constants: the compiler
 * publishes its layout.
 *
 * <p>The generated {@code offsets.h} gets {@code #define PREFIX_FIELD_NAME offset} for every
 * instance field (camel case becomes upper snake case), {@code PREFIX_SIZE}, {@code
 * PREFIX_CLASS_ID}, and {@code #define PREFIX_NAME value} for every {@code static final int} or
 * {@code long}. Fields keep their declaration order, are never dropped, and are assumed to change
 * behind the compiler's back between two calls of compiled code.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface AsmLayout {
    /** The prefix of the generated names, for example {@code "FRAME"}. */
    String value();
}
