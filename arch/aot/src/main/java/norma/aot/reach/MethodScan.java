// Contract: collects what one analysed method uses: callees, fields, objects, type tests, stores.
// Invariant: looks at live instructions only; changes nothing but the Program.
// Owner: norma.aot.reach.
package norma.aot.reach;

import java.lang.classfile.Instruction;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.ArrayStoreInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.TypeCheckInstruction;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import norma.aot.flow.Call;
import norma.aot.flow.FieldFolding;
import norma.aot.flow.Frame;
import norma.aot.flow.MethodFlow;
import norma.aot.flow.Origin;
import norma.aot.flow.SwitchLabels;
import norma.aot.flow.Value;
import norma.aot.load.HandleTarget;
import norma.aot.load.JavaClass;
import norma.aot.load.JavaField;
import norma.aot.load.JavaMethod;
import norma.aot.load.Kind;
import norma.aot.load.StorageType;
import org.jspecify.annotations.Nullable;

/** The scan of one method. */
final class MethodScan {
    /** How a newly found callee is reported. */
    interface Reach {
        void reach(JavaMethod callee, JavaMethod caller, int line);
    }

    private final Program program;
    private final JavaMethod method;
    private final MethodFlow flow;
    private final Reach reach;
    private int index;

    MethodScan(Program program, JavaMethod method, Reach reach) {
        this.program = program;
        this.method = method;
        this.flow = program.flow(method);
        this.reach = reach;
    }

    void run() {
        for (index = 0; index < flow.body().size(); index++) {
            if (flow.isLive(index)) {
                scan(flow.body().at(index), flow.before(index));
            }
        }
    }

    private int line() {
        return flow.body().line(index);
    }

    private void scan(Instruction instruction, Frame frame) {
        switch (instruction) {
            case ConstantInstruction c -> addPushedObject();
            case FieldInstruction f -> field(f);
            case InvokeInstruction i -> invoke(i, frame);
            case InvokeDynamicInstruction i ->
                    SwitchLabels.of(i, program.world()).ifPresent(this::labels);
            case ArrayStoreInstruction a ->
                    arrayStore(frame.top(2), StorageType.of(a.typeKind()), false);
            case TypeCheckInstruction t ->
                    program.typeTests().add(program.world().get(t.type().asInternalName()));
            case NewObjectInstruction n -> {
                JavaClass made = program.world().get(n.className().asInternalName());
                if (!made.isThrowable()) {
                    program.allocations().add(new Program.Allocation(method, index, made));
                    program.instantiate(made);
                }
            }
            default -> {}
        }
    }

    private void addPushedObject() {
        Frame after = flow.step(index).after();
        if (after.depth() > 0 && after.top(0).origin() instanceof Origin.ImageObject(Object o)) {
            program.heap().add(o, method + " line " + line());
        }
    }

    private void labels(SwitchLabels labels) {
        for (SwitchLabels.Label label : labels.labels()) {
            switch (label) {
                case SwitchLabels.OfType(JavaClass type) -> program.typeTests().add(type);
                case SwitchLabels.OfEnum(JavaClass type, String name) ->
                        program.heap().add(constant(type, name), method + " line " + line());
                default -> {}
            }
        }
    }

    private @Nullable Object constant(JavaClass type, String name) {
        return SwitchLabels.constant(program.host(), type, name);
    }

    private void field(FieldInstruction access) {
        boolean write = access.opcode() == Opcode.PUTFIELD || access.opcode() == Opcode.PUTSTATIC;
        Optional<JavaField> found = FieldFolding.resolve(program.world(), access);
        if (found.isEmpty()) {
            program.problem(
                    method,
                    line(),
                    "field not found: "
                            + access.owner().asInternalName().replace('/', '.')
                            + "."
                            + access.name().stringValue());
            return;
        }
        JavaField field = found.get();
        if (FieldFolding.isPlatformState(field, access.opcode())) {
            program.problem(method, line(), "use of java.base's static state, the field " + field);
            return;
        }
        if (!write) {
            Value result = flow.step(index).after().top(0);
            if (!(result.origin() instanceof Origin.FieldLoad)) {
                addPushedObject();
                return;
            }
        }
        use(field, write, false, false);
    }

    private void use(JavaField field, boolean write, boolean handle, boolean element) {
        boolean first = !program.isUsed(field) || field.isStatic();
        program.use(field).add(new FieldUse.Access(method, line(), write, handle, element));
        if (field.owner().asmPrefix().isPresent()) {
            program.laidOut().add(field.owner());
        }
        if (first && field.isStatic() && field.kind() == Kind.REF) {
            program.heap().add(program.host().read(field, null), field.toString());
        }
    }

    private void arrayStore(Value array, StorageType element, boolean handle) {
        mayStore(array, element);
        JavaField field =
                switch (array.origin()) {
                    case Origin.FieldLoad(JavaField f) -> f;
                    case Origin.ElementOfField(JavaField f) -> f;
                    default -> null;
                };
        if (field != null && field.isModelled()) {
            program.use(field).add(new FieldUse.Access(method, line(), false, handle, true));
        }
    }

    private void mayStore(Value array, StorageType element) {
        program.arrayStores().add(new Program.ArrayStore(array.origin(), element));
    }

    private void invoke(InvokeInstruction invoke, Frame frame) {
        Call call = program.resolver().resolve(invoke, frame);
        switch (call) {
            case Call.Direct(JavaMethod target) -> {
                reach.reach(target, method, line());
                if (target.intrinsic().isPresent()) {
                    escapeArrays(frame, invoke);
                }
            }
            case Call.Virtual(JavaClass owner, JavaMethod declared) -> {
                program.selectors()
                        .computeIfAbsent(new Selector(owner, declared), s -> new LinkedHashSet<>());
                // The receiver's class is open until the end; an intrinsic may be among the
                // targets.
                escapeArrays(frame, invoke);
            }
            case Call.Builtin(JavaMethod target, String name) -> {
                if (name.equals("arraycopy")) {
                    escapeArrays(frame, invoke);
                }
            }
            case Call.VarHandleAccess(VarHandle handle, String operation) ->
                    handle(handle, operation, frame, invoke);
            case Call.Fence fence -> {}
            case Call.Unresolved(String message) -> program.problem(method, line(), message);
        }
    }

    /** Something that may be stored to through an argument. */
    private record PassedArray(Value array, StorageType element) {}

    /** The arrays among the arguments, with every element type they may have. */
    private static List<PassedArray> passedArrays(Frame frame, InvokeInstruction invoke) {
        List<PassedArray> passed = new ArrayList<>();
        int arguments = invoke.typeSymbol().parameterCount();
        for (Value value : frame.stack().subList(frame.depth() - arguments, frame.depth())) {
            if (value.kind() != Kind.REF || value.isNull()) {
                continue;
            }
            JavaClass type = value.type();
            if (type == null || type.name().equals("java/lang/Object")) {
                for (StorageType element : StorageType.values()) {
                    passed.add(new PassedArray(value, element));
                }
            } else if (type.isArray()) {
                passed.add(
                        new PassedArray(value, StorageType.ofDescriptor(type.elementDescriptor())));
            }
        }
        return passed;
    }

    /** Arrays handed to C code may be written there. */
    private void escapeArrays(Frame frame, InvokeInstruction invoke) {
        passedArrays(frame, invoke).forEach(p -> arrayStore(p.array(), p.element(), false));
    }

    private void handle(
            @Nullable VarHandle handle, String operation, Frame frame, InvokeInstruction invoke) {
        Optional<HandleTarget> target =
                handle == null ? Optional.empty() : HandleTarget.of(handle, program.world());
        if (target.isEmpty()) {
            program.problem(
                    method,
                    line(),
                    "VarHandle." + operation + " on a handle that is not a static final constant");
            return;
        }
        boolean write = !operation.startsWith("get") || operation.startsWith("getAnd");
        JavaField field = target.get().field();
        if (field != null) {
            use(field, write, true, false);
        } else if (write) {
            Value array = frame.top(invoke.typeSymbol().parameterCount() - 1);
            arrayStore(array, target.get().storage(), true);
        }
    }
}
