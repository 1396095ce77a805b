// Contract: how compiled code accesses one field.
// Invariant: only live instructions outside constructors of image objects count.
// Owner: norma.aot.reach.
package norma.aot.reach;

import java.util.ArrayList;
import java.util.List;
import norma.aot.load.JavaField;
import norma.aot.load.JavaMethod;

/** All accesses of a field. */
public final class FieldUse {
    private final JavaField field;
    private final List<Access> accesses = new ArrayList<>();
    private boolean written;

    FieldUse(JavaField field) {
        this.field = field;
    }

    public JavaField field() {
        return field;
    }

    void add(Access access) {
        accesses.add(access);
        written |= access.write();
    }

    /** Whether compiled code may store to the field. */
    public boolean isWritten() {
        return written;
    }

    public List<Access> accesses() {
        return accesses;
    }

    /**
     * One access.
     *
     * @param handle whether it goes through a VarHandle
     * @param element whether it stores to an element of the array in the field, not to the field
     */
    public record Access(
            JavaMethod method, int line, boolean write, boolean handle, boolean element) {}
}
