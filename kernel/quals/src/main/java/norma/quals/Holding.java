// Contract: see the type's Javadoc; checked by norma.checker.GuardChecker. CLASS retention.
// Owner: kernel/checkers.
package norma.quals;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The caller holds a lock of every named class of locks, before and after. */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.METHOD, ElementType.CONSTRUCTOR})
public @interface Holding {
    /** The classes of locks, such as {@code "Channel.lock"}. */
    String[] value();
}
