package norma.kernel.sim.mutate;

import java.lang.classfile.Instruction;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.ArrayStoreInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.IncrementInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.OperatorInstruction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Everything that the operators can do to one method. */
final class Operators {
    private static final Set<String> LOCKS =
            Set.of("norma/kernel/lang/TicketLock", "norma/kernel/thread/ThreadLocks");
    private static final String RECORDER = "norma/kernel/lang/Recorder";
    private static final String MEMORY = "norma/kernel/hal/Memory";

    /** Weaker modes of accesses, weakest first. */
    private static final Map<String, List<String>> WEAKER =
            Map.of(
                    "getOpaque", List.of("get"),
                    "getAcquire", List.of("get", "getOpaque"),
                    "getVolatile", List.of("get", "getOpaque", "getAcquire"),
                    "setOpaque", List.of("set"),
                    "setRelease", List.of("set", "setOpaque"),
                    "setVolatile", List.of("set", "setOpaque", "setRelease"),
                    "loadAcquire", List.of("load"),
                    "storeRelease", List.of("store"));

    private final Body body;
    private final Effects effects;
    private final Predicate<String> constantField;
    private final List<Found> found = new ArrayList<>();

    /**
     * A place, and what can be done there.
     *
     * @param operator what is done
     * @param from first instruction concerned
     * @param to the one after the last
     * @param change what takes their place
     */
    record Found(Operator operator, int from, int to, Mutant.Change change) {}

    private Operators(Body body, Effects effects, Predicate<String> constantField) {
        this.body = body;
        this.effects = effects;
        this.constantField = constantField;
    }

    /**
     * All that can be done to {@code body}, in the order of its instructions. Of a constructor only
     * the first values of fields that change later: {@code constantField} knows the others.
     */
    static List<Found> of(Body body, Effects effects, Predicate<String> constantField) {
        Operators operators = new Operators(body, effects, constantField);
        for (int i = 0; i < body.size(); i++) {
            if (!body.leftOut(i)) {
                if (body.constructs()) {
                    operators.first(i);
                } else {
                    operators.at(i);
                }
            }
        }
        if (!body.constructs()) {
            operators.swaps();
        }
        return operators.found;
    }

    private void add(Operator operator, int at, Mutant.@Nullable Change change) {
        if (change != null) {
            found.add(new Found(operator, at, at + 1, change));
        }
    }

    private void first(int i) {
        if (body.at(i) instanceof FieldInstruction field
                && field.opcode() == Opcode.PUTFIELD
                && !constantField.test(
                        field.owner().asInternalName() + "." + field.name().stringValue())) {
            store(i, field);
            if (i > 0 && body.at(i - 1) instanceof ConstantInstruction constant) {
                constant(i - 1, constant);
            }
        }
    }

    private void at(int i) {
        switch (body.at(i)) {
            case InvokeInstruction call -> call(i, call);
            case FieldInstruction field -> store(i, field);
            case ArrayStoreInstruction store ->
                    add(Operator.DROP_STORE, i, Changes.dropped(store.typeKind(), 2));
            case ConstantInstruction constant -> constant(i, constant);
            case IncrementInstruction step ->
                    add(
                            Operator.OFF_BY_ONE,
                            i,
                            (code, old) -> code.iinc(step.slot(), 2 * step.constant()));
            default -> {}
        }
        add(Operator.NEGATE, i, Changes.negated(body.at(i)));
        add(Operator.OFF_BY_ONE, i, Changes.beside(body.at(i)));
    }

    private void store(int i, FieldInstruction field) {
        TypeKind kind = TypeKind.from(field.typeSymbol());
        if (field.opcode() == Opcode.PUTFIELD) {
            add(Operator.DROP_STORE, i, Changes.dropped(kind, 1));
        } else if (field.opcode() == Opcode.PUTSTATIC) {
            add(Operator.DROP_STORE, i, Changes.dropped(kind, 0));
        }
    }

    private void call(int i, InvokeInstruction call) {
        String owner = call.owner().asInternalName();
        String name = call.name().stringValue();
        boolean nothing = Body.result(call) == TypeKind.VOID;
        if (LOCKS.contains(owner) && nothing && name.equals("acquire")) {
            add(Operator.DROP_ACQUIRE, i, Changes::dropCall);
            add(Operator.DOUBLE_ACQUIRE, i, Changes::twice);
        } else if (LOCKS.contains(owner) && nothing && name.equals("release")) {
            add(Operator.DROP_RELEASE, i, Changes::dropCall);
            add(Operator.DOUBLE_RELEASE, i, Changes::twice);
        } else if (Body.isHandleOperation(call)) {
            if (nothing) {
                add(Operator.DROP_STORE, i, Changes::dropCall);
            }
        } else if (nothing && call.opcode() != Opcode.INVOKESPECIAL) {
            boolean says = owner.equals(RECORDER);
            add(says ? Operator.DROP_EVENT : Operator.DROP_CALL, i, Changes::dropCall);
        } else if (nothing && !name.equals("<init>")) {
            add(Operator.DROP_CALL, i, Changes::dropCall);
        }
        if (Body.isHandleOperation(call) || owner.equals(MEMORY)) {
            for (String weaker : WEAKER.getOrDefault(name, List.of())) {
                add(Operator.WEAKEN, i, Changes.renamed(weaker));
            }
            FieldInstruction handle = body.handleOf(i);
            if (name.equals("getAndAdd") && handle != null) {
                add(Operator.WEAKEN, i, Changes.torn(handle));
            } else if (name.equals("compareAndSet") && handle != null) {
                add(Operator.WEAKEN, i, Changes.tornSwap(handle));
            }
        }
    }

    private void constant(int i, ConstantInstruction constant) {
        boolean step =
                i + 1 < body.size()
                        && body.at(i + 1) instanceof OperatorInstruction operator
                        && sums(operator.opcode());
        Operator operator = step ? Operator.OFF_BY_ONE : Operator.CONSTANT;
        Object value = constant.constantValue();
        if (value instanceof Integer number) {
            int other = !step && number == 1 ? 0 : number + 1;
            add(operator, i, (code, old) -> code.loadConstant(other));
        } else if (value instanceof Long number) {
            long other = !step && number == 1 ? 0 : number + 1;
            add(operator, i, (code, old) -> code.loadConstant(other));
        }
    }

    private static boolean sums(Opcode opcode) {
        return switch (opcode) {
            case IADD, ISUB, LADD, LSUB -> true;
            default -> false;
        };
    }

    /** Statements: what begins and ends with nothing on the operand stack, within a block. */
    private void swaps() {
        List<Integer> begins = new ArrayList<>();
        for (int i = 0; i < body.size(); i++) {
            if (body.depth(i) == 0) {
                begins.add(i);
            }
        }
        begins.add(body.size());
        for (int k = 0; k + 2 < begins.size(); k++) {
            int first = begins.get(k);
            int second = begins.get(k + 1);
            int end = begins.get(k + 2);
            if (straight(first, end)
                    && !(second - first == 1 && body.at(first) instanceof LoadInstruction)
                    && effects.of(body, first, second).meets(effects.of(body, second, end))) {
                found.add(new Found(Operator.SWAP, first, end, Changes.swapped(second - first)));
            }
        }
    }

    private boolean straight(int from, int to) {
        for (int i = from; i < to; i++) {
            Instruction instruction = body.at(i);
            boolean leaves =
                    instruction instanceof java.lang.classfile.instruction.BranchInstruction
                            || instruction
                                    instanceof java.lang.classfile.instruction.ReturnInstruction
                            || instruction
                                    instanceof
                                    java.lang.classfile.instruction.TableSwitchInstruction
                            || instruction
                                    instanceof
                                    java.lang.classfile.instruction.LookupSwitchInstruction;
            if (body.leftOut(i) || leaves || body.block(i) != body.block(from)) {
                return false;
            }
        }
        return true;
    }
}
