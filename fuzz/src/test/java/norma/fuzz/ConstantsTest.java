package norma.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import norma.abi.Gate;
import norma.abi.Limits;
import norma.abi.Shared;
import norma.conformance.job.Images;
import norma.conformance.machine.Arch;
import norma.kernel.hal.Cpu;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What Java declares, assembly and C read from it, and declare nowhere again. */
class ConstantsTest {
    private static final Path NATIVE = Path.of(System.getProperty("norma.root"), "arch/native");
    private static final Pattern DEFINE = Pattern.compile("#define (\\w+)\\b(?!\\().*");

    private static List<String> expected(String prefix, Class<?> type) throws Exception {
        List<String> lines = new ArrayList<>();
        for (Field field : type.getFields()) {
            if (Modifier.isStatic(field.getModifiers()) && field.getType().isPrimitive()) {
                long value = ((Number) field.get(null)).longValue();
                String text = value == (int) value ? "" + value : "0x" + Long.toHexString(value);
                lines.add("#define " + prefix + "_" + field.getName() + " " + text);
            }
        }
        return lines;
    }

    @ParameterizedTest
    @EnumSource(Arch.class)
    void theNativeSideHasTheJavaConstants(Arch arch) throws Exception {
        List<String> header =
                Files.readAllLines(Images.kernel(arch).resolveSibling("generated/offsets.h"));
        List<String> all = new ArrayList<>(expected("LIMITS", Limits.class));
        all.addAll(expected("SHARED", Shared.class));
        all.addAll(expected("CAUSE", Cpu.class));
        all.addAll(expected("GATE", Gate.class));
        assertTrue(all.size() > 20, all::toString);
        all.removeAll(header);
        assertEquals(List.of(), all);
        Set<String> generated = new HashSet<>(names(header));
        for (String folder : List.of("common", arch.label())) {
            for (Path file : Sources.find(NATIVE.resolve(folder), ".h", ".c", ".S")) {
                for (String name : names(Files.readAllLines(file))) {
                    assertTrue(!generated.contains(name), () -> name + " again in " + file);
                    assertTrue(!name.matches("NORMA_(CORES|THREADS)"), () -> name + " in " + file);
                }
            }
        }
    }

    private static List<String> names(List<String> lines) throws IOException {
        return lines.stream()
                .map(DEFINE::matcher)
                .filter(Matcher::matches)
                .map(m -> m.group(1))
                .toList();
    }
}
