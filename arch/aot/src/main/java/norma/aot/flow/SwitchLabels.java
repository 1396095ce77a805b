// Contract: decodes invokedynamic of java.lang.runtime.SwitchBootstraps into its case labels.
// Owner: norma.aot.flow.
package norma.aot.flow;

import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicConstantDesc;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import norma.aot.load.ClassWorld;
import norma.aot.load.HostWorld;
import norma.aot.load.JavaClass;
import org.jspecify.annotations.Nullable;

/** The labels of a pattern or enum switch. */
public record SwitchLabels(List<Label> labels) {
    /** One case label. */
    public sealed interface Label {}

    /** Matches instances of a class. */
    public record OfType(JavaClass type) implements Label {}

    /** Matches one enum constant. */
    public record OfEnum(JavaClass type, String name) implements Label {}

    /** Matches an equal string. */
    public record OfString(String text) implements Label {}

    /** A label this compiler does not know. */
    public record Unknown(String description) implements Label {}

    /** The labels, or empty if the instruction is not a switch bootstrap. */
    public static Optional<SwitchLabels> of(InvokeDynamicInstruction dynamic, ClassWorld world) {
        DirectMethodHandleDesc bootstrap = dynamic.bootstrapMethod();
        if (!bootstrap.owner().descriptorString().equals("Ljava/lang/runtime/SwitchBootstraps;")) {
            return Optional.empty();
        }
        boolean ofEnum = bootstrap.methodName().equals("enumSwitch");
        ClassDesc selector = dynamic.typeSymbol().parameterType(0);
        List<Label> labels = new ArrayList<>();
        for (ConstantDesc argument : dynamic.bootstrapArgs()) {
            labels.add(label(argument, ofEnum, selector, world));
        }
        return Optional.of(new SwitchLabels(labels));
    }

    private static Label label(
            ConstantDesc argument, boolean ofEnum, ClassDesc selector, ClassWorld world) {
        return switch (argument) {
            case ClassDesc type -> new OfType(world.ofDescriptor(type.descriptorString()));
            case String name when ofEnum ->
                    new OfEnum(world.ofDescriptor(selector.descriptorString()), name);
            case String text -> new OfString(text);
            case Enum.EnumDesc<?> constant ->
                    new OfEnum(
                            world.ofDescriptor(constant.constantType().descriptorString()),
                            constant.constantName());
            case DynamicConstantDesc<?> dynamic -> dynamicLabel(dynamic, world);
            default -> new Unknown(argument.toString());
        };
    }

    /** javac writes EnumDesc.of(ClassDesc.of("a.b.C"), "NAME") as nested dynamic constants. */
    private static Label dynamicLabel(DynamicConstantDesc<?> dynamic, ClassWorld world) {
        ConstantDesc[] arguments = dynamic.bootstrapArgs();
        if (arguments.length == 3
                && arguments[1] instanceof DynamicConstantDesc<?> type
                && type.bootstrapArgs().length == 2
                && type.bootstrapArgs()[1] instanceof String className
                && arguments[2] instanceof String constantName) {
            return new OfEnum(world.get(className.replace('.', '/')), constantName);
        }
        return new Unknown(dynamic.toString());
    }

    /** The enum constant of the build JVM, or null if the enum has none of that name. */
    public static @Nullable Object constant(HostWorld host, JavaClass type, String name) {
        return type.findField(name).map(field -> host.read(field, null)).orElse(null);
    }
}
