// Contract: the methods of java.base that kernel code may call although their own bytecode cannot
// be
// compiled (native code, String internals, JIT intrinsics with slow bodies).
// Invariant: every C name listed here is defined in arch/native/common/rt.h or, where it needs the
// layout of a class, in the generated file; those starting with BUILTIN are expanded in place.
// Owner: norma.aot.load.
package norma.aot.load;

import java.util.Map;
import java.util.Optional;

/** C replacements of methods of java.base. */
public final class JdkIntrinsics {
    /**
     * Prefix of pseudo-intrinsics that the emitter expands, so that checks name the calling line.
     */
    public static final String BUILTIN = "builtin:";

    private static final Map<String, String> TABLE =
            Map.ofEntries(
                    Map.entry("java/lang/Integer.numberOfLeadingZeros(I)I", "rt_clz32"),
                    Map.entry("java/lang/Integer.numberOfTrailingZeros(I)I", "rt_ctz32"),
                    Map.entry("java/lang/Integer.bitCount(I)I", "rt_popcount32"),
                    Map.entry("java/lang/Integer.reverseBytes(I)I", "rt_bswap32"),
                    Map.entry("java/lang/Long.numberOfLeadingZeros(J)I", "rt_clz64"),
                    Map.entry("java/lang/Long.numberOfTrailingZeros(J)I", "rt_ctz64"),
                    Map.entry("java/lang/Long.bitCount(J)I", "rt_popcount64"),
                    Map.entry("java/lang/Long.reverseBytes(J)J", "rt_bswap64"),
                    Map.entry("java/lang/Math.multiplyHigh(JJ)J", "rt_mulhi64"),
                    Map.entry("java/lang/Math.unsignedMultiplyHigh(JJ)J", "rt_umulhi64"),
                    Map.entry("java/lang/Thread.onSpinWait()V", "rt_relax"),
                    Map.entry("java/lang/String.length()I", "rt_string_length"),
                    Map.entry("java/lang/String.isEmpty()Z", "rt_string_is_empty"),
                    Map.entry("java/lang/String.hashCode()I", "rt_string_hash"),
                    Map.entry("java/lang/String.equals(Ljava/lang/Object;)Z", "rt_string_equals"),
                    Map.entry(
                            "java/lang/String.compareTo(Ljava/lang/String;)I", "rt_string_compare"),
                    Map.entry(
                            "java/lang/String.compareTo" + "(Ljava/lang/Object;)I",
                            "rt_string_compare"),
                    Map.entry("java/lang/Enum.compareTo(Ljava/lang/Enum;)I", "rt_enum_compare"),
                    Map.entry("java/lang/String.charAt(I)C", BUILTIN + "charAt"),
                    Map.entry(
                            "java/util/Objects.requireNonNull"
                                    + "(Ljava/lang/Object;)Ljava/lang/Object;",
                            BUILTIN + "requireNonNull"),
                    Map.entry("java/util/Objects.checkIndex(II)I", BUILTIN + "checkIndex"),
                    Map.entry(
                            "java/lang/System.arraycopy"
                                    + "(Ljava/lang/Object;ILjava/lang/Object;II)V",
                            BUILTIN + "arraycopy"),
                    Map.entry("java/lang/Object.<init>()V", BUILTIN + "nothing"),
                    Map.entry("java/lang/Record.<init>()V", BUILTIN + "nothing"));

    private JdkIntrinsics() {}

    static Map<String, String> table() {
        return TABLE;
    }

    static Optional<String> find(String owner, String name, String descriptor) {
        return Optional.ofNullable(TABLE.get(owner + "." + name + descriptor));
    }
}
