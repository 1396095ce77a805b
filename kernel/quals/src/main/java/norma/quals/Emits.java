// Contract: see the type's Javadoc. CLASS retention: read from class files by the ahead-of-time
// compiler, never present at run time.
// Owner: arch/aot (the compiler that gives these annotations their meaning).
package norma.quals;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The method performs modelled actions and emits their trace events; see {@link Modelled}. */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface Emits {
    /** The specification's names of the actions, for the reader and for the bijection test. */
    String[] value() default {};
}
