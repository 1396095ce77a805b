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
 * The method (every method, when on a type) must not allocate, not even through what it calls.
 *
 * <p>The ahead-of-time compiler rejects every allocation after boot, annotated or not; when one is
 * found in a method marked here its error message quotes the reason.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface NoAlloc {
    /** Why an allocation here would be wrong, for example {@code "runs inside trap entry"}. */
    String reason() default "";
}
