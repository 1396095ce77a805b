// Contract: the abstract effect of one instruction on a frame, and its successors.
// Invariant: code after a panic (`new` of a Throwable, athrow) has no successor; a branch on known
// operands has exactly one.
// Owner: norma.aot.flow.
package norma.aot.flow;

import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.ArrayLoadInstruction;
import java.lang.classfile.instruction.ArrayStoreInstruction;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.ConvertInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.IncrementInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.MonitorInstruction;
import java.lang.classfile.instruction.NewMultiArrayInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.NewPrimitiveArrayInstruction;
import java.lang.classfile.instruction.NewReferenceArrayInstruction;
import java.lang.classfile.instruction.OperatorInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.classfile.instruction.StackInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.lang.classfile.instruction.ThrowInstruction;
import java.lang.classfile.instruction.TypeCheckInstruction;
import java.lang.constant.ConstantDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import norma.aot.load.ClassWorld;
import norma.aot.load.HostWorld;
import norma.aot.load.JavaClass;
import norma.aot.load.Kind;
import norma.aot.load.MethodBody;
import org.jspecify.annotations.Nullable;

/** Abstract interpreter of one method's instructions. */
public final class Interpreter {
    private final ClassWorld world;
    private final FieldFolding fields;
    private final MethodBody body;

    Interpreter(ClassWorld world, HostWorld host, MethodBody body) {
        this.world = world;
        this.fields = new FieldFolding(world, host);
        this.body = body;
    }

    /** The frame after an instruction and the indices control may go to. */
    public record Step(Frame after, List<Integer> successors) {}

    Step step(int index, Frame frame) {
        Instruction instruction = body.at(index);
        List<Integer> next = List.of(index + 1);
        switch (instruction) {
            case BranchInstruction branch -> next = branch(branch, index, frame);
            case TableSwitchInstruction s ->
                    next = choose(frame.pop(), s.defaultTarget(), s.cases());
            case LookupSwitchInstruction s ->
                    next = choose(frame.pop(), s.defaultTarget(), s.cases());
            case ReturnInstruction r -> next = List.of();
            case ThrowInstruction t -> next = List.of();
            case NewObjectInstruction n -> {
                JavaClass made = world.get(n.className().asInternalName());
                if (made.isThrowable()) {
                    next = List.of();
                } else {
                    frame.push(new Value(Kind.REF, new Origin.Allocated(index), true, made));
                }
            }
            default -> straight(instruction, index, frame);
        }
        return new Step(frame, next);
    }

    private void straight(Instruction instruction, int index, Frame frame) {
        switch (instruction) {
            case ConstantInstruction c -> constant(c, frame);
            case LoadInstruction l -> load(l, frame);
            case StoreInstruction s -> frame.setLocal(s.slot(), frame.pop());
            case IncrementInstruction i -> increment(i, frame);
            case ConvertInstruction c -> {
                frame.pop();
                frame.push(Value.of(Kind.of(c.toType())));
            }
            case OperatorInstruction o -> operator(o, frame);
            case StackInstruction s -> StackShuffle.of(s.opcode(), frame).apply(frame);
            case ArrayLoadInstruction a -> arrayLoad(a, frame);
            case ArrayStoreInstruction a -> frame.pop(3);
            case FieldInstruction f -> fields.apply(f, frame);
            case InvokeInstruction i when isRequireNonNull(i) ->
                    frame.push(frame.pop().asNonNull());
            case InvokeInstruction i ->
                    invoke(i.typeSymbol(), i.opcode() == Opcode.INVOKESTATIC, frame);
            case InvokeDynamicInstruction i -> invoke(i.typeSymbol(), true, frame);
            case TypeCheckInstruction t -> typeCheck(t, frame);
            case NewPrimitiveArrayInstruction n -> {
                frame.pop();
                pushArray(n.typeKind().upperBound().descriptorString(), index, frame);
            }
            case NewReferenceArrayInstruction n -> {
                frame.pop();
                pushArray(n.componentType().asSymbol().descriptorString(), index, frame);
            }
            case NewMultiArrayInstruction n -> {
                frame.pop(n.dimensions());
                frame.push(Value.of(Kind.REF).asNonNull());
            }
            case MonitorInstruction m -> frame.pop();
            default -> {}
        }
    }

    private void pushArray(String element, int index, Frame frame) {
        frame.push(
                new Value(Kind.REF, new Origin.Allocated(index), true, world.get("[" + element)));
    }

    private void constant(ConstantInstruction c, Frame frame) {
        ConstantDesc constant = c.constantValue();
        switch (constant) {
            case Integer i -> frame.push(Value.number(Kind.INT, i));
            case Long l -> frame.push(Value.number(Kind.LONG, l));
            case String s -> {
                JavaClass string = world.get("java/lang/String");
                frame.push(new Value(Kind.REF, new Origin.ImageObject(s.intern()), true, string));
            }
            case Float f -> frame.push(Value.of(Kind.FLOAT));
            case Double d -> frame.push(Value.of(Kind.DOUBLE));
            default -> {
                boolean isNull = constant.equals(ConstantDescs.NULL);
                frame.push(isNull ? Value.nullReference() : Value.of(Kind.REF).asNonNull());
            }
        }
    }

    private static void load(LoadInstruction load, Frame frame) {
        Value local = frame.local(load.slot());
        frame.push(local == null ? Value.of(Kind.of(load.typeKind())) : local);
    }

    private static void increment(IncrementInstruction increment, Frame frame) {
        Value old = frame.local(increment.slot());
        boolean known = old != null && old.origin() instanceof Origin.Constant;
        long value =
                known && old != null && old.origin() instanceof Origin.Constant(long v)
                        ? (int) (v + increment.constant())
                        : 0;
        frame.setLocal(
                increment.slot(), known ? Value.number(Kind.INT, value) : Value.of(Kind.INT));
    }

    private static void operator(OperatorInstruction operator, Frame frame) {
        Opcode opcode = operator.opcode();
        if (opcode == Opcode.ARRAYLENGTH) {
            Value array = frame.pop();
            frame.push(
                    array.origin() instanceof Origin.ImageObject(Object host)
                            ? Value.number(Kind.INT, java.lang.reflect.Array.getLength(host))
                            : Value.of(Kind.INT));
            return;
        }
        Kind kind = Kind.of(operator.typeKind());
        String name = opcode.name();
        if (name.endsWith("NEG")) {
            Value x = frame.pop();
            boolean known = x.origin() instanceof Origin.Constant && !kind.isFloating();
            long negated = x.origin() instanceof Origin.Constant(long v) ? -v : 0;
            frame.push(
                    known
                            ? Value.number(kind, kind == Kind.INT ? (int) negated : negated)
                            : Value.of(kind));
            return;
        }
        Value b = frame.pop();
        Value a = frame.pop();
        Kind result = name.contains("CMP") ? Kind.INT : kind;
        OptionalLong folded =
                a.origin() instanceof Origin.Constant(long x)
                                && b.origin() instanceof Origin.Constant(long y)
                        ? Folding.binary(opcode, x, y)
                        : OptionalLong.empty();
        frame.push(
                folded.isPresent() ? Value.number(result, folded.getAsLong()) : Value.of(result));
    }

    private void arrayLoad(ArrayLoadInstruction load, Frame frame) {
        frame.pop();
        Value array = frame.pop();
        Kind kind = Kind.of(load.typeKind());
        if (kind != Kind.REF) {
            frame.push(Value.of(kind));
            return;
        }
        Origin origin =
                switch (array.origin()) {
                    case Origin.ImageObject o -> new Origin.ElementOf(o);
                    case Origin.FieldLoad(var field) -> new Origin.ElementOfField(field);
                    default -> Origin.UNKNOWN;
                };
        JavaClass type = array.type();
        boolean known = type != null && type.isArray();
        frame.push(
                new Value(
                        Kind.REF,
                        origin,
                        false,
                        known && type != null ? type.elementClass() : null));
    }

    /** Objects.requireNonNull(x) is x; javac emits it for patterns and method references. */
    private static boolean isRequireNonNull(InvokeInstruction invoke) {
        return invoke.owner().asInternalName().equals("java/util/Objects")
                && invoke.name().equalsString("requireNonNull")
                && invoke.typeSymbol().parameterCount() == 1;
    }

    private void invoke(MethodTypeDesc type, boolean isStatic, Frame frame) {
        frame.pop(type.parameterCount() + (isStatic ? 0 : 1));
        String result = type.returnType().descriptorString();
        Kind kind = Kind.ofDescriptor(result);
        if (kind != Kind.VOID) {
            frame.push(kind == Kind.REF ? referenceOrUnknown(result) : Value.of(kind));
        }
    }

    private Value referenceOrUnknown(String descriptor) {
        try {
            return Value.reference(world.ofDescriptor(descriptor));
        } catch (ClassWorld.ClassMissingException e) {
            return Value.of(Kind.REF);
        }
    }

    private void typeCheck(TypeCheckInstruction check, Frame frame) {
        Value value = frame.pop();
        if (check.opcode() == Opcode.INSTANCEOF) {
            frame.push(Value.of(Kind.INT));
            return;
        }
        JavaClass wanted = world.get(check.type().asInternalName());
        JavaClass known = value.type();
        boolean narrower = known != null && known.subclassOf(wanted);
        frame.push(narrower ? value : value.withType(wanted));
    }

    private List<Integer> branch(BranchInstruction branch, int index, Frame frame) {
        int target = body.index(branch.target());
        Opcode opcode = branch.opcode();
        Boolean taken =
                switch (opcode) {
                    case GOTO, GOTO_W -> true;
                    case IFNULL, IFNONNULL -> {
                        Value value = frame.pop();
                        boolean known = value.nonNull() || value.isNull();
                        yield known
                                ? (Boolean) (value.isNull() == (opcode == Opcode.IFNULL))
                                : null;
                    }
                    case IF_ACMPEQ, IF_ACMPNE -> {
                        Value b = frame.pop();
                        yield sameReference(frame.pop(), b, opcode == Opcode.IF_ACMPEQ);
                    }
                    case IFEQ, IFNE, IFLT, IFGE, IFGT, IFLE ->
                            compare(opcode, frame.pop(), Value.number(Kind.INT, 0));
                    default -> {
                        Value b = frame.pop();
                        yield compare(opcode, frame.pop(), b);
                    }
                };
        if (taken == null) {
            return List.of(index + 1, target);
        }
        return List.of(taken ? target : index + 1);
    }

    private static @Nullable Boolean sameReference(Value a, Value b, boolean equalTaken) {
        if (a.origin() instanceof Origin.ImageObject x
                && b.origin() instanceof Origin.ImageObject y) {
            return x.equals(y) == equalTaken;
        }
        return null;
    }

    private static @Nullable Boolean compare(Opcode opcode, Value a, Value b) {
        if (a.origin() instanceof Origin.Constant(long x)
                && b.origin() instanceof Origin.Constant(long y)) {
            return Folding.taken(opcode, x, y);
        }
        return null;
    }

    private List<Integer> choose(Value selector, Label defaultTarget, List<SwitchCase> cases) {
        if (selector.origin() instanceof Origin.Constant(long value)) {
            for (SwitchCase c : cases) {
                if (c.caseValue() == value) {
                    return List.of(body.index(c.target()));
                }
            }
            return List.of(body.index(defaultTarget));
        }
        List<Integer> targets = new ArrayList<>();
        targets.add(body.index(defaultTarget));
        cases.forEach(c -> targets.add(body.index(c.target())));
        return targets;
    }
}
