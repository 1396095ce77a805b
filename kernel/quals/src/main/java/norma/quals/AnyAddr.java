package norma.quals;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.checkerframework.framework.qual.DefaultQualifierInHierarchy;
import org.checkerframework.framework.qual.SubtypeOf;

/**
 * Top of the address hierarchy and the default: a number of which nothing is claimed. An untrusted
 * register value has this type until a check turns it into one of the others.
 *
 * <pre>
 *             AnyAddr
 *            /       \
 *       PhysAddr   VirtAddr
 *          |       /      \
 *          |  KernelPtr  UserPtr
 *           \      |      /
 *              NotAddr
 * </pre>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE_USE, ElementType.TYPE_PARAMETER})
@DefaultQualifierInHierarchy
@SubtypeOf({})
public @interface AnyAddr {}
