// Contract: see the type's Javadoc; checked by norma.checker.GuardChecker. CLASS retention.
// Owner: kernel/checkers.
package norma.quals;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The method returns holding less than it was called with: on a lock's own method the lock that it
 * is called on, on a helper the named classes of locks, one lock of each.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface Releases {
    /** The classes of locks; empty on the lock's own method. */
    String[] value() default {};
}
