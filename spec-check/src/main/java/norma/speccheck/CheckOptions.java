package norma.speccheck;

import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a run is to do.
 *
 * @param list only name the items
 * @param quick leave out the large graphs
 * @param specs specifications or items; empty: all
 * @param kind kind of item, null: all
 * @param changed trust items with evidence for their inputs, but for a sample
 * @param sample percentage of these that is proved nevertheless
 * @param within seconds that these may take, by their evidence
 * @param seed chooses them
 * @param update write the evidence
 */
record CheckOptions(
        boolean list,
        boolean quick,
        TreeSet<String> specs,
        @Nullable String kind,
        boolean changed,
        int sample,
        int within,
        long seed,
        boolean update) {
    private static final int SAMPLE = 10;
    private static final int WITHIN_SECONDS = 150;
    private static final int MOST_SECONDS = 86_400;
    private static final int ALL = 100;

    static final List<String> USAGE =
            List.of(
                    "usage: check [--list] [--quick] [--spec NAME]... [--kind KIND]",
                    "             [--changed [--sample PERCENT] [--within SECONDS] [--seed N]]",
                    "             [--update-evidence]",
                    "  NAME is a specification or one check; KIND is graph, vacuity,",
                    "  liveness, broken or properties; --quick leaves out the large graphs; --changed trusts",
                    "  spec/evidence.json for all but a sample of what is unchanged");

    /** The options; a wrong one is an IllegalArgumentException that says so. */
    static CheckOptions parse(String[] args) {
        boolean list = false;
        boolean quick = false;
        boolean changed = false;
        boolean update = false;
        boolean sampling = false;
        String kind = null;
        TreeSet<String> specs = new TreeSet<>();
        int sample = SAMPLE;
        int within = WITHIN_SECONDS;
        long seed = System.currentTimeMillis() / 1000;
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--list" -> list = true;
                case "--quick" -> quick = true;
                case "--changed" -> changed = true;
                case "--update-evidence" -> update = true;
                case "--spec" -> specs.add(value(args, i++));
                case "--kind" -> kind = value(args, i++);
                case "--sample" -> {
                    sampling = true;
                    sample = (int) number(args, i++, 0, ALL);
                }
                case "--within" -> {
                    sampling = true;
                    within = (int) number(args, i++, 0, MOST_SECONDS);
                }
                case "--seed" -> {
                    sampling = true;
                    seed = number(args, i++, Long.MIN_VALUE, Long.MAX_VALUE);
                }
                default -> throw new IllegalArgumentException("unknown option " + args[i]);
            }
        }
        if (sampling && !changed) {
            throw new IllegalArgumentException("--sample, --within and --seed go with --changed");
        }
        return new CheckOptions(list, quick, specs, kind, changed, sample, within, seed, update);
    }

    private static String value(String[] args, int option) {
        if (option + 1 >= args.length) {
            throw new IllegalArgumentException("incomplete option " + args[option]);
        }
        return args[option + 1];
    }

    private static long number(String[] args, int option, long low, long high) {
        String text = value(args, option);
        try {
            long number = Long.parseLong(text);
            if (number >= low && number <= high) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new IllegalArgumentException(args[option] + " cannot be " + text);
    }

    /** What the options name and no item has, as a line for a person; or null. */
    @Nullable String unknown(List<Item> all) {
        TreeSet<String> names = new TreeSet<>(specs);
        TreeSet<String> kinds = new TreeSet<>();
        for (Item item : all) {
            names.remove(item.name());
            names.remove(item.spec());
            kinds.add(item.kind());
        }
        if (!names.isEmpty()) {
            return "--spec: no specification and no check has the name "
                    + names.first()
                    + "; try --list";
        }
        return kind == null || kinds.contains(kind)
                ? null
                : "--kind: no check is of kind " + kind + ", but of " + String.join(", ", kinds);
    }

    boolean chooses(Item item) {
        return (specs.isEmpty() || specs.contains(item.name()) || specs.contains(item.spec()))
                && (kind == null || item.kind().equals(kind))
                && !(quick && item.large());
    }
}
