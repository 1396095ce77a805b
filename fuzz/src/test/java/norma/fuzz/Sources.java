package norma.fuzz;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The checkout's sources, and what the parser says of the Java ones; nothing is attributed. */
final class Sources {
    private static final Set<String> SKIPPED = Set.of(".git", ".norma");

    private Sources() {}

    /**
     * A method's place and length, both ends counted.
     *
     * @param file the source file
     * @param name the method's name
     * @param lines from the signature to the closing brace
     */
    record Method(Path file, String name, long lines) {}

    /** All files below {@code root} whose names end with one of the suffixes. */
    static List<Path> find(Path root, String... suffixes) throws IOException {
        List<Path> found = new ArrayList<>();
        Files.walkFileTree(
                root,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path d, BasicFileAttributes a) {
                        String name = d.getFileName().toString();
                        return SKIPPED.contains(name)
                                        || name.equals("target")
                                        || name.startsWith("target-")
                                ? FileVisitResult.SKIP_SUBTREE
                                : FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path f, BasicFileAttributes a) {
                        for (String suffix : suffixes) {
                            if (f.toString().endsWith(suffix)) {
                                found.add(f);
                                break;
                            }
                        }
                        return FileVisitResult.CONTINUE;
                    }
                });
        found.sort(null);
        return found;
    }

    static boolean isMain(Path file) {
        return file.toString().contains("/src/main/java/");
    }

    static int lines(Path file) throws IOException {
        try (var lines = Files.lines(file)) {
            return (int) lines.count();
        }
    }

    /** All methods with bodies of the given Java files. */
    static List<Method> methods(List<Path> files) throws IOException {
        List<Method> methods = new ArrayList<>();
        parse(
                files,
                (trees, unit) -> {
                    Path file = Path.of(unit.getSourceFile().toUri());
                    SourcePositions positions = trees.getSourcePositions();
                    new TreeScanner<Void, Void>() {
                        @Override
                        public Void visitMethod(MethodTree method, Void unused) {
                            if (method.getBody() != null) {
                                methods.add(
                                        new Method(
                                                file,
                                                method.getName().toString(),
                                                lines(unit, positions, method)));
                            }
                            return super.visitMethod(method, unused);
                        }
                    }.scan(unit, null);
                });
        return methods;
    }

    private static long lines(CompilationUnitTree unit, SourcePositions positions, Tree tree) {
        var map = unit.getLineMap();
        return map.getLineNumber(positions.getEndPosition(unit, tree))
                - map.getLineNumber(positions.getStartPosition(unit, tree))
                + 1;
    }

    /** Files that begin with no comment and whose first type has no documentation comment. */
    static List<Path> withoutHeader(List<Path> files) throws IOException {
        List<Path> bare = new ArrayList<>();
        parse(
                files,
                (trees, unit) -> {
                    Path file = Path.of(unit.getSourceFile().toUri());
                    if (!beginsWithComment(unit) && !firstTypeIsDocumented(trees, unit)) {
                        bare.add(file);
                    }
                });
        return bare;
    }

    private static boolean beginsWithComment(CompilationUnitTree unit) throws IOException {
        String text = unit.getSourceFile().getCharContent(true).toString().stripLeading();
        return text.startsWith("//") || text.startsWith("/*");
    }

    private static boolean firstTypeIsDocumented(DocTrees trees, CompilationUnitTree unit) {
        TreePath root = new TreePath(unit);
        return unit.getTypeDecls().stream()
                .filter(t -> t instanceof ClassTree)
                .findFirst()
                .map(t -> trees.getDocComment(new TreePath(root, t)) != null)
                .orElse(false);
    }

    private interface UnitVisitor {
        void visit(DocTrees trees, CompilationUnitTree unit) throws IOException;
    }

    private static void parse(List<Path> files, UnitVisitor visitor) throws IOException {
        if (files.isEmpty()) {
            return;
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task =
                    (JavacTask)
                            compiler.getTask(
                                    null,
                                    manager,
                                    null,
                                    List.of("-proc:none"),
                                    null,
                                    manager.getJavaFileObjectsFromPaths(files));
            DocTrees trees = DocTrees.instance(task);
            for (CompilationUnitTree unit : task.parse()) {
                visitor.visit(trees, unit);
            }
        }
    }
}
