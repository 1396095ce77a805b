package norma.conformance.forced;

import java.util.List;
import norma.abi.Gate;

/**
 * One interleaving, step by step from boot on, and what the kernel records in it.
 *
 * @param steps the steps
 * @param records for each core, the words of its records, oldest first
 * @param ends the last step switches the machine off
 */
public record Course(List<Step> steps, List<List<long[]>> records, boolean ends) {
    private static final int FNV_BASIS = 0x811C9DC5;
    private static final int FNV_PRIME = 0x01000193;

    /**
     * A step: {@code core} goes on from {@code place}.
     *
     * @param core the core; 0 if time leaps
     * @param kind of {@link norma.abi.Gate}
     * @param place of {@link norma.abi.Gate}
     * @param operand what time becomes, if it leaps; of an access to a page, {@link Gate#DROP} or 0
     * @param name the place, for people
     */
    public record Step(int core, int kind, int place, long operand, String name) {}

    /**
     * The place of an access to a field: 32 bits of FNV-1a of {@code CLASS.FIELD}, the class
     * without its package. As the compiler has it, or every run would stray.
     */
    public static int place(String simpleClass, String field) {
        String text = simpleClass + "." + field;
        int hash = FNV_BASIS;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * FNV_PRIME;
        }
        return Integer.compareUnsigned(hash, Gate.FIELDS) < 0 ? hash + Gate.FIELDS : hash;
    }

    /** Copies the lists. */
    public Course {
        steps = List.copyOf(steps);
        records = List.copyOf(records);
    }
}
