package norma.kernel.sim.explore;

import java.util.ArrayList;
import java.util.List;

/** The operations of a scenario's script, as its lines have them. */
final class Operations {
    private static final String PROGRAM = "program ";
    private static final String SLEEP = "sleep ";

    private Operations() {}

    /**
     * An operation.
     *
     * @param line its line, from 1
     * @param program number of the program that it is part of, from 0
     * @param name that program's name
     * @param index its place in the program, from 0
     * @param last nothing comes behind it
     * @param text as the script has it
     */
    record Operation(int line, int program, String name, int index, boolean last, String text) {
        @Override
        public String toString() {
            return name + ":" + line + " " + text;
        }
    }

    /** All of them, in the order of their lines. */
    static List<Operation> of(String script) {
        List<String> lines = script.lines().map(Operations::statement).toList();
        List<Operation> operations = new ArrayList<>();
        String name = "";
        int program = -1;
        int index = 0;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.startsWith(PROGRAM)) {
                name = line.substring(PROGRAM.length()).strip();
                program++;
                index = 0;
            } else if (program >= 0 && !line.isEmpty() && !line.endsWith(":")) {
                operations.add(new Operation(i + 1, program, name, index, last(lines, i), line));
                index++;
            }
        }
        return operations;
    }

    /**
     * Those that can be left out.
     *
     * <p>What ends a program is none of them: who comes behind the last operation ends, so without
     * an {@code end} nothing changes, and without what a thread waits in for ever it would do one
     * thing more, not one less. Nor is a sleep of the first thread, which only says where the
     * scenario begins: without it more is explored, not less.
     */
    static List<Operation> removable(String script) {
        return of(script).stream()
                .filter(o -> !o.last && !(o.program == 0 && o.text.startsWith(SLEEP)))
                .toList();
    }

    private static String statement(String line) {
        int comment = line.indexOf('#');
        return (comment < 0 ? line : line.substring(0, comment)).strip();
    }

    /** Is the line its program's last that says anything? */
    private static boolean last(List<String> lines, int at) {
        for (String line : lines.subList(at + 1, lines.size())) {
            if (!line.isEmpty()) {
                return line.startsWith(PROGRAM);
            }
        }
        return true;
    }

    /** The scenario without an operation; threads may then be left that wait. */
    static Case without(Case scenario, Operation operation) {
        List<String> lines = new ArrayList<>(scenario.text().lines().toList());
        lines.set(operation.line() - 1, "");
        String text = String.join("\n", lines) + "\n";
        Case rest = Case.parse(scenario.name(), text);
        return new Case(rest.name(), text, rest.script(), rest.cpus(), rest.leaps(), true);
    }
}
