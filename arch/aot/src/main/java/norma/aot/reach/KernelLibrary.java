// Contract: the classes of java.base whose own bytecode kernel code may run.
// Invariant: none of them needs static state of java.base on the paths that compile.
// Owner: norma.aot.reach.
package norma.aot.reach;

import java.util.Set;
import norma.aot.load.JavaClass;

/** The part of java.base that belongs to the kernel profile. */
final class KernelLibrary {
    private static final Set<String> CLASSES =
            Set.of(
                    "java/lang/Object",
                    "java/lang/Enum",
                    "java/lang/Record",
                    "java/lang/Integer",
                    "java/lang/Long",
                    "java/lang/Short",
                    "java/lang/Byte",
                    "java/lang/Character",
                    "java/lang/Boolean",
                    "java/lang/Math",
                    "java/lang/StrictMath",
                    "java/util/Objects");

    private KernelLibrary() {}

    /** Whether methods of the class may be compiled. */
    static boolean isAllowed(JavaClass type) {
        return !type.isPlatform() || CLASSES.contains(type.name());
    }
}
