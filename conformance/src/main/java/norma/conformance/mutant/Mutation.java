package norma.conformance.mutant;

/**
 * One edit at one place.
 *
 * @param className internal name of the class, without {@code norma/kernel/}
 * @param method name of the method; all of its overloads are searched
 * @param anchor consecutive instructions as {@link Listing} renders them, separated by {@code ;},
 *     the one to edit marked by {@code *}; it must match exactly once
 * @param edit what happens to the marked instruction
 */
public record Mutation(String className, String method, String anchor, Edit edit) {
    /** Internal name of the class. */
    String internalName() {
        return "norma/kernel/" + className;
    }
}
