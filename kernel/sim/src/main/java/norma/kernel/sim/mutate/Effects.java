package norma.kernel.sim.mutate;

import java.lang.classfile.Instruction;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.ArrayLoadInstruction;
import java.lang.classfile.instruction.ArrayStoreInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.IncrementInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What statements read, write and say, with all that they call: two whose effects do not meet can
 * change places, and nobody could tell.
 *
 * <p>A field is its class's and its name, whatever the object; an array its kind of elements.
 */
final class Effects {
    /** Calls of others compute, and nothing else. */
    private static final String KERNEL = "norma/kernel/";

    private final Map<String, Body> bodies;
    private final Map<String, Effect> known = new HashMap<>();

    /** Effects of calls of the methods {@code bodies}, by class (internal), name and descriptor. */
    Effects(Map<String, Body> bodies) {
        this.bodies = bodies;
    }

    /** What a piece of code does. */
    static final class Effect {
        final Set<String> reads = new HashSet<>();
        final Set<String> writes = new HashSet<>();

        /** Others may see when it happens: an atomic access, or a call of the machine. */
        boolean visible;

        /** It may order what others see of memory: more than opaque. */
        boolean orders;

        void add(Effect other) {
            reads.addAll(other.reads);
            writes.addAll(other.writes);
            visible |= other.visible;
            orders |= other.orders;
        }

        private boolean touchesMemory() {
            return reads.stream().anyMatch(Effects::isMemory)
                    || writes.stream().anyMatch(Effects::isMemory);
        }

        /** Can it make a difference which of both comes first? */
        boolean meets(Effect other) {
            return visible && other.visible
                    || orders && other.touchesMemory()
                    || other.orders && touchesMemory()
                    || writes.stream().anyMatch(w -> other.reads.contains(w))
                    || writes.stream().anyMatch(w -> other.writes.contains(w))
                    || reads.stream().anyMatch(r -> other.writes.contains(r));
        }
    }

    private static boolean isMemory(String place) {
        return !place.startsWith("local ");
    }

    /** Of some instructions of one method. */
    Effect of(Body body, int from, int to) {
        Effect effect = new Effect();
        for (int i = from; i < to; i++) {
            add(effect, body, i);
        }
        return effect;
    }

    private void add(Effect effect, Body body, int index) {
        Instruction instruction = body.at(index);
        switch (instruction) {
            case LoadInstruction load -> effect.reads.add("local " + load.slot());
            case StoreInstruction store -> effect.writes.add("local " + store.slot());
            case IncrementInstruction step -> {
                effect.reads.add("local " + step.slot());
                effect.writes.add("local " + step.slot());
            }
            case ArrayLoadInstruction load -> effect.reads.add(elements(load.typeKind()));
            case ArrayStoreInstruction store -> effect.writes.add(elements(store.typeKind()));
            case FieldInstruction field -> {
                boolean reads =
                        field.opcode() == Opcode.GETFIELD || field.opcode() == Opcode.GETSTATIC;
                (reads ? effect.reads : effect.writes).add(field.name().stringValue());
            }
            case InvokeInstruction call when Body.isHandleOperation(call) -> {
                FieldInstruction handle = body.handleOf(index);
                String name = handle == null ? "?" : "handle " + handle.name().stringValue();
                effect.reads.add(name);
                effect.writes.add(name);
                effect.visible = true;
                effect.orders |= !call.name().stringValue().endsWith("Opaque");
            }
            case InvokeInstruction call -> effect.add(called(call));
            default -> {}
        }
    }

    private static String elements(TypeKind kind) {
        return kind + "[]";
    }

    private Effect called(InvokeInstruction call) {
        String owner = call.owner().asInternalName();
        if (owner.startsWith("norma/kernel/hal/")) {
            return machine(call);
        }
        String name = call.name().stringValue() + call.type().stringValue();
        Effect effect = known.get(owner + "." + name);
        if (effect != null) {
            return effect;
        }
        effect = new Effect();
        known.put(owner + "." + name, effect);
        if (owner.startsWith(KERNEL) && candidates(owner, name).isEmpty()) {
            effect.visible = true; // Nobody knows what it does.
            effect.orders = true;
        }
        for (Body body : candidates(owner, name)) {
            Effect inside = of(body, 0, body.size());
            inside.reads.removeIf(place -> !isMemory(place));
            inside.writes.removeIf(place -> !isMemory(place));
            effect.add(inside);
        }
        return effect;
    }

    /** The method itself or, if it is inherited or abstract, every one of that name. */
    private List<Body> candidates(String owner, String name) {
        Body own = bodies.get(owner + "." + name);
        if (own != null) {
            return List.of(own);
        }
        return bodies.entrySet().stream()
                .filter(e -> e.getKey().endsWith("." + name))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** A call of the machine: others see it, unless it is an access to the core's own ring. */
    private static Effect machine(InvokeInstruction call) {
        Effect effect = new Effect();
        switch (call.name().stringValue()) {
            case "load" -> effect.reads.add("block");
            case "store" -> effect.writes.add("block");
            case "userEntry", "userStack", "userStatus" -> {}
            default -> {
                effect.reads.add("block");
                effect.visible = true;
                effect.orders = true;
            }
        }
        return effect;
    }
}
