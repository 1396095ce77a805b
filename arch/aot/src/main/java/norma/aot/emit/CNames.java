// Contract: the C names of classes, methods, fields, objects and dispatchers.
// Invariant: injective and a function of class files only. An underscore of a Java name becomes
// "_1", so that no two Java names meet.
// Owner: norma.aot.emit.
package norma.aot.emit;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import norma.aot.load.JavaClass;
import norma.aot.load.JavaField;
import norma.aot.load.JavaMethod;
import norma.aot.reach.Program;
import norma.aot.reach.Selector;

/** Names in the generated C. */
public final class CNames {
    private final Map<Selector, String> dispatchers = new HashMap<>();
    private final Map<JavaClass, Integer> classIds;

    CNames(Program program) {
        int number = 0;
        for (Selector selector : program.selectors().keySet()) {
            dispatchers.put(
                    selector,
                    "D"
                            + number++
                            + "_"
                            + mangle(selector.owner().name())
                            + "_"
                            + mangle(selector.declared().name()));
        }
        classIds = numberClasses(program);
    }

    /** Ids follow the class tree in preorder, so that the ids of subclasses are contiguous. */
    private static Map<JavaClass, Integer> numberClasses(Program program) {
        TreeSet<String> paths = new TreeSet<>();
        Map<String, JavaClass> byPath = new HashMap<>();
        for (JavaClass type : withString(program)) {
            String path = path(type);
            paths.add(path);
            byPath.put(path, type);
        }
        Map<JavaClass, Integer> ids = new LinkedHashMap<>();
        paths.forEach(path -> ids.put(byPath.get(path), ids.size() + 1));
        return ids;
    }

    private static List<JavaClass> withString(Program program) {
        List<JavaClass> types = new java.util.ArrayList<>(program.instantiated());
        JavaClass string = program.world().get("java/lang/String");
        if (!types.contains(string)) {
            types.add(string);
        }
        types.addAll(program.laidOut().stream().filter(t -> !types.contains(t)).toList());
        return types;
    }

    private static String path(JavaClass type) {
        String parent = type.superclass().map(CNames::path).orElse("");
        return parent + "\u0001" + type.name();
    }

    /** Class ids of all classes that have one, ascending. */
    Map<JavaClass, Integer> classIds() {
        return classIds;
    }

    int classId(JavaClass type) {
        Integer id = classIds.get(type);
        if (id == null) {
            throw new IllegalArgumentException("no instance of " + type);
        }
        return id;
    }

    /** The C name of a method: its symbol, its intrinsic, or its mangled Java name. */
    public static String method(JavaMethod method) {
        return method.entrySymbol().or(method::intrinsic).orElseGet(() -> mangledMethod(method));
    }

    private static String mangledMethod(JavaMethod method) {
        String base = mangle(method.owner().name()) + "_" + mangle(method.name());
        boolean overloaded =
                method.owner().methods().stream()
                                .filter(m -> m.name().equals(method.name()))
                                .count()
                        > 1;
        return overloaded
                ? base + "__" + Integer.toHexString(method.descriptor().hashCode())
                : base;
    }

    String dispatcher(Selector selector) {
        String name = dispatchers.get(selector);
        if (name == null) {
            throw new IllegalArgumentException("unknown selector " + selector);
        }
        return name;
    }

    static String struct(JavaClass type) {
        return "struct O_" + mangle(type.name());
    }

    static String typeTest(JavaClass type) {
        return "is_" + mangle(type.name());
    }

    static String staticField(JavaField field) {
        return "S_" + mangle(field.owner().name()) + "_" + mangle(field.name());
    }

    /** A member name; a field that hides an inherited one gets its owner's name too. */
    static String member(JavaField field) {
        boolean hides =
                field.owner()
                        .superclass()
                        .map(s ->
                                s.instanceFields().stream()
                                        .anyMatch(f -> f.name().equals(field.name())))
                        .orElse(false);
        String name = "f_" + mangle(field.name());
        return hides ? name + "__" + mangle(field.owner().name()) : name;
    }

    static String image(int number) {
        return "RT_IMAGE(" + number + ")";
    }

    static String mangle(String name) {
        StringBuilder mangled = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean plain = c < 128 && Character.isLetterOrDigit(c);
            switch (c) {
                case '/' -> mangled.append('_');
                case '_' -> mangled.append("_1");
                case '$' -> mangled.append("_2");
                case '[' -> mangled.append("_3");
                case ';' -> mangled.append("_4");
                case '<' -> mangled.append("_5");
                case '>' -> mangled.append("_6");
                default -> mangled.append(plain ? "" + c : "_0%04x".formatted((int) c));
            }
        }
        return mangled.toString();
    }

    /** A C declaration without the semicolon, with parameters named as the method's locals. */
    static String signature(JavaMethod method, String name) {
        StringBuilder text = new StringBuilder(method.resultKind().cType());
        text.append(' ').append(name).append('(');
        List<JavaMethod.Parameter> parameters = method.parameters();
        for (int i = 0; i < parameters.size(); i++) {
            JavaMethod.Parameter p = parameters.get(i);
            text.append(i == 0 ? "" : ", ").append(p.kind().cType()).append(' ');
            text.append(local(p.slot(), p.kind().suffix()));
        }
        return text.append(parameters.isEmpty() ? "void)" : ")").toString();
    }

    static String local(int slot, char suffix) {
        return "v" + slot + suffix;
    }

    static String stack(int position, char suffix) {
        return "s" + position + suffix;
    }
}
