package norma.speccheck.tlc;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import tlc2.tool.Action;
import tlc2.tool.StateVec;
import tlc2.tool.TLCState;
import tlc2.tool.impl.FastTool;
import tlc2.tool.impl.Tool;
import tlc2.util.FP64;
import tlc2.value.impl.BoolValue;
import tlc2.value.impl.FcnRcdValue;
import tlc2.value.impl.IntValue;
import tlc2.value.impl.RecordValue;
import tlc2.value.impl.SetEnumValue;
import tlc2.value.impl.StringValue;
import tlc2.value.impl.TupleValue;
import tlc2.value.impl.Value;
import util.ToolIO;
import util.UniqueString;

/**
 * Asks the model checker which invariants are false in states that need not be reachable, given as
 * canonical text. What a word of that text means is looked up in states that are.
 */
public final class Judge implements BiFunction<String, Set<String>, Boolean> {
    private static final int LOOKED_AT = 3_000;

    private final Tool tool;
    private final Map<String, Value> words = new HashMap<>();
    private final Set<Set<String>> records = new HashSet<>();
    private String text = "";
    private int at;

    /** Loads a module. Must be loaded in a class loader of its own, with the model checker. */
    public Judge(Path directory, String module, String config, Path scratch) {
        UniqueString.initialize();
        FP64.Init();
        ModuleFiles files = new ModuleFiles(directory, scratch, new TreeSet<>());
        ToolIO.setMode(ToolIO.TOOL);
        ToolIO.setDefaultResolver(files);
        ToolIO.reset();
        String name = config.substring(0, config.lastIndexOf('.'));
        tool = new FastTool(directory + "/", module, name, files);
        learn();
    }

    /**
     * Adds the names of the invariants that are false in a state, or, of an empty text, of all;
     * false if the text is no state.
     */
    @Override
    public Boolean apply(String canonical, Set<String> violated) {
        if (canonical.isEmpty()) {
            for (String name : tool.getInvNames()) {
                violated.add(Session.name(name));
            }
            return true;
        }
        TLCState state;
        try {
            state = parse(canonical);
        } catch (IllegalArgumentException e) {
            return false;
        }
        Action[] invariants = tool.getInvariants();
        for (int i = 0; i < invariants.length; i++) {
            if (!holds(invariants[i], state)) {
                violated.add(Session.name(tool.getInvNames()[i]));
            }
        }
        return true;
    }

    private boolean holds(Action invariant, TLCState state) {
        try {
            return tool.isValid(invariant, state);
        } catch (RuntimeException e) {
            return false;
        }
    }

    private void learn() {
        Set<Long> seen = new HashSet<>();
        ArrayDeque<TLCState> queue = new ArrayDeque<>();
        add(tool.getInitStates(), queue, seen);
        while (!queue.isEmpty() && seen.size() < LOOKED_AT) {
            TLCState state = queue.remove();
            for (UniqueString variable : Session.variables()) {
                learn((Value) state.lookup(variable));
            }
            for (Action action : tool.getActions()) {
                add(tool.getNextStates(action, state), queue, seen);
            }
        }
    }

    private static void add(StateVec states, ArrayDeque<TLCState> queue, Set<Long> seen) {
        for (int i = 0; i < states.size(); i++) {
            if (seen.add(states.elementAt(i).fingerPrint())) {
                queue.add(states.elementAt(i));
            }
        }
    }

    private void learn(Value value) {
        switch (value) {
            case TupleValue v -> learn(v.elems);
            case RecordValue v -> {
                Set<String> names = new TreeSet<>();
                for (UniqueString name : v.names) {
                    names.add(name.toString());
                    words.putIfAbsent(name.toString(), new StringValue(name.toString()));
                }
                records.add(names);
                learn(v.values);
            }
            case FcnRcdValue v -> {
                learn(v.getDomainAsValues());
                learn(v.values);
            }
            case SetEnumValue v -> learn(v.elems.toArray());
            default -> {
                if (value.toFcnRcd() instanceof FcnRcdValue function) {
                    learn(function);
                } else {
                    words.put(ValueText.of(value), value);
                }
            }
        }
    }

    private void learn(Value[] values) {
        for (Value value : values) {
            if (value != null) {
                learn(value);
            }
        }
    }

    private TLCState parse(String canonical) {
        text = canonical;
        at = 0;
        TLCState state = TLCState.Empty.createEmpty();
        while (at < text.length()) {
            String variable = word();
            at++; // =
            state = state.bind(UniqueString.uniqueStringOf(variable), value());
            at++; // The blank behind it.
        }
        return state;
    }

    private String word() {
        int from = at;
        while (at < text.length() && ",:<>{}= ".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return text.substring(from, at);
    }

    private Value value() {
        return switch (text.charAt(at)) {
            case '<' -> new TupleValue(list('>').toArray(Value[]::new));
            case '{' -> braces();
            default -> named(word());
        };
    }

    private Value named(String word) {
        if (word.matches("-?\\d+")) {
            return IntValue.gen(Integer.parseInt(word));
        }
        if (word.equals("true") || word.equals("false")) {
            return word.equals("true") ? BoolValue.ValTrue : BoolValue.ValFalse;
        }
        Value known = words.get(word);
        if (known == null) {
            throw new IllegalArgumentException("never seen: " + word);
        }
        return known;
    }

    private List<Value> list(char end) {
        List<Value> values = new ArrayList<>();
        at++;
        while (text.charAt(at) != end) {
            values.add(value());
            at += text.charAt(at) == ',' ? 1 : 0;
        }
        at++;
        return values;
    }

    /** A set, or a function or record: what has values. */
    private Value braces() {
        List<Value> keys = new ArrayList<>();
        List<String> names = new ArrayList<>();
        List<Value> values = new ArrayList<>();
        at++;
        while (text.charAt(at) != '}') {
            int from = at;
            keys.add(value());
            names.add(text.substring(from, at));
            if (text.charAt(at) == ':') {
                at++;
                values.add(value());
            }
            at += text.charAt(at) == ',' ? 1 : 0;
        }
        at++;
        Value[] all = values.toArray(Value[]::new);
        if (values.isEmpty()) {
            return new SetEnumValue(keys.toArray(Value[]::new), false);
        }
        return records.contains(Set.copyOf(names))
                ? new RecordValue(
                        names.stream()
                                .map(UniqueString::uniqueStringOf)
                                .toArray(UniqueString[]::new),
                        all,
                        false)
                : new FcnRcdValue(keys.toArray(Value[]::new), all, false);
    }
}
