// Contract: what the analysis knows about where a value came from.
// Invariant: two origins are equal only if the values they describe may be treated alike; image
// objects compare by identity.
// Owner: norma.aot.flow.
package norma.aot.flow;

import norma.aot.load.JavaField;

/** Provenance of a value; turned into checks avoided or constants once the world is closed. */
public sealed interface Origin {
    /** Nothing is known. */
    Origin UNKNOWN = new Unknown();

    /** The null reference. */
    Origin NULL = new Null();

    /** Nothing is known. */
    record Unknown() implements Origin {}

    /** The null reference. */
    record Null() implements Origin {}

    /** A known int or long. */
    record Constant(long value) implements Origin {}

    /** A known object of the image heap. */
    record ImageObject(Object host) implements Origin {
        @Override
        public boolean equals(Object other) {
            return other instanceof ImageObject o && sameObject(o.host, host);
        }

        @SuppressWarnings("ReferenceEquality") // identity is the point: equal objects stay apart
        private static boolean sameObject(Object a, Object b) {
            return a == b;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(host);
        }
    }

    /** Read from a field whose value the image does not fix. */
    record FieldLoad(JavaField field) implements Origin {}

    /** An element of a known array of the image heap. */
    record ElementOf(ImageObject array) implements Origin {}

    /** An element of an array that was read from a field. */
    record ElementOfField(JavaField field) implements Origin {}

    /** The reference that the caller passed in the parameter at a local-variable slot. */
    record Parameter(int slot) implements Origin {}

    /** The object made by the allocation at an instruction of this method. */
    record Allocated(int index) implements Origin {}
}
