// Contract: see the type's Javadoc; checked by norma.checker.GuardChecker. CLASS retention.
// Owner: kernel/checkers.
package norma.quals;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The field is read and written only while a lock of one of the named classes of locks is held.
 *
 * <p>A class of locks is named by the field that holds them, {@code "Channel.lock"}: the checker
 * knows that <em>a</em> channel's lock is held, not that it is this channel's. Constructors are
 * exempt: nobody else sees the object yet.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface GuardedBy {
    /** The classes of locks; holding one of them is enough. */
    String[] value();
}
