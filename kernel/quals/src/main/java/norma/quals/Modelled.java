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
 * The field is part of the state that the TLA+ specification models.
 *
 * <p>Compiled code may write it (or an element of the array it holds) only inside a method marked
 * {@link Emits}, or inside a helper that is reached only by way of such methods; anything else is a
 * compile error that shows the call chain from an entry. Constructors and static initialisers run
 * before boot and are exempt.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface Modelled {}
