// Contract: pattern and enum switches (SwitchBootstraps) as a chain of tests.
// Invariant: gives -1 for null, the first matching label from the restart index on, else the number
// of labels, as the bootstrap methods specify.
// Owner: norma.aot.emit.
package norma.aot.emit;

import java.lang.classfile.instruction.InvokeDynamicInstruction;
import norma.aot.flow.SwitchLabels;
import norma.aot.load.Kind;
import org.jspecify.annotations.Nullable;

/** Emits invokedynamic of SwitchBootstraps. */
final class SwitchEmitter {
    private final MethodContext context;

    SwitchEmitter(MethodContext context) {
        this.context = context;
    }

    void emit(InvokeDynamicInstruction dynamic) {
        SwitchLabels labels = SwitchLabels.of(dynamic, context.program().world()).orElseThrow();
        String selector = context.operand(1);
        String restart = context.operand(0);
        StringBuilder text = new StringBuilder("!" + selector + " ? -1");
        int number = 0;
        for (SwitchLabels.Label label : labels.labels()) {
            text.append(" : ").append(restart).append(" <= ").append(number).append(" && ");
            text.append(test(label, selector)).append(" ? ").append(number++);
        }
        context.push(2, Kind.INT, text.append(" : ").append(number).toString());
    }

    private String test(SwitchLabels.Label label, String selector) {
        return switch (label) {
            case SwitchLabels.OfType(var type) -> CNames.typeTest(type) + "(" + selector + ")";
            case SwitchLabels.OfEnum(var type, String name) ->
                    selector
                            + " == "
                            + image(SwitchLabels.constant(context.program().host(), type, name));
            case SwitchLabels.OfString(String value) ->
                    "rt_string_equals(%s, %s)".formatted(image(value.intern()), selector);
            case SwitchLabels.Unknown(String description) ->
                    throw new IllegalStateException(description);
        };
    }

    private String image(@Nullable Object object) {
        return CNames.image(context.program().heap().number(object).orElseThrow());
    }
}
