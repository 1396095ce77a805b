package norma.kernel.sim.mutate;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import norma.kernel.sim.load.KernelLoader;

/**
 * All mutants of a kernel, in the order of its classes, methods and instructions.
 *
 * <p>Which there are is a function of the class files alone. Not made: mutants of what {@link Body}
 * leaves out, of the machine's side ({@code norma.kernel.hal}), of what runs before the kernel
 * boots ({@code norma.kernel.boot}, which has tests of its own), of class {@code Panic}, and of
 * class initialisers. Of more than an operator may make in one method ({@link Operator#most}), and
 * of more than {@link #ORDINARY} by the operators that are not about locks, records and orderings,
 * those are taken whose place in the method has the lowest hash, and of the others {@link
 * #OTHERS_IN} in a hundred, by a hash of their names: a change elsewhere changes nothing.
 */
final class Catalogue {
    /** Most mutants in one method by operators that are not {@link Operator#always} applied. */
    private static final int ORDINARY = 2;

    /** Of a hundred that the limits leave out, so many are taken after all. */
    private static final int OTHERS_IN = 57;

    /** A run that is not full looks at so many of a hundred of them: others with every seed. */
    private static final int LOOKED_AT_IN = 26;

    /** The same, of those that the limits allow. */
    private static final int LIMITED_LOOKED_AT_IN = 45;

    private static final int ALL = 100;

    private static final String SEED = "7";

    private static final String KERNEL = "norma.kernel.";

    private static final Set<String> OTHERS =
            Set.of(
                    "norma.kernel.sim.",
                    "norma.kernel.hal.",
                    "norma.kernel.boot.",
                    "norma.kernel.lang.Panic");

    private final Map<String, byte[]> classes;
    private final Map<String, Mutant> mutants = new LinkedHashMap<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final Set<String> constants = new HashSet<>();

    /** Names of those that the limits allow. */
    private final Set<String> limited = new HashSet<>();

    private final int others;

    private int possible;

    /** Mutants of the given classes, by name: no more than the limits allow. */
    Catalogue(Map<String, byte[]> classes) {
        this(classes, 0);
    }

    /** The same; of those beyond the limits also {@code others} in a hundred. */
    Catalogue(Map<String, byte[]> classes, int others) {
        this.others = others;
        this.classes = new TreeMap<>(classes);
        Map<String, Body> bodies = new LinkedHashMap<>();
        this.classes.values().forEach(bytes -> parse(bytes, bodies));
        Effects effects = new Effects(bodies);
        bodies.values().forEach(body -> add(body, effects));
    }

    /** Those of the kernel as it is. */
    static Catalogue ofKernel() {
        return ofKernel(OTHERS_IN);
    }

    /** All that are possible of the kernel. */
    static Catalogue possibleOfKernel() {
        return ofKernel(ALL);
    }

    private static Catalogue ofKernel(int others) {
        Map<String, byte[]> classes = new TreeMap<>();
        new KernelLoader((name, bytes) -> {
            if (name.startsWith(KERNEL) && OTHERS.stream().noneMatch(name::startsWith)) {
                classes.put(name, bytes);
            }
            return bytes;
        });
        return new Catalogue(classes, others);
    }

    /** The mutants by name. */
    Map<String, Mutant> mutants() {
        return mutants;
    }

    /** How many there would be if nothing were sampled. */
    int possible() {
        return possible;
    }

    /** The class file that a mutant changes, as it is. */
    byte[] original(Mutant mutant) {
        byte[] bytes = classes.get(mutant.type());
        if (bytes == null) {
            throw new IllegalStateException("no class " + mutant.type());
        }
        return bytes;
    }

    private void parse(byte[] bytes, Map<String, Body> bodies) {
        ClassModel model = ClassFile.of().parse(bytes);
        String owner = model.thisClass().asInternalName();
        for (FieldModel field : model.fields()) {
            if (field.flags().has(AccessFlag.FINAL)) {
                constants.add(owner + "." + field.fieldName().stringValue());
            }
        }
        for (MethodModel method : model.methods()) {
            if (method.code().isPresent() && !method.methodName().equalsString("<clinit>")) {
                bodies.put(owner + "." + Mutant.id(method), new Body(model, method));
            }
        }
    }

    private void add(Body body, Effects effects) {
        List<Mutant> all = new ArrayList<>();
        for (Operators.Found found : Operators.of(body, effects, constants::contains)) {
            Mutant mutant = named(body, found);
            if (found.operator() != Operator.SWAP || mutant.verifies(original(mutant))) {
                all.add(mutant);
            }
        }
        possible += all.size();
        Set<Mutant> taken = sample(all);
        taken.forEach(mutant -> limited.add(mutant.name()));
        all.stream()
                .filter(m -> taken.contains(m) || isAmong(m.name()))
                .forEach(m -> mutants.put(m.name(), m));
    }

    /** Is a mutant that the limits leave out among those that are taken after all? */
    private boolean isAmong(String name) {
        return others == ALL || place(name) < others;
    }

    private static long place(String name) {
        return ((hash(SEED + name) ^ Long.MIN_VALUE) >>> 1) / (Long.MAX_VALUE / ALL);
    }

    /** Does a run of this seed look at the mutant, if it is not full? */
    boolean isLookedAt(Mutant mutant, long seed) {
        int percent = limited.contains(mutant.name()) ? LIMITED_LOOKED_AT_IN : LOOKED_AT_IN;
        return place(seed + " " + mutant.name()) < percent;
    }

    private static Set<Mutant> sample(List<Mutant> all) {
        Map<Mutant, Long> order = new HashMap<>();
        int[] count = new int[Operator.values().length];
        for (Mutant mutant : all) {
            int number = count[mutant.operator().ordinal()]++;
            order.put(mutant, hash(mutant.type() + mutant.method() + mutant.operator() + number));
        }
        Set<Mutant> taken = new HashSet<>();
        for (Operator operator : Operator.values()) {
            all.stream()
                    .filter(m -> m.operator() == operator)
                    .sorted(Comparator.comparing(order::get))
                    .limit(operator.most)
                    .forEach(taken::add);
        }
        List<Mutant> ordinary = taken.stream().filter(m -> !m.operator().always()).toList();
        ordinary.stream()
                .sorted(Comparator.comparing(order::get))
                .skip(ORDINARY)
                .forEach(taken::remove);
        return taken;
    }

    private Mutant named(Body body, Operators.Found found) {
        String type = body.owner.thisClass().asInternalName().replace('/', '.');
        String method = body.method.methodName().stringValue();
        String place =
                type.substring(type.lastIndexOf('.') + 1)
                        + "."
                        + (body.constructs() ? "new" : method)
                        + ":"
                        + found.operator().text;
        int number = numbers.merge(place, 1, Integer::sum);
        return new Mutant(
                place + "-" + number,
                type.substring(type.lastIndexOf('.') + 1) + ".java:" + body.line(found.from()),
                found.operator(),
                type,
                Mutant.id(body.method),
                found.from(),
                found.to(),
                found.change());
    }

    /** A hash that is the same everywhere and always. */
    static long hash(String text) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 32)) * 0x9E3779B97F4A7C15L;
        return hash ^ (hash >>> 29);
    }
}
