package norma.checker;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CompoundAssignmentTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewArrayTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TaskEvent;
import com.sun.source.util.TaskListener;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.util.List;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeMirror;
import javax.tools.Diagnostic;

/**
 * A method under {@code @NoAlloc} neither allocates (objects, arrays, boxes, lambdas, string
 * concatenation, varargs) nor calls one that may. The annotation counts on the method, on its class
 * or on its package.
 *
 * <p>This is the early, per-file half of the rule; the ahead-of-time compiler repeats it over the
 * closed world with call chains. Hence calls into the JDK are judged by a short list ({@link
 * JdkCalls}), and a call of anything else needs the annotation at the callee.
 *
 * <p>{@code throw new} is let through: in the kernel a throw is the panic path, which the compiler
 * replaces by a preallocated report.
 */
@SupportedAnnotationTypes("*")
public final class NoAllocationChecker extends AbstractProcessor implements TaskListener {
    /** Matched by name, so that this module does not depend on the annotation's shape. */
    private static final String ANNOTATION = "norma.quals.NoAlloc";

    /** Replaced by machine instructions: its body exists on the host only. */
    private static final String INTRINSIC = "norma.quals.Intrinsic";

    private Trees trees;

    /** For the service loader. */
    @SuppressWarnings("NullAway.Init") // init() runs before anything else.
    public NoAllocationChecker() {}

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latest();
    }

    @Override
    public synchronized void init(ProcessingEnvironment env) {
        super.init(env);
        trees = Trees.instance(env);
        JavacTask.instance(env).addTaskListener(this);
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        return false;
    }

    /** Runs after attribution, when every tree has its type. */
    @Override
    public void finished(TaskEvent event) {
        if (event.getKind() != TaskEvent.Kind.ANALYZE || event.getTypeElement() == null) {
            return;
        }
        TreePath path = trees.getPath(event.getTypeElement());
        if (path != null) {
            new Scan().scan(path, null);
        }
    }

    /**
     * Whether the element, its class or its package carries the annotation. The ABI's static
     * methods on primitives count as if they did, and are checked as if they did: their module is
     * below the annotation's.
     */
    private static boolean isNoAlloc(Element element) {
        if (isAbiArithmetic(element)) {
            return true;
        }
        if (hasOwn(element, INTRINSIC)) {
            return true;
        }
        for (Element e = element; e != null; e = e.getEnclosingElement()) {
            if (hasOwn(e, ANNOTATION)) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasOwn(Element element, String annotation) {
        for (AnnotationMirror mirror : element.getAnnotationMirrors()) {
            TypeElement type = (TypeElement) mirror.getAnnotationType().asElement();
            if (type.getQualifiedName().contentEquals(annotation)) {
                return true;
            }
        }
        return false;
    }

    private static String simpleOwner(ExecutableElement callee) {
        Element owner = callee.getEnclosingElement();
        return owner == null ? "?" : owner.getSimpleName().toString();
    }

    private static boolean isAbiArithmetic(Element element) {
        return element instanceof ExecutableElement method
                && method.getModifiers().contains(Modifier.STATIC)
                && method.getReturnType().getKind().isPrimitive()
                && method.getEnclosingElement() instanceof TypeElement owner
                && owner.getQualifiedName().toString().startsWith("norma.abi.");
    }

    private final class Scan extends TreePathScanner<Void, Void> {
        private boolean on;

        private void report(Tree at, String what) {
            if (on) {
                trees.printMessage(
                        Diagnostic.Kind.ERROR,
                        "[noalloc] " + what + " in a @NoAlloc method",
                        at,
                        getCurrentPath().getCompilationUnit());
            }
        }

        @Override
        public Void visitMethod(MethodTree method, Void unused) {
            boolean was = on;
            Element element = trees.getElement(getCurrentPath());
            // A class initialiser or constructor of a @NoAlloc class runs at boot: only a direct
            // annotation binds a constructor.
            on =
                    element != null
                            && !hasOwn(element, INTRINSIC)
                            && (method.getReturnType() == null
                                    ? hasOwn(element, ANNOTATION)
                                    : isNoAlloc(element));
            super.visitMethod(method, unused);
            on = was;
            return null;
        }

        /** An annotation's array of values is not code. */
        @Override
        public Void visitAnnotation(AnnotationTree tree, Void unused) {
            return null;
        }

        @Override
        public Void visitThrow(ThrowTree tree, Void unused) {
            return null;
        }

        @Override
        public Void visitNewClass(NewClassTree tree, Void unused) {
            report(tree, "new " + tree.getIdentifier());
            return super.visitNewClass(tree, unused);
        }

        @Override
        public Void visitNewArray(NewArrayTree tree, Void unused) {
            report(tree, "array creation");
            return super.visitNewArray(tree, unused);
        }

        @Override
        public Void visitLambdaExpression(LambdaExpressionTree tree, Void unused) {
            report(tree, "lambda");
            return super.visitLambdaExpression(tree, unused);
        }

        @Override
        public Void visitMemberReference(MemberReferenceTree tree, Void unused) {
            report(tree, "method reference");
            return super.visitMemberReference(tree, unused);
        }

        @Override
        public Void visitBinary(BinaryTree tree, Void unused) {
            // Two literals fold at compile time; anything else is a StringBuilder or an indy call.
            if (tree.getKind() == Tree.Kind.PLUS && isString(getCurrentPath()) && !isConstant()) {
                report(tree, "string concatenation");
            }
            return super.visitBinary(tree, unused);
        }

        @Override
        public Void visitCompoundAssignment(CompoundAssignmentTree tree, Void unused) {
            if (isString(getCurrentPath())) {
                report(tree, "string concatenation");
            }
            return super.visitCompoundAssignment(tree, unused);
        }

        @Override
        public Void visitMethodInvocation(MethodInvocationTree tree, Void unused) {
            if (trees.getElement(getCurrentPath()) instanceof ExecutableElement callee) {
                if (!isNoAlloc(callee) && !JdkCalls.allocationFree(callee)) {
                    report(
                            tree,
                            "call of "
                                    + simpleOwner(callee)
                                    + "."
                                    + callee.getSimpleName()
                                    + ", which is not @NoAlloc,");
                }
                checkArguments(callee, tree.getArguments());
            }
            return super.visitMethodInvocation(tree, unused);
        }

        /** Arguments box or become a varargs array without a tree of their own. */
        private void checkArguments(
                ExecutableElement callee, List<? extends ExpressionTree> arguments) {
            if (JdkCalls.signaturePolymorphic(callee)) {
                return; // VarHandle and MethodHandle: exact types, no array.
            }
            var parameters = callee.getParameters();
            if (callee.isVarArgs() && arguments.size() != parameters.size()) {
                report(arguments.isEmpty() ? currentLeaf() : arguments.getFirst(), "varargs array");
                return;
            }
            for (int i = 0; i < arguments.size() && i < parameters.size(); i++) {
                TypeMirror given =
                        trees.getTypeMirror(new TreePath(getCurrentPath(), arguments.get(i)));
                TypeMirror wanted = parameters.get(i).asType();
                if (given != null
                        && given.getKind().isPrimitive()
                        && !wanted.getKind().isPrimitive()) {
                    report(arguments.get(i), "boxing");
                }
            }
        }

        private Tree currentLeaf() {
            return getCurrentPath().getLeaf();
        }

        private boolean isConstant() {
            return getCurrentPath().getLeaf() instanceof BinaryTree b
                    && b.getLeftOperand().getKind() == Tree.Kind.STRING_LITERAL
                    && b.getRightOperand().getKind() == Tree.Kind.STRING_LITERAL;
        }

        private boolean isString(TreePath path) {
            TypeMirror type = trees.getTypeMirror(path);
            return type != null && type.toString().equals("java.lang.String");
        }
    }
}
