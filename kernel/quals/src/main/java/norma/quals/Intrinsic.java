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
 * Every call of this method becomes a call of the named C function, declared in the architecture's
 * {@code intrinsics.h}.
 *
 * <p>The Java body is the behaviour on the JVM (tests, the interleaving explorer) and is never
 * compiled. Arguments and results map as follows: {@code boolean byte short char int} are {@code
 * int32_t}, {@code long} is {@code int64_t}, every reference is {@code ref} ({@code void *}). The
 * receiver of an instance method is the first argument. The compiler assumes that an array passed
 * to an intrinsic may be written by it, and that an intrinsic writes no Java field except those of
 * {@link AsmLayout} classes.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface Intrinsic {
    /** The C function or function-like macro that replaces every call of the method. */
    String value();
}
