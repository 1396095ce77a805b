// Contract: resolves invoke instructions against the class world, using what the frame knows of the
// receiver.
// Owner: norma.aot.flow.
package norma.aot.flow;

import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.invoke.VarHandle;
import java.util.Optional;
import norma.aot.load.ClassWorld;
import norma.aot.load.JavaClass;
import norma.aot.load.JavaMethod;
import norma.aot.load.JdkIntrinsics;
import org.jspecify.annotations.Nullable;

/** From invoke instruction to {@link Call}. */
public final class CallResolver {
    private final ClassWorld world;

    public CallResolver(ClassWorld world) {
        this.world = world;
    }

    /** The call that the instruction makes in the given frame (the one before it). */
    public Call resolve(InvokeInstruction invoke, Frame frame) {
        String ownerName = invoke.owner().asInternalName();
        String name = invoke.name().stringValue();
        String key = name + invoke.type().stringValue();
        boolean isStatic = invoke.opcode() == Opcode.INVOKESTATIC;
        int arguments = invoke.typeSymbol().parameterCount();
        if (ownerName.equals("java/lang/invoke/VarHandle")) {
            return varHandle(name, isStatic, isStatic ? null : frame.top(arguments));
        }
        JavaClass owner;
        Optional<JavaMethod> found;
        try {
            owner = world.get(ownerName);
            found = owner.findMethod(key);
        } catch (ClassWorld.ClassMissingException e) {
            return new Call.Unresolved(String.valueOf(e.getMessage()));
        }
        if (found.isEmpty()) {
            return new Call.Unresolved("method not found: " + owner + "." + key);
        }
        JavaMethod method = found.get();
        Optional<String> builtin =
                method.intrinsic().filter(c -> c.startsWith(JdkIntrinsics.BUILTIN));
        if (builtin.isPresent()) {
            return new Call.Builtin(
                    method, builtin.get().substring(JdkIntrinsics.BUILTIN.length()));
        }
        if (isStatic || invoke.opcode() == Opcode.INVOKESPECIAL || method.isPrivate()) {
            return new Call.Direct(method);
        }
        return virtual(owner, method, frame.top(arguments));
    }

    private Call virtual(JavaClass owner, JavaMethod method, Value receiver) {
        if (receiver.origin() instanceof Origin.ImageObject(Object host)) {
            return world.ofHost(host.getClass())
                    .findMethod(method.key())
                    .<Call>map(Call.Direct::new)
                    .orElseGet(() -> new Call.Unresolved("no implementation of " + method));
        }
        boolean fixed = method.isFinal() || owner.isFinal() || owner.isArray();
        if (fixed && !method.isAbstract()) {
            return new Call.Direct(method);
        }
        JavaClass known = receiver.type();
        boolean narrower = known != null && known != owner && known.subclassOf(owner);
        return new Call.Virtual(narrower && known != null ? known : owner, method);
    }

    private static Call varHandle(String name, boolean isStatic, @Nullable Value handle) {
        if (isStatic) {
            return new Call.Fence(name);
        }
        if (handle != null
                && handle.origin() instanceof Origin.ImageObject(Object host)
                && host instanceof VarHandle constant) {
            return new Call.VarHandleAccess(constant, name);
        }
        return new Call.VarHandleAccess(null, name);
    }
}
