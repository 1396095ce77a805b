package norma.speccheck.tlc;

import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import tlc2.tool.TLCState;
import tlc2.value.impl.BoolValue;
import tlc2.value.impl.FcnRcdValue;
import tlc2.value.impl.IntValue;
import tlc2.value.impl.LazyValue;
import tlc2.value.impl.ModelValue;
import tlc2.value.impl.RecordValue;
import tlc2.value.impl.SetEnumValue;
import tlc2.value.impl.StringValue;
import tlc2.value.impl.TupleValue;
import tlc2.value.impl.Value;
import util.UniqueString;

/**
 * Canonical text of the model checker's values, whatever their representation.
 *
 * <p>The same as {@code norma.model.CanonicalText} writes: functions and records sorted by key
 * text, functions over {@code 1..n} as sequences, sets sorted by element text.
 */
final class ValueText {
    private ValueText() {}

    static String of(Value value) {
        StringBuilder out = new StringBuilder();
        append(out, value);
        return out.toString();
    }

    static void state(StringBuilder out, TLCState state, UniqueString[] variables) {
        for (UniqueString variable : variables) {
            out.append(variable).append('=');
            append(out, (Value) state.lookup(variable));
            out.append(' ');
        }
    }

    private static void append(StringBuilder out, Value value) {
        switch (value) {
            case IntValue v -> out.append(v.val);
            case StringValue v -> out.append(v.getVal());
            case ModelValue v -> out.append(v.val);
            case BoolValue v -> out.append(v.val);
            case TupleValue v -> tuple(out, v);
            case RecordValue v -> {
                TreeMap<String, Value> fields = new TreeMap<>();
                for (int i = 0; i < v.names.length; i++) {
                    fields.put(v.names[i].toString(), v.values[i]);
                }
                map(out, fields);
            }
            case FcnRcdValue v -> function(out, v);
            case SetEnumValue v -> set(out, v);
            case LazyValue v -> append(out, forced(v));
            default -> append(out, explicit(value));
        }
    }

    private static void tuple(StringBuilder out, TupleValue tuple) {
        out.append('<');
        for (int i = 0; i < tuple.elems.length; i++) {
            if (i > 0) {
                out.append(',');
            }
            append(out, tuple.elems[i]);
        }
        out.append('>');
    }

    private static void function(StringBuilder out, FcnRcdValue function) {
        Value tuple = function.toTuple();
        if (tuple instanceof TupleValue sequence) {
            tuple(out, sequence);
            return;
        }
        TreeMap<String, Value> map = new TreeMap<>();
        Value[] domain = function.getDomainAsValues();
        for (int i = 0; i < domain.length; i++) {
            map.put(of(domain[i]), function.values[i]);
        }
        map(out, map);
    }

    private static void map(StringBuilder out, Map<String, Value> map) {
        out.append('{');
        String separator = "";
        for (Map.Entry<String, Value> entry : map.entrySet()) {
            out.append(separator).append(entry.getKey()).append(':');
            append(out, entry.getValue());
            separator = ",";
        }
        out.append('}');
    }

    private static void set(StringBuilder out, SetEnumValue set) {
        TreeSet<String> elements = new TreeSet<>();
        for (int i = 0; i < set.elems.size(); i++) {
            elements.add(of(set.elems.elementAt(i)));
        }
        out.append('{').append(String.join(",", elements)).append('}');
    }

    private static Value forced(LazyValue lazy) {
        Object value = lazy.getValue();
        if (value instanceof Value forced) {
            return forced;
        }
        throw new IllegalStateException("unevaluated parameter " + lazy);
    }

    private static Value explicit(Value value) {
        Value function = value.toFcnRcd();
        Value result = function != null ? function : value.toSetEnum();
        if (result == null) {
            throw new IllegalStateException("no canonical text for " + value.getClass());
        }
        return result;
    }
}
