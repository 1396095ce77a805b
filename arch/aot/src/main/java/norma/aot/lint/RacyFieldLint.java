// Contract: a field that is accessed through a VarHandle is racy, so a plain access of it is an
// error
// unless RacyOk says why it is harmless.
// Invariant: constructors are exempt: the object is not shared yet.
// Owner: norma.aot.lint.
package norma.aot.lint;

import java.util.Optional;
import norma.aot.reach.FieldUse;
import norma.aot.reach.Program;

/** Racy plain fields. */
final class RacyFieldLint {
    private RacyFieldLint() {}

    static void run(Program program) {
        for (FieldUse use : program.fields()) {
            boolean exempt = use.field().isVolatile() || use.field().isRacyOk();
            Optional<FieldUse.Access> handle =
                    use.accesses().stream().filter(FieldUse.Access::handle).findFirst();
            if (!exempt && handle.isPresent()) {
                use.accesses().stream()
                        .filter(a -> !a.handle() && !a.element())
                        .filter(a -> !a.method().isConstructor())
                        .forEach(a -> report(program, use, a, handle.get()));
            }
        }
    }

    private static void report(
            Program program, FieldUse use, FieldUse.Access plain, FieldUse.Access handle) {
        program.problem(
                plain.method(),
                plain.line(),
                "plain access of "
                        + use.field()
                        + ", which is accessed through a VarHandle in "
                        + handle.method()
                        + " ("
                        + handle.method().owner().sourceFile()
                        + ":"
                        + handle.line()
                        + ")");
    }
}
