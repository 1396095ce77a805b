package norma.model;

import java.util.function.IntConsumer;
import java.util.function.IntPredicate;

/**
 * Writes values in the canonical text that the model checker's values are also brought to.
 *
 * <p>Functions and records are {@code {key:value,..}} sorted by key text, functions over {@code
 * 1..n} and sequences are {@code <a,b>}, sets are {@code {a,b}} sorted by text.
 *
 * <p>{@link Elements} cuts functions into their elements instead.
 */
public class CanonicalText {
    private final StringBuilder out;
    private final Names names;

    /** Writes to {@code out}, spelling indices as {@code names} says. */
    public CanonicalText(StringBuilder out, Names names) {
        this.out = out;
        this.names = names;
    }

    /** Writes text as it is. */
    public final CanonicalText text(String text) {
        out.append(text);
        return this;
    }

    /** Writes an integer. */
    public final CanonicalText number(long value) {
        out.append(value);
        return this;
    }

    /** Writes an element of a domain. */
    public final CanonicalText name(String domain, long index) {
        out.append(names.name(domain, index));
        return this;
    }

    /** Writes a truth value (any word but 0 is true). */
    public final CanonicalText truth(long value) {
        out.append(value != 0);
        return this;
    }

    /** Writes a function over a domain; {@code body} writes the value at an index. */
    public CanonicalText function(String domain, IntConsumer body) {
        // A function over the empty set is the empty sequence.
        boolean tuple = names.isTuple(domain) || names.size(domain) == 0;
        out.append(tuple ? '<' : '{');
        String separator = "";
        for (int index : names.order(domain)) {
            out.append(separator);
            if (!tuple) {
                out.append(names.name(domain, index)).append(':');
            }
            body.accept(index);
            separator = ",";
        }
        out.append(tuple ? '>' : '}');
        return this;
    }

    /** Writes a sequence of {@code length} elements. */
    public final CanonicalText sequence(int length, IntConsumer body) {
        out.append('<');
        for (int i = 0; i < length; i++) {
            if (i > 0) {
                out.append(',');
            }
            body.accept(i);
        }
        out.append('>');
        return this;
    }

    /** Writes the subset of a domain whose members satisfy a predicate. */
    public final CanonicalText set(String domain, IntPredicate member) {
        out.append('{');
        String separator = "";
        for (int index : names.order(domain)) {
            if (member.test(index)) {
                out.append(separator).append(names.name(domain, index));
                separator = ",";
            }
        }
        out.append('}');
        return this;
    }
}
