package norma.kernel.sim.explore;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import norma.conformance.saved.Unfinished;

/**
 * The choices that lead from a scenario's beginning to a state. As a file: a header, the scenario,
 * the choices as words, those that repeat as {@code choice*count}, and a last line that shows that
 * none is lost.
 *
 * @param scenario its name
 * @param choices see {@link Choice#text}
 * @param lines of its file, from 1, that have them; none if it was not read from one
 */
record Way(String scenario, List<String> choices, List<Integer> lines) {
    /** Kind of failure of a way that cannot be followed. */
    static final String MALFORMED = "MALFORMED";

    private static final String HEADER = "norma-way 2";
    private static final String SCENARIO = "scenario ";
    private static final String END = "end";
    private static final int MOST = 1_000_000;

    Way {
        choices = List.copyOf(choices);
        lines = List.copyOf(lines);
    }

    Way(String scenario, List<String> choices) {
        this(scenario, choices, List.of());
    }

    /** Its scenario; {@code file}: where it was read. */
    Case in(Path file) {
        return Case.find(scenario)
                .orElseThrow(() ->
                        new InputException(
                                file
                                        + ":2: there is no scenario "
                                        + scenario
                                        + " (--script names one of your own)"));
    }

    void write(Path file) throws IOException {
        StringBuilder text = new StringBuilder(HEADER + "\n" + SCENARIO + scenario + "\n");
        int at = 0;
        while (at < choices.size()) {
            int end = at;
            while (end < choices.size() && choices.get(end).equals(choices.get(at))) {
                end++;
            }
            text.append(choices.get(at));
            text.append(end - at > 1 ? "*" + (end - at) : "").append('\n');
            at = end;
        }
        Unfinished.write(file, text.append(END).append('\n').toString());
    }

    static Way read(Path file) throws IOException {
        List<String> lines = Texts.read(file).lines().toList();
        if (lines.isEmpty() || !lines.get(0).equals(HEADER)) {
            throw wrong(file, 0, "the line " + HEADER);
        }
        if (lines.size() < 2 || !lines.get(1).startsWith(SCENARIO)) {
            throw wrong(file, 1, "the line scenario NAME");
        }
        List<String> choices = new ArrayList<>();
        List<Integer> at = new ArrayList<>();
        int next = 2;
        for (; next < lines.size() && !lines.get(next).equals(END); next++) {
            String line = lines.get(next).strip();
            int star = line.indexOf('*');
            String choice = star < 0 ? line : line.substring(0, star);
            int count = star < 0 ? 1 : count(line.substring(star + 1));
            if (Choice.parse(choice) < 0 || count < 1 || choices.size() + count > MOST) {
                throw wrong(
                        file,
                        next,
                        "a choice such as 0, 1i, 0t or leap, perhaps *COUNT, not "
                                + Texts.shown(line));
            }
            for (int k = 0; k < count; k++) {
                choices.add(choice);
                at.add(next + 1);
            }
        }
        if (next == lines.size()) {
            throw wrong(file, next, "the line end: a part of the way is missing");
        }
        if (choices.isEmpty()) {
            throw wrong(file, next, "a choice: a way has at least one");
        }
        if (next + 1 < lines.size()) {
            throw wrong(file, next + 1, "the end of the file");
        }
        return new Way(lines.get(1).substring(SCENARIO.length()).strip(), choices, at);
    }

    private static InputException wrong(Path file, int line, String expected) {
        return new InputException(file + ":" + (line + 1) + ": expected " + expected);
    }

    /** A file with a choice that there is not; {@code index}: its number in the way. */
    InputException strays(Path file, int index) {
        return new InputException(
                file
                        + ":"
                        + lines.get(index)
                        + ": "
                        + choices.get(index)
                        + " cannot be chosen there: the way is another kernel's or scenario's");
    }

    private static int count(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
