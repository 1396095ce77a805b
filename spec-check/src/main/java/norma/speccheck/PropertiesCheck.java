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
 *
 * <p>A temporal property's killer violates nothing else: no step or state of it is forbidden, and
 * no other temporal property notices.
 */
final class PropertiesCheck {
    /** States of a broken model that are enough. */
    private static final int MOST = 1_500_000;

    /** Before the name of a model that others notice, too. */
    private static final String ALONE = "alone:";

    private final Console console;
    private final Path directory;
    private final Manifest.Properties entry;
    private final List<Manifest.Broken> broken;
    private final List<Manifest.Liveness> liveness;
    private final Set<String> read = new HashSet<>();

    /**
     * The broken models and temporal properties are those of the specification, whatever their
     * configuration.
     */
    PropertiesCheck(
            Console console,
            Path directory,
            Manifest.Properties entry,
            List<Manifest.Broken> broken,
            List<Manifest.Liveness> liveness) {
        this.console = console;
        this.directory = directory;
        this.entry = entry;
        this.broken = broken;
        this.liveness = liveness;
    }

    Proof run() {
        console.begin("properties", entry.spec());
        long begin = System.nanoTime();
        List<String> wrong = new ArrayList<>();
        Map<String, List<Violations>> first = new TreeMap<>();
        Set<String> properties = new TreeSet<>(listed());
        properties.removeAll(entry.elsewhere());
        Set<String> temporal = temporal();
        properties.addAll(temporal);
        for (Manifest.Broken model : broken) {
            if (!model.liveness() || isKiller(model.name())) {
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
            if (temporal.contains(property)) {
                neverEnds(property, String.valueOf(killer), first, wrong);
            } else if (killer != null && by == null && killer.startsWith(ALONE)) {
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

    private boolean isKiller(String model) {
        return entry.killers().keySet().stream().anyMatch(p -> model.equals(entry.killer(p)));
    }

    /** Names of the temporal properties of the specification's configurations. */
    private Set<String> temporal() {
        Set<String> names = new TreeSet<>();
        for (Manifest.Liveness one : liveness) {
            names.addAll(TemporalProperties.names(directory.resolve(one.config())));
            read.add(one.config());
        }
        return names;
    }

    /**
     * A temporal property's killer does nothing that is forbidden, and of the temporal properties
     * of its configuration violates this one alone.
     */
    private void neverEnds(
            String property,
            String killer,
            Map<String, List<Violations>> first,
            List<String> wrong) {
        Manifest.Broken model =
                broken.stream()
                        .filter(b -> b.liveness() && b.name().equals(killer))
                        .findFirst()
                        .orElse(null);
        if (model == null) {
            wrong.add(property + ": there is no broken model " + killer + " without liveness");
            return;
        }
        for (Violations found : first.getOrDefault(killer, List.of())) {
            if (!found.together().isEmpty()) {
                wrong.add(
                        killer
                                + " is noticed not by "
                                + property
                                + " alone, but by "
                                + noticed(found));
            }
        }
        Set<String> violated = TemporalProperties.violated(directory, model, read);
        if (!violated.equals(Set.of(property))) {
            wrong.add(killer + " should violate " + property + ", but violates " + violated);
        }
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
