package norma.speccheck;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import norma.speccheck.evidence.EvidenceException;

/**
 * One thing to prove.
 *
 * @param kind graph, vacuity, liveness, broken or properties
 * @param inputs what the outcome depends on
 * @param large whether the quick run leaves it out
 * @param proof carries it out
 */
record Item(
        String kind,
        String name,
        String spec,
        Inputs.Of inputs,
        boolean large,
        Supplier<Proof> proof) {
    static final String GRAPH = "graph";
    static final String VACUITY = "vacuity";
    static final String PROPERTIES = "properties";
    private static final int QUICK_STATES = 60_000;

    /** All items of a manifest; vacuity comes after the graphs that it is about. */
    static List<Item> all(Manifest manifest, Console console, Vacuity vacuity) {
        Inputs inputs = new Inputs(manifest.directory());
        List<Item> items = new ArrayList<>();
        Map<String, Map<String, Inputs.Of>> specs = new LinkedHashMap<>();
        for (Manifest.Graph g : manifest.graphs()) {
            Inputs.Of of = inputs.graph(g);
            specs.computeIfAbsent(g.spec(), s -> new TreeMap<>()).put(g.name(), of);
            items.add(
                    new Item(
                            GRAPH,
                            g.name(),
                            g.spec(),
                            of,
                            g.states() > QUICK_STATES,
                            () -> new GraphCheck(console, manifest.directory(), g, vacuity).run()));
        }
        // Only all sizes together reach everything.
        specs.forEach((spec, graphs) ->
                items.add(
                        new Item(
                                VACUITY,
                                spec + "-vacuity",
                                spec,
                                inputs.vacuity(graphs),
                                true,
                                () -> seen(vacuity, spec, graphs.size(), console))));
        PropertyCheck check = new PropertyCheck(console, manifest.directory());
        for (Manifest.Liveness l : manifest.liveness()) {
            items.add(
                    new Item(
                            "liveness",
                            l.name(),
                            l.spec(),
                            inputs.liveness(l),
                            false,
                            () -> check.holds(l)));
        }
        for (Manifest.Broken b : manifest.broken()) {
            items.add(
                    new Item(
                            "broken",
                            b.name(),
                            b.spec(),
                            inputs.broken(b),
                            false,
                            () -> check.fails(b)));
        }
        for (Manifest.Properties p : manifest.properties()) {
            items.add(of(p, manifest, inputs, console));
        }
        Set<String> names = new HashSet<>();
        for (Item item : items) {
            if (!names.add(item.name())) {
                throw new EvidenceException("two items of spec/manifest.json are " + item.name());
            }
        }
        return items;
    }

    private static Item of(
            Manifest.Properties p, Manifest manifest, Inputs inputs, Console console) {
        List<Manifest.Broken> broken =
                manifest.broken().stream().filter(b -> b.spec().equals(p.spec())).toList();
        List<Manifest.Liveness> liveness =
                manifest.liveness().stream().filter(l -> l.spec().equals(p.spec())).toList();
        return new Item(
                PROPERTIES,
                p.spec() + "-properties",
                p.spec(),
                inputs.properties(p, broken, liveness),
                true,
                () ->
                        new PropertiesCheck(console, manifest.directory(), p, broken, liveness)
                                .run());
    }

    /** The input hash of each item. */
    static Map<String, String> hashes(List<Item> items) {
        Map<String, String> hashes = new HashMap<>();
        items.forEach(i -> hashes.put(i.name(), i.inputs().hash()));
        return hashes;
    }

    private static Proof seen(Vacuity vacuity, String spec, int graphs, Console console) {
        console.begin(VACUITY, spec);
        Set<String> unseen = vacuity.unseen(spec);
        unseen.forEach(what -> console.line("  FAILED: %s", what));
        if (unseen.isEmpty()) {
            console.line("  %-14s every action enabled, every antecedent true somewhere", spec);
        }
        return new Proof(unseen.isEmpty(), Map.of("graphs", graphs), Set.of());
    }
}
