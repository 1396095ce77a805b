package norma.conformance.check;

import java.lang.reflect.Field;
import norma.abi.Event;

/**
 * Names of the event kinds, derived from the constants of {@link Event}: the action {@code
 * FailCall} is the kind {@code FAIL_CALL}.
 */
public final class EventNames {
    /** By kind: the action's name; empty where there is no kind. */
    static final String[] ACTIONS = actions();

    private EventNames() {}

    private static String[] actions() {
        String[] names = new String[Event.LIMIT];
        java.util.Arrays.fill(names, "");
        try {
            for (Field field : Event.class.getFields()) {
                int kind = field.getInt(null);
                if (kind < Event.LIMIT) {
                    names[kind] = action(field.getName());
                }
            }
        } catch (IllegalAccessException e) {
            throw new ExceptionInInitializerError(e);
        }
        return names;
    }

    private static String action(String constant) {
        StringBuilder name = new StringBuilder();
        for (String part : constant.split("_")) {
            name.append(part.charAt(0))
                    .append(part.substring(1).toLowerCase(java.util.Locale.ROOT));
        }
        return name.toString();
    }

    /** The action of a kind. */
    public static String action(int kind) {
        return ACTIONS[kind];
    }
}
