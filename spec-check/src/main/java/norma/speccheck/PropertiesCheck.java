package norma.speccheck;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Is every property of a specification of use?
 *
 * <p>Each broken model is explored beside its violations, though not beyond them, at small
 * constants. A property is of use if there is a model, its killer, in which at some constants it is
 * the only one that notices, wherever something is noticed first; or, if its killer is named {@code
 * alone:MODEL}, somewhere, while elsewhere others notice first. Or it is implied by others, named:
 * wherever any broken model violates it first, it violates one of them too, at the same place; then
 * it is kept because it is the promise. Implied properties do not count as noticing.
 */
final class PropertiesCheck {
    /** States of a broken model that are enough. */
    private static final int MOST = 400_000;

    /** Before the name of a model that others notice, too. */
    private static final String ALONE = "alone:";

    private final Console console;
    private final Path directory;
    private final Manifest.Properties entry;
    private final List<Manifest.Broken> broken;
    private final Set<String> read = new HashSet<>();

    /** The broken models are those of the specification, whatever their configuration. */
    PropertiesCheck(
            Console console,
            Path directory,
            Manifest.Properties entry,
            List<Manifest.Broken> broken) {
        this.console = console;
        this.directory = directory;
        this.entry = entry;
        this.broken = broken;
    }

    Proof run() {
        console.begin("properties", entry.spec());
        long begin = System.nanoTime();
        List<String> wrong = new ArrayList<>();
        Map<String, List<Violations>> first = new TreeMap<>();
        Set<String> properties = new TreeSet<>(listed());
        properties.removeAll(entry.elsewhere());
        for (Manifest.Broken model : broken) {
            if (!model.liveness()) {
                List<Violations> found = explore(model, entry.configsOf(model.name()));
                first.put(model.name(), found);
                if (!found.stream().allMatch(Violations::complete)) {
                    wrong.add(model.name() + " has more than " + MOST + " states");
                }
            }
        }
        for (String property : properties) {
            String killer = entry.killer(property);
            List<String> by = entry.implied().get(property);
            if (killer != null && by == null && killer.startsWith(ALONE)) {
                alone(property, killer.substring(ALONE.length()), first, wrong);
            } else if (killer != null && by == null) {
                killed(property, killer, first, wrong);
            } else if (by != null && killer == null) {
                implied(property, by, first, wrong);
            } else {
                wrong.add(property + " needs a killer, or what implies it, and not both");
            }
        }
        Set<String> unknown = new TreeSet<>(entry.killers().keySet());
        unknown.addAll(entry.implied().keySet());
        unknown.removeAll(properties);
        unknown.forEach(name -> wrong.add(name + " is no property of " + entry.configs()));
        wrong.forEach(line -> console.line("  FAILED: %s", line));
        console.line(
                "  %-14s %d properties: %d with a killer of their own, %d implied  %d s",
                entry.spec(),
                properties.size(),
                entry.killers().size(),
                entry.implied().size(),
                (System.nanoTime() - begin) / 1_000_000_000L);
        Map<String, Object> facts = new HashMap<>();
        facts.put("properties", properties.size());
        facts.put("killers", entry.killers().size());
        facts.put("implied", entry.implied().size());
        return new Proof(wrong.isEmpty(), facts, read);
    }

    /** Names of the properties that the configurations list. */
    private Set<String> listed() {
        Set<String> names = new TreeSet<>();
        for (String config : entry.configs()) {
            try (Scratch scratch = new Scratch();
                    IsolatedTlc tlc =
                            new IsolatedTlc(directory, entry.module(), config, scratch.path())) {
                names.addAll(tlc.session().properties());
                read.addAll(tlc.session().read());
            }
        }
        return names;
    }

    /** What is violated first, for each configuration. */
    private List<Violations> explore(Manifest.Broken model, List<String> configs) {
        List<Violations> found = new ArrayList<>();
        try (Scratch patched = new Scratch()) {
            PropertyCheck.patch(directory, model, patched.path());
            for (String config : configs) {
                try (Scratch scratch = new Scratch();
                        IsolatedTlc tlc =
                                new IsolatedTlc(
                                        patched.path(), entry.module(), config, scratch.path())) {
                    found.add(
                            tlc.session()
                                    .violations(console.progress("TLC " + model.name()), MOST));
                    read.addAll(tlc.session().read());
                }
            }
        }
        return found;
    }

    private void killed(
            String property,
            String killer,
            Map<String, List<Violations>> first,
            List<String> wrong) {
        List<Violations> found = first.get(killer);
        if (found == null) {
            wrong.add(property + ": there is no broken model " + killer + " of " + entry.spec());
            return;
        }
        Set<Set<Set<String>>> noticed = new HashSet<>();
        found.forEach(one -> noticed.add(noticed(one)));
        if (!noticed.contains(Set.of(Set.of(property)))) {
            wrong.add(killer + " is not noticed by " + property + " alone, but by " + noticed);
        }
    }

    private void alone(
            String property,
            String killer,
            Map<String, List<Violations>> first,
            List<String> wrong) {
        List<Violations> found = first.getOrDefault(killer, List.of());
        if (found.stream().noneMatch(one -> noticed(one).contains(Set.of(property)))) {
            wrong.add(killer + " is noticed nowhere by " + property + " alone");
        }
    }

    /** Places without the implied properties. */
    private Set<Set<String>> noticed(Violations found) {
        Set<Set<String>> places = new HashSet<>();
        for (Set<String> place : found.together()) {
            Set<String> rest = new TreeSet<>(place);
            rest.removeAll(entry.implied().keySet());
            places.add(rest);
        }
        return places;
    }

    private void implied(
            String property,
            List<String> by,
            Map<String, List<Violations>> first,
            List<String> wrong) {
        int places = 0;
        for (String other : by) {
            if (entry.implied().containsKey(other)) {
                wrong.add(property + " is implied by " + other + ", which is implied itself");
            }
        }
        for (Map.Entry<String, List<Violations>> one : first.entrySet()) {
            for (Violations found : one.getValue()) {
                for (Set<String> place : found.together()) {
                    places += place.contains(property) ? 1 : 0;
                }
                String not = property + " is not implied by " + by + ": " + one.getKey();
                found.without(property, Set.copyOf(by))
                        .forEach(place -> wrong.add(not + " violates " + place));
            }
        }
        if (places == 0) {
            wrong.add(property + " is violated nowhere: that says nothing of what implies it");
        }
    }
}
