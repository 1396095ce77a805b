package norma.kernel.sim.explore;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import norma.conformance.scenario.Script;
import norma.conformance.scenario.ScriptException;
import norma.conformance.scenario.ScriptParser;

/**
 * A scenario to explore.
 *
 * @param name its name
 * @param text of the script
 * @param script its threads: the first one sets the scene, all others act when it has come to its
 *     end
 * @param cpus cores
 * @param leaps how often time may leap to the next timer although something else could happen
 * @param waiting threads may be left that wait for each other
 */
public record Case(String name, String text, Script script, int cpus, int leaps, boolean waiting) {
    /** A line of the script that says how it is explored. */
    private static final Pattern EXPLORE =
            Pattern.compile("^# explore: cpus ([1-4]) leaps ([0-9])$", Pattern.MULTILINE);

    /** An operation whose answer is not the kernel's. */
    private static final Pattern STRANGE =
            Pattern.compile("^[ \\t]*(random|exec)\\b", Pattern.MULTILINE);

    /** A line of the script that says that it ends with threads that wait. */
    private static final String ENDS_WAITING = "# ends: waiting";

    private static final List<String> NAMES =
            List.of(
                    "donate",
                    "call-death",
                    "refuse-fault",
                    "queue-death",
                    "spawn-exit",
                    "reply-cancel",
                    "call-reply",
                    "steal-wake",
                    "tags-cancel",
                    "park-ipi",
                    "tags",
                    "restart",
                    "die-full",
                    "contended",
                    "receivers",
                    "checkpoints",
                    "preempt",
                    "sleep-wake",
                    "inherit-chain",
                    "reply-timeout",
                    "switch-on",
                    "fault-fault",
                    "admit-map",
                    "unmap-sleep",
                    "two-unmap",
                    "unmap-touch",
                    "protect-touch",
                    "sweep-pages",
                    "last-leaves",
                    "fork-both",
                    "fork-map");

    /** Behind a scenario's name: the same, with lock events recorded and checked, too. */
    static final String LOCKS = "-locks";

    /** A recorder that is switched on later has no lock events. */
    private static final String UNLOCKED = "switch-on";

    /** Those whose lock events every run explores, and not only one that is asked to. */
    private static final List<String> LOCKED =
            List.of(
                    "donate",
                    "call-death",
                    "refuse-fault",
                    "spawn-exit",
                    "reply-cancel",
                    "steal-wake",
                    "park-ipi",
                    "tags-cancel",
                    "restart",
                    "contended");

    /** Names of all scenarios, small ones first. */
    public static List<String> names() {
        return NAMES;
    }

    /** Names of scenarios with lock events; {@code all}: of every one that can have them. */
    static List<String> locked(boolean all) {
        return (all ? NAMES : LOCKED)
                .stream().filter(name -> !name.equals(UNLOCKED)).map(name -> name + LOCKS).toList();
    }

    /** A scenario by its name. */
    public static Optional<Case> find(String name) {
        if (NAMES.contains(name)) {
            return Optional.of(parse(name, text(name)));
        }
        return locked(true).contains(name)
                ? find(name.substring(0, name.length() - LOCKS.length())).map(Case::withLocks)
                : Optional.empty();
    }

    /** A scenario by its name; {@link InputException} if there is none. */
    static Case named(String name) {
        return find(name)
                .orElseThrow(() ->
                        new InputException(
                                "no scenario "
                                        + name
                                        + "; there are "
                                        + String.join(", ", names())
                                        + ", each but "
                                        + UNLOCKED
                                        + " also with "
                                        + LOCKS
                                        + " behind its name"));
    }

    /** The same with lock events; {@link InputException} if it cannot have them. */
    Case withLocks() {
        if (script.locks()) {
            return this;
        }
        if (!script.recording().live()) {
            throw new InputException(
                    name + ": lock events cannot be validated from a checkpoint on");
        }
        return new Case(name + LOCKS, text, script.withLocks(), cpus, leaps, waiting);
    }

    /** A scenario from the text of its script: {@link InputException} if it is none. */
    static Case parse(String name, String text) {
        return parse(name, Path.of(name + ".script"), text);
    }

    private static Case parse(String name, Path file, String text) {
        Matcher how = EXPLORE.matcher(text);
        if (!how.find()) {
            int line =
                    1
                            + Math.max(
                                    0,
                                    text.lines()
                                            .map(l -> l.startsWith("# explore"))
                                            .toList()
                                            .indexOf(true));
            throw new InputException(
                    file
                            + ":"
                            + line
                            + ": expected a line # explore: cpus N leaps N, from 1 to 4 and 0 to 9");
        }
        Matcher strange = STRANGE.matcher(text);
        if (strange.find()) {
            long line = text.substring(0, strange.end()).lines().count();
            throw new InputException(
                    file + ":" + line + ": a script that is explored has no " + strange.group(1));
        }
        try {
            return new Case(
                    name,
                    text,
                    ScriptParser.parse(text),
                    Integer.parseInt(how.group(1)),
                    Integer.parseInt(how.group(2)),
                    text.lines().anyMatch(ENDS_WAITING::equals));
        } catch (ScriptException e) {
            throw new InputException(e.in(file), e);
        }
    }

    /** A scenario from a file. */
    static Case read(Path file) throws IOException {
        String name = String.valueOf(file.getFileName()).replaceFirst("\\.script$", "");
        return parse(name, file, Texts.read(file));
    }

    /** The script of a scenario, as text. */
    static String text(String name) {
        return resource(name + ".script");
    }

    /** A file beside the scripts. */
    static String resource(String file) {
        String resource = "/norma/explore/" + file;
        try (InputStream in = Case.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
