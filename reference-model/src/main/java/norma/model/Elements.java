package norma.model;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * A state cut into its smallest named parts, to say where two states differ: a function's values
 * are elements of their own, and so are those of a function of functions.
 */
public final class Elements {
    private static final int MOST_KEYS = 2;

    private Elements() {}

    /**
     * One part of a state.
     *
     * @param variable the specification's variable
     * @param domain the domain of the variable, a function; empty if it is none
     * @param index element of that domain
     * @param inner spelling of the second argument if the values are functions too; empty if not
     * @param name how the part is called: {@code own[1][0]}
     * @param text its value in canonical text
     */
    public record Element(
            String variable, String domain, int index, String inner, String name, String text) {}

    /** All parts, in the order of the variables; equally long for all states of one model. */
    public static List<Element> of(State state, Names names) {
        List<Element> elements = new ArrayList<>();
        for (String variable : state.variables()) {
            new Cutter(variable, names, elements).cut(state);
        }
        return elements;
    }

    /** Takes what is written between the functions' brackets, and leaves the brackets away. */
    private static final class Cutter extends CanonicalText {
        private final String variable;
        private final Names names;
        private final List<Element> elements;
        private final StringBuilder out;
        private final String[] keys = new String[MOST_KEYS];
        private int depth;
        private String domain = "";
        private int index;

        Cutter(String variable, Names names, List<Element> elements) {
            this(variable, names, elements, new StringBuilder());
        }

        private Cutter(
                String variable, Names names, List<Element> elements, StringBuilder written) {
            super(written, names);
            this.variable = variable;
            this.names = names;
            this.elements = elements;
            out = written;
        }

        void cut(State state) {
            int before = elements.size();
            if (!state.write(variable, this)) {
                throw new IllegalStateException("no variable " + variable);
            }
            if (elements.size() == before && !out.isEmpty()) {
                take();
            }
        }

        @Override
        public CanonicalText function(String over, IntConsumer body) {
            if (depth == MOST_KEYS || names.size(over) == 0) {
                return super.function(over, body);
            }
            for (int i = 0; i < names.size(over); i++) {
                if (depth == 0) {
                    domain = over;
                    index = i;
                }
                keys[depth] = names.name(over, i);
                int before = elements.size();
                depth++;
                body.accept(i);
                if (elements.size() == before) {
                    take();
                }
                depth--;
            }
            return this;
        }

        private void take() {
            StringBuilder name = new StringBuilder(variable);
            for (int i = 0; i < depth; i++) {
                name.append('[').append(keys[i]).append(']');
            }
            String inner = depth == MOST_KEYS ? keys[1] : "";
            elements.add(
                    new Element(variable, domain, index, inner, name.toString(), out.toString()));
            out.setLength(0);
        }
    }
}
