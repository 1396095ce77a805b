package norma.checker;

import java.util.Set;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;

/**
 * Which JDK methods the kernel may call where it must not allocate: static arithmetic on primitive
 * values, and VarHandle accesses. Everything that returns an object or text is out.
 */
final class JdkCalls {
    private static final Set<String> ARITHMETIC =
            Set.of(
                    "java.lang.Math",
                    "java.lang.Integer",
                    "java.lang.Long",
                    "java.lang.Short",
                    "java.lang.Byte",
                    "java.lang.Character",
                    "java.lang.Boolean");

    /** Methods of final or effectively final JDK objects that only read. */
    private static final Set<String> READERS =
            Set.of(
                    "java.lang.String.length",
                    "java.lang.String.charAt",
                    "java.lang.Enum.ordinal",
                    "java.lang.Object.<init>",
                    "java.lang.Thread.onSpinWait");

    private JdkCalls() {}

    /** Whether the callee is known not to allocate. */
    static boolean allocationFree(ExecutableElement callee) {
        if (!(callee.getEnclosingElement() instanceof TypeElement owner)) {
            return false;
        }
        String type = owner.getQualifiedName().toString();
        if (signaturePolymorphic(callee)) {
            return true;
        }
        if (READERS.contains(type + "." + callee.getSimpleName())) {
            return true;
        }
        return ARITHMETIC.contains(type)
                && callee.getModifiers().contains(Modifier.STATIC)
                && callee.getReturnType().getKind().isPrimitive();
    }

    /** VarHandle and MethodHandle methods compile to their exact descriptor: no varargs array. */
    static boolean signaturePolymorphic(ExecutableElement callee) {
        return callee.getEnclosingElement() instanceof TypeElement owner
                && owner.getQualifiedName().contentEquals("java.lang.invoke.VarHandle");
    }
}
