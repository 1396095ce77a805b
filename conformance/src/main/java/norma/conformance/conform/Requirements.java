package norma.conformance.conform;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import norma.abi.Event;
import norma.conformance.check.Counts;
import norma.conformance.check.EventNames;
import org.jspecify.annotations.Nullable;

/**
 * What a scenario must have exercised for its run to count, and what must not have happened.
 *
 * <p>Declared in the head of a script by lines {@code #! requires [cpus>=N:] NAME>=COUNT ...}; a
 * name is an action or one of the totals of {@link Counts}; {@code NAME==COUNT} also bounds from
 * above: {@code Fault==0} says that no thread of the scenario found a wrong value.
 */
public final class Requirements {
    private static final String PREFIX = "#! requires ";
    private static final Pattern CPUS = Pattern.compile("cpus>=(\\d+):");
    private static final Pattern TERM = Pattern.compile("([A-Za-z]+)(>=|==)(\\d+)");
    private static final Map<String, ToLongFunction<Counts>> TOTALS = totals();

    private final List<Term> terms;

    /** One bound; {@code exact}: from both sides. It holds for runs on at least so many CPUs. */
    record Term(String name, boolean exact, long count, int cpus) {}

    /**
     * A bound that a run did not keep.
     *
     * @param tooMany something happened that must not; otherwise the run exercised too little
     * @param text bound and value
     */
    public record Unmet(boolean tooMany, String text) {}

    private Requirements(List<Term> terms) {
        this.terms = List.copyOf(terms);
    }

    private static Map<String, ToLongFunction<Counts>> totals() {
        Map<String, ToLongFunction<Counts>> totals = new HashMap<>();
        for (int kind = 1; kind < Event.LIMIT; kind++) {
            int counted = kind;
            totals.put(EventNames.action(kind), c -> c.of(counted));
        }
        totals.put("CrossCoreCalls", Counts::crossCoreCalls);
        totals.put("ServedCalls", Counts::servedCalls);
        totals.put("TagWaits", Counts::tagWaits);
        totals.put("ServedGrants", Counts::servedGrants);
        return totals;
    }

    /** The requirements that a script's text declares; wrong ones are the author's error. */
    public static Requirements parse(String text) {
        List<Term> terms = new ArrayList<>();
        for (String line : text.lines().toList()) {
            if (line.startsWith("#!") && !line.startsWith(PREFIX)) {
                throw new IllegalArgumentException("not a declaration: " + line);
            }
            if (line.startsWith(PREFIX)) {
                parseLine(line.substring(PREFIX.length()).strip(), terms);
            }
        }
        return new Requirements(terms);
    }

    private static void parseLine(String line, List<Term> terms) {
        int cpus = 1;
        for (String word : line.split("\\s+")) {
            Matcher condition = CPUS.matcher(word);
            if (condition.matches()) {
                cpus = Integer.parseInt(condition.group(1));
                continue;
            }
            Matcher term = TERM.matcher(word);
            if (!term.matches() || !TOTALS.containsKey(term.group(1))) {
                throw new IllegalArgumentException("not a requirement: " + word);
            }
            terms.add(
                    new Term(
                            term.group(1),
                            term.group(2).equals("=="),
                            Long.parseLong(term.group(3)),
                            cpus));
        }
    }

    /** Is nothing required? Such a scenario would pass without having done anything. */
    public boolean isEmpty() {
        return terms.stream().noneMatch(t -> t.count() > 0);
    }

    /** The first bound that a run on {@code cpus} cores broke, or null; too many before too few. */
    public @Nullable Unmet unmet(Counts counts, int cpus) {
        Unmet tooFew = null;
        for (Term term : terms) {
            ToLongFunction<Counts> total = TOTALS.get(term.name());
            if (total == null || cpus < term.cpus()) {
                continue;
            }
            long found = total.applyAsLong(counts);
            String bound = term.name() + (term.exact() ? "==" : ">=") + term.count();
            if (term.exact() && found > term.count()) {
                return new Unmet(true, bound + ", but there were " + found);
            }
            if (tooFew == null && found < term.count()) {
                tooFew = new Unmet(false, bound + ", but there were " + found);
            }
        }
        return tooFew;
    }
}
