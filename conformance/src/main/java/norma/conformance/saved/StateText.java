package norma.conformance.saved;

import static norma.model.State.NONE;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import norma.abi.Record;
import norma.conformance.check.EventView;
import norma.model.Elements;
import norma.model.Elements.Element;
import norma.model.Names;
import norma.model.kernel.KernelLayout;
import norma.model.kernel.KernelModel;
import norma.model.kernel.KernelState;

/**
 * States for people: the specification's variables with the records' numbers. Threads, channels,
 * cores and tags count from 0 as they do in records; the specification's {@code t1} is thread 0.
 */
final class StateText {
    /** Variables of a core that say nothing in a trace without lock events. */
    private static final Set<String> LOCKS = Set.of("held", "ticket");

    /** Variables of a core or a thread that say nothing in a machine without address spaces. */
    private static final Set<String> SPACES = Set.of("root", "space", "stale");

    /** What is called by its number. */
    private static final List<String> NUMBERED =
            List.of(
                    "core",
                    "thread",
                    "channel",
                    "tag",
                    "priority",
                    "space",
                    "page",
                    "frame",
                    "translation");

    /** How the specification writes that there is no thread, no right, and no number. */
    private static final Set<String> NOTHING = Set.of("None", "none", "-1");

    private final KernelModel model;
    private final Names names;

    StateText(KernelModel model) {
        this.model = model;
        names = names(model);
    }

    private static Names names(KernelModel model) {
        Names spec = model.names();
        Names names = new Names();
        for (String domain : NUMBERED) {
            String[] spellings = new String[spec.size(domain)];
            java.util.Arrays.setAll(spellings, Integer::toString);
            names.listed(domain, spellings);
        }
        String[] locks = new String[spec.size("lock")];
        KernelLayout layout = model.layout();
        for (int i = 0; i < spec.size("channel"); i++) {
            spell(locks, layout.channelLock(i), "channel" + i);
        }
        for (int i = 0; i < spec.size("core"); i++) {
            spell(locks, layout.coreLock(i), "core" + i);
        }
        for (int i = 0; i < spec.size("thread"); i++) {
            spell(locks, layout.threadLock(i), "thread" + i);
        }
        for (int i = 0; i < spec.size("space"); i++) {
            spell(locks, layout.spaceLock(i), "space" + i);
        }
        spell(locks, layout.memoryLock(), "memory");
        return names.listed("lock", locks);
    }

    private static void spell(String[] locks, int lock, String spelling) {
        if (lock != NONE) {
            locks[lock] = spelling;
        }
    }

    /** One line an element that differs. */
    List<String> changes(KernelState before, KernelState after) {
        List<String> lines = new ArrayList<>();
        List<Element> old = Elements.of(before, names);
        List<Element> now = Elements.of(after, names);
        for (int i = 0; i < old.size(); i++) {
            String was = old.get(i).text();
            if (!was.equals(now.get(i).text())) {
                lines.add(old.get(i).name() + ": " + was + " -> " + now.get(i).text());
            }
        }
        return lines;
    }

    /**
     * Every variable at an object, in one line. Of functions of tags or locks only what is
     * something is written.
     */
    String values(KernelState state, int id) {
        String domain = domain(id);
        int index = index(id);
        if (index == NONE) {
            return "not in the model";
        }
        boolean memory = id >>> 12 == Record.MEMORY; // That is all frames.
        Map<String, StringJoiner> values = new LinkedHashMap<>();
        for (Element element : Elements.of(state, names)) {
            if (!element.domain().equals(domain)
                    || (element.index() != index && !memory)
                    || (names.size("lock") == 0 && LOCKS.contains(element.variable()))
                    || (names.size("space") == 0 && SPACES.contains(element.variable()))) {
                continue;
            }
            boolean function = memory || !element.inner().isEmpty();
            StringJoiner value =
                    values.computeIfAbsent(
                            element.variable(),
                            v -> new StringJoiner(",", function ? "{" : "", function ? "}" : ""));
            if (!function) {
                value.add(element.text());
            } else if (!NOTHING.contains(element.text())) {
                String inner = memory ? Integer.toString(element.index()) : element.inner();
                value.add(inner + ":" + element.text());
            }
        }
        StringJoiner line = new StringJoiner(" ");
        values.forEach((variable, value) -> line.add(variable + "=" + value));
        return line.toString();
    }

    /** Name of an object: locks by what they lock, the rest as in {@link EventView}. */
    String name(int id) {
        int type = id >>> 12;
        boolean lock = type == Record.LOCK_NEXT || type == Record.LOCK_OWNER;
        int index = index(id);
        return lock && index != NONE
                ? "lock of " + names.name("lock", index)
                : EventView.objectName(id);
    }

    private static String domain(int id) {
        return switch (id >>> 12) {
            case Record.THREAD -> "thread";
            case Record.CHANNEL -> "channel";
            case Record.CORE, Record.IPI_WORD, Record.CONTEXT -> "core";
            case Record.LOCK_NEXT, Record.LOCK_OWNER -> "lock";
            case Record.SPACE -> "space";
            case Record.MEMORY -> "frame";
            default -> "";
        };
    }

    /** The model's index of an object, or NONE if the model has no such object. */
    private int index(int id) {
        String domain = domain(id);
        int index = id & 0xfff;
        if (domain.equals("lock")) {
            return lock(index);
        }
        return !domain.isEmpty() && isIn(domain, index) ? index : NONE;
    }

    private int lock(int id) {
        int index = id & ((1 << Record.LOCK_RANK_SHIFT) - 1);
        KernelLayout layout = model.layout();
        return switch (id >>> Record.LOCK_RANK_SHIFT) {
            case Record.LOCK_CHANNEL -> isIn("channel", index) ? layout.channelLock(index) : NONE;
            case Record.LOCK_CORE -> isIn("core", index) ? layout.coreLock(index) : NONE;
            case Record.LOCK_SPACE -> isIn("space", index) ? layout.spaceLock(index) : NONE;
            case Record.LOCK_MEMORY -> index == 0 ? layout.memoryLock() : NONE;
            case Record.LOCK_THREAD -> isIn("thread", index) ? layout.threadLock(index) : NONE;
            default -> NONE;
        };
    }

    private boolean isIn(String domain, int index) {
        return index < names.size(domain);
    }
}
