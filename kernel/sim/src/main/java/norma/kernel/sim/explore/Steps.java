package norma.kernel.sim.explore;

import norma.abi.Gate;
import norma.abi.Record;
import norma.conformance.forced.Course;
import org.jspecify.annotations.Nullable;

/** What choices are to a machine with gates ({@link Gate}), and the names of places. */
final class Steps {
    private final Memory memory;
    private final Layout layout;
    private final Cells cells;
    private final Code code;
    private final Users users;
    private final Pages pages;

    Steps(Memory memory, Layout layout, Cells cells, Code code, Users users, Pages pages) {
        this.memory = memory;
        this.layout = layout;
        this.cells = cells;
        this.code = code;
        this.users = users;
        this.pages = pages;
    }

    /**
     * The step that a choice is in the present state, but a leap; null if a machine with gates does
     * it along with the step before: what follows a spin hint, or an atomic write.
     */
    Course.@Nullable Step of(int choice) {
        int core = Choice.core(choice);
        int kind = Choice.kind(choice);
        if (memory.get(layout.mode(core)) == Layout.USER) {
            return user(core, kind, (int) memory.get(layout.thread(core)));
        }
        Node node = code.node(memory.get(layout.node(core)));
        return node.kind == Node.Kind.RELAX || node.kind == Node.Kind.ACCESS && !node.point()
                ? null
                : new Course.Step(core, kind, place(node), 0, text(node));
    }

    /** Rank of the lock that a core in the kernel asks for next, or 0. */
    int asks(int core) {
        Node node = code.node(memory.get(layout.node(core)));
        boolean asks =
                node.kind == Node.Kind.ACCESS
                        && node.cell < layout.time
                        && cells.of(node.cell, "TicketLock", "next");
        return asks
                ? (int) cells.read(cells.sibling(node.cell, "order")) >> Record.LOCK_RANK_SHIFT
                : 0;
    }

    /** The step of a thread in user mode, or an interrupt's before what it does next. */
    Course.Step user(int core, int kind, int thread) {
        int page = users.page(thread);
        if (page < 0) {
            return new Course.Step(core, kind, Gate.USER, 0, "an entry from user mode");
        }
        // What a core has kept is judged, not used: threads see what the tables say.
        int how = kind == Gate.STEP && pages.keeps(core, page) ? Gate.DROP : 0;
        return new Course.Step(core, kind, Gate.REACH, how, "an access to a page");
    }

    /** The leap that has just been made. */
    Course.Step leap() {
        return new Course.Step(0, Gate.LEAP, 0, memory.get(layout.time), "a leap of time");
    }

    private int place(Node node) {
        return switch (node.kind) {
            case ACCESS ->
                    node.cell == layout.tables
                            ? TableOperation.place(node.argument)
                            : cell(node.cell);
            case WAIT -> Gate.WAIT;
            case START -> node.cell < 0 ? Gate.BEGIN : Gate.START_CORE;
            case OFF -> Gate.POWER_OFF;
            default -> throw new Inconsistent("no step begins at " + node.kind);
        };
    }

    private int cell(int cell) {
        if (cell < layout.time) {
            return Course.place(cells.type(cell), cells.field(cell));
        }
        if (cell == layout.time) {
            return Gate.NOW;
        }
        for (int core = 0; core < layout.cores; core++) {
            if (cell == layout.ipi(core)) {
                return Gate.SEND_IPI;
            }
        }
        return Gate.ARM;
    }

    /** For people: where a core is. */
    String where(int core) {
        long mode = memory.get(layout.mode(core));
        if (mode == Layout.USER) {
            return "core " + core + ": thread " + memory.get(layout.thread(core));
        }
        Node node = mode == Layout.OFF ? null : code.node(memory.get(layout.node(core)));
        return "core " + core + ": " + (node == null ? "off" : "in the kernel at " + text(node));
    }

    /** For people: a cell. */
    String name(int cell) {
        return cell < layout.time ? cells.name(cell) : layout.name(cell);
    }

    /** For people: a node. */
    String text(Node node) {
        if (node.kind == Node.Kind.ACCESS && node.cell == layout.tables) {
            return TableOperation.text(node.argument);
        }
        return node.kind == Node.Kind.ACCESS ? name(node.cell) : node.kind.name();
    }
}
