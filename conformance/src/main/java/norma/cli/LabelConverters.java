package norma.cli;

import java.util.Arrays;
import java.util.Iterator;
import java.util.function.Function;
import java.util.stream.Collectors;
import norma.conformance.machine.Accel;
import norma.conformance.machine.Arch;
import norma.conformance.trace.Recording;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Enumerations by their labels, exactly as printed, with the choices in the error message. */
final class LabelConverters {
    private LabelConverters() {}

    private static <T> T parse(T[] values, Function<T, String> label, String text, String what) {
        for (T value : values) {
            if (label.apply(value).equals(text)) {
                return value;
            }
        }
        String choices = Arrays.stream(values).map(label).collect(Collectors.joining(", "));
        throw new TypeConversionException(
                "unknown " + what + " '" + text + "' (one of: " + choices + ")");
    }

    /** Converts {@code --arch}. */
    static final class ArchConverter implements ITypeConverter<Arch> {
        @Override
        public Arch convert(String text) {
            return parse(Arch.values(), Arch::label, text, "architecture");
        }
    }

    /** Converts {@code --accel}. */
    static final class AccelConverter implements ITypeConverter<Accel> {
        @Override
        public Accel convert(String text) {
            return parse(Accel.values(), Accel::label, text, "way to run");
        }
    }

    /** Converts {@code --recorder}. */
    static final class RecorderConverter implements ITypeConverter<Recording.Mode> {
        @Override
        public Recording.Mode convert(String text) {
            return parse(Recording.Mode.values(), Recording.Mode::label, text, "recorder");
        }
    }

    /** The ways to record, for usage texts and completion. */
    static final class RecorderCandidates implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(Recording.Mode.values()).map(Recording.Mode::label).iterator();
        }
    }

    /** The architectures, for usage texts and completion. */
    static final class ArchCandidates implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(Arch.values()).map(Arch::label).iterator();
        }
    }

    /** The ways to run, for usage texts and completion. */
    static final class AccelCandidates implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(Accel.values()).map(Accel::label).iterator();
        }
    }
}
