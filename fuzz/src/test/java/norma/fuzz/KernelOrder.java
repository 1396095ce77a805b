package norma.fuzz;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;

/**
 * The order of the kernel's packages: each uses only what stands before it. The scheduler stands
 * beside the operations: it uses threads and their address spaces, and only the entry uses it.
 */
final class KernelOrder extends ArchCondition<JavaClass> {
    /** Lowest first; the hardware contracts and the lock and list primitives under all. */
    static final List<String> ORDER =
            List.of(
                    "hal",
                    "lang",
                    "boot",
                    "trace",
                    "thread",
                    "mem",
                    "cap",
                    "ipc",
                    "ns",
                    "proc",
                    "irq",
                    "supervise",
                    "entry");

    private static final String KERNEL = "norma.kernel.";

    KernelOrder() {
        super("use only kernel packages below their own (" + String.join(" < ", ORDER) + ")");
    }

    @Override
    public void check(JavaClass from, ConditionEvents events) {
        String fromLayer = layer(from);
        if (!fromLayer.equals("sched") && !ORDER.contains(fromLayer)) {
            violated(
                    events, from, from.getName() + " is in a package without a place in the order");
            return;
        }
        for (Dependency dependency : from.getDirectDependenciesFromSelf()) {
            JavaClass to = dependency.getTargetClass().getBaseComponentType();
            if (to.getPackageName().startsWith(KERNEL.substring(0, KERNEL.length() - 1))
                    && !allowed(fromLayer, layer(to))) {
                violated(events, from, dependency.getDescription());
            }
        }
    }

    static boolean allowed(String from, String to) {
        if (from.equals(to)) {
            return true;
        }
        if (to.equals("sched")) {
            return from.equals("entry");
        }
        int limit = ORDER.indexOf(from.equals("sched") ? "mem" : from);
        int target = ORDER.indexOf(to);
        return target >= 0 && (from.equals("sched") ? target <= limit : target < limit);
    }

    /** The first package name under {@code norma.kernel}, or the empty text. */
    private static String layer(JavaClass type) {
        String name = type.getPackageName();
        if (!name.startsWith(KERNEL)) {
            return "";
        }
        String rest = name.substring(KERNEL.length());
        int dot = rest.indexOf('.');
        return dot < 0 ? rest : rest.substring(0, dot);
    }

    private static void violated(ConditionEvents events, JavaClass at, String message) {
        events.add(SimpleConditionEvent.violated(at, message));
    }
}
