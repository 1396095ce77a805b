// Contract: an allocation that does not escape becomes a C object in the method's stack frame.
// Invariant: only allocations accepted by norma.aot.lint.AllocationLint get here; one C object per
// allocation site is enough because its object is dead when the site runs again.
// Owner: norma.aot.emit.
package norma.aot.emit;

import norma.aot.load.JavaClass;
import norma.aot.load.Kind;

/** Objects in C locals. */
final class RecordEmitter {
    private RecordEmitter() {}

    static void allocate(MethodContext context, JavaClass type) {
        String local = "r" + context.index();
        String struct = CNames.struct(type);
        context.variables().put(local, struct);
        context.statement("%s = (%s){%d}".formatted(local, struct, context.names().classId(type)));
        context.push(0, Kind.REF, "(ref)&" + local);
    }
}
