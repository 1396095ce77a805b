// Contract: what an invoke instruction does once its target is resolved.
// Owner: norma.aot.flow.
package norma.aot.flow;

import java.lang.invoke.VarHandle;
import norma.aot.load.JavaClass;
import norma.aot.load.JavaMethod;
import org.jspecify.annotations.Nullable;

/** A resolved call. */
public sealed interface Call {
    /** One known method, compiled or an intrinsic. */
    record Direct(JavaMethod target) implements Call {}

    /** A choice by the receiver's class among the methods that override {@code declared}. */
    record Virtual(JavaClass owner, JavaMethod declared) implements Call {}

    /** A pseudo-intrinsic that the emitter expands in place. */
    record Builtin(JavaMethod method, String name) implements Call {}

    /** A method of VarHandle; the handle is null if it is not a constant. */
    record VarHandleAccess(@Nullable VarHandle handle, String operation) implements Call {}

    /** A static fence of VarHandle. */
    record Fence(String operation) implements Call {}

    /** Nothing can be called: the message says why. */
    record Unresolved(String message) implements Call {}
}
