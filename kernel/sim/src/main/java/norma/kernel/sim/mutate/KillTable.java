package norma.kernel.sim.mutate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import norma.kernel.sim.Scenario;
import norma.kernel.sim.explore.Case;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of each mutant, a line each, in the order of the catalogue. Lines that are empty or
 * begin with {@code #} are for people.
 */
final class KillTable {
    private static final String HEADER =
            """
            # What becomes of each mutant of the kernel (norma mutate --record writes it):
            #   NAME explored SCENARIO KIND          every interleaving of that scenario, up to the failure
            #   NAME simulated SCENARIO SEED KIND    one random schedule
            #   NAME contract CONTRACT               a promise beyond the model, checked by calling the classes
            #   NAME equivalent                      no bug; the argument is in the file equivalents
            #   NAME survives REASON                 a bug that none of them finds: the gate fails
            """;

    private static final Pattern ROW =
            Pattern.compile(
                    "(\\S+) (?:explored (\\S+) (\\S+)|simulated (\\S+) (\\d{1,9}) (\\S+)"
                            + "|(equivalent)|survives (\\S.*)|contract (\\S+))");

    private final Map<String, Fate> fates = new LinkedHashMap<>();

    /** What becomes of a mutant. */
    sealed interface Fate {
        /** As it stands in the table, behind the name. */
        String text();
    }

    /**
     * The exploration of a scenario finds it.
     *
     * @param scenario its name
     * @param kind of the failure
     */
    record Explored(String scenario, String kind) implements Fate {
        @Override
        public String text() {
            return "explored " + scenario + " " + kind;
        }
    }

    /**
     * A random schedule finds it.
     *
     * @param scenario its name
     * @param seed of the schedule
     * @param kind of the failure
     */
    record Simulated(String scenario, long seed, String kind) implements Fate {
        @Override
        public String text() {
            return "simulated " + scenario + " " + seed + " " + kind;
        }
    }

    /**
     * A contract finds it.
     *
     * @param name of the contract
     */
    record Broken(String name) implements Fate {
        @Override
        public String text() {
            return "contract " + name;
        }
    }

    /** It is no bug. */
    record Equivalent() implements Fate {
        @Override
        public String text() {
            return "equivalent";
        }
    }

    /**
     * Nobody finds it.
     *
     * @param reason why, as far as it is known
     */
    record Survives(String reason) implements Fate {
        @Override
        public String text() {
            return "survives " + reason;
        }
    }

    /** The table is not one. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1;

        Malformed(String message) {
            super(message);
        }
    }

    /** Reads a table; {@code file} is its name for messages. */
    static KillTable parse(String file, String text) throws Malformed {
        KillTable table = new KillTable();
        List<String> contracts = List.of();
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            Matcher row = ROW.matcher(line);
            if (!row.matches()) {
                throw new Malformed(
                        file
                                + ":"
                                + (i + 1)
                                + ": expected NAME and explored, simulated, contract, equivalent or"
                                + " survives, not: "
                                + line);
            }
            Fate fate = fate(row);
            if (fate instanceof Broken && contracts.isEmpty()) {
                contracts = Contracts.names();
            }
            String nobody = nobody(fate, contracts);
            if (nobody != null) {
                throw new Malformed(file + ":" + (i + 1) + ": there is no " + nobody);
            }
            if (table.fates.putIfAbsent(row.group(1), fate) != null) {
                throw new Malformed(file + ":" + (i + 1) + ": a second line for " + row.group(1));
            }
        }
        return table;
    }

    /** Who is to find a mutant and does not exist, or null. */
    private static @Nullable String nobody(Fate fate, List<String> contracts) {
        return switch (fate) {
            case Explored e when !Case.names().contains(e.scenario) ->
                    "explored scenario " + e.scenario;
            case Simulated s when !Scenario.names().contains(s.scenario) ->
                    "simulated scenario " + s.scenario;
            case Broken b when !contracts.contains(b.name) -> "contract " + b.name;
            default -> null;
        };
    }

    private static Fate fate(Matcher row) {
        if (row.group(2) != null) {
            return new Explored(row.group(2), row.group(3));
        }
        if (row.group(4) != null) {
            return new Simulated(row.group(4), Long.parseLong(row.group(5)), row.group(6));
        }
        if (row.group(9) != null) {
            return new Broken(row.group(9));
        }
        return row.group(7) != null ? new Equivalent() : new Survives(row.group(8));
    }

    /** All rows. */
    Map<String, Fate> fates() {
        return fates;
    }

    void put(String name, Fate fate) {
        fates.put(name, fate);
    }

    /** The table as a file. */
    String text() {
        StringBuilder text = new StringBuilder(HEADER);
        fates.forEach((name, fate) -> text.append(name + " " + fate.text() + "\n"));
        return text.toString();
    }
}
