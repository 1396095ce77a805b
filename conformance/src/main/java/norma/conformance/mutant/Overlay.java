package norma.conformance.mutant;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes a mutant's class files. */
public final class Overlay {
    private final ClassLoader loader;
    private final ClassFile classFile;

    /** Reads the kernel's classes as resources of {@code loader}. */
    public Overlay(ClassLoader loader) {
        this.loader = loader;
        ClassHierarchyResolver kernel =
                ClassHierarchyResolver.ofResourceParsing(loader)
                        .orElse(ClassHierarchyResolver.defaultResolver());
        classFile = ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(kernel));
    }

    /**
     * Writes the changed classes below {@code folder}, under their package paths; the places of the
     * edits, in the mutant's order.
     */
    public List<Place> write(Mutant mutant, Path folder) throws IOException, MutationException {
        List<Place> places = new ArrayList<>();
        for (Map.Entry<String, byte[]> changed : classes(mutant, places).entrySet()) {
            Path file = folder.resolve(changed.getKey() + ".class");
            Path parent = file.getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            Files.write(file, changed.getValue());
        }
        return places;
    }

    /** The changed classes, by internal name. */
    public Map<String, byte[]> classes(Mutant mutant) throws IOException, MutationException {
        return classes(mutant, new ArrayList<>());
    }

    private Map<String, byte[]> classes(Mutant mutant, List<Place> places)
            throws IOException, MutationException {
        Map<String, byte[]> changed = new LinkedHashMap<>();
        for (Mutation mutation : mutant.mutations()) {
            String name = mutation.internalName();
            byte[] bytes = changed.get(name);
            try {
                byte[] before = bytes == null ? original(name) : bytes;
                changed.put(name, mutated(before, mutation, places));
            } catch (IllegalArgumentException | ClassCastException e) {
                throw new MutationException(mutant.name() + ": " + e.getMessage());
            } catch (MutationException e) {
                throw new MutationException(mutant.name() + ": " + e.getMessage());
            }
        }
        return changed;
    }

    private byte[] original(String name) throws IOException, MutationException {
        try (InputStream in = loader.getResourceAsStream(name + ".class")) {
            if (in == null) {
                throw new MutationException("no class " + name + " on the class path");
            }
            return in.readAllBytes();
        }
    }

    private byte[] mutated(byte[] bytes, Mutation mutation, List<Place> places)
            throws MutationException {
        ClassModel model = classFile.parse(bytes);
        MethodModel target = null;
        int at = -1;
        List<String> listings = new ArrayList<>();
        int matches = 0;
        for (MethodModel method : model.methods()) {
            CodeModel code = method.code().orElse(null);
            if (code == null || !method.methodName().equalsString(mutation.method())) {
                continue;
            }
            Listing listing = new Listing(code);
            listings.addAll(listing.lines());
            for (int index : listing.find(mutation.anchor())) {
                target = method;
                at = index;
                matches++;
            }
        }
        if (matches != 1 || target == null) {
            throw new MutationException(
                    mutation.className()
                            + "."
                            + mutation.method()
                            + ": the anchor \""
                            + mutation.anchor()
                            + "\" matches "
                            + matches
                            + " instructions of\n  "
                            + String.join("\n  ", listings));
        }
        places.add(Places.of(model, target, at));
        return transformed(model, target, at, mutation.edit());
    }

    private byte[] transformed(ClassModel model, MethodModel target, int at, Edit edit) {
        return classFile.transformClass(
                model,
                ClassTransform.transformingMethods(
                        m -> m == target,
                        (builder, element) -> {
                            if (element instanceof CodeModel code) {
                                builder.transformCode(
                                        code, new AtIndex(at, edit, new Listing(code)));
                            } else {
                                builder.with(element);
                            }
                        }));
    }

    /** Applies an edit to the instruction at an index and copies the rest. */
    private static final class AtIndex implements CodeTransform {
        private final int at;
        private final Edit edit;
        private final Listing listing;
        private int next;

        AtIndex(int at, Edit edit, Listing listing) {
            this.at = at;
            this.edit = edit;
            this.listing = listing;
        }

        @Override
        public void accept(CodeBuilder builder, @Nullable CodeElement element) {
            if (element instanceof Instruction instruction) {
                if (next++ == at) {
                    edit.apply(builder, instruction, listing::slot);
                    return;
                }
            }
            if (element != null) {
                builder.with(element);
            }
        }
    }
}
