package norma.checker;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.util.List;
import java.util.function.BiConsumer;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Field accesses and calls within one expression or simple statement, in evaluation order. */
final class GuardExpressions {
    private final Trees trees;
    private final TreePath method;
    private final BiConsumer<Tree, String> report;

    GuardExpressions(Trees trees, TreePath method, BiConsumer<Tree, String> report) {
        this.trees = trees;
        this.method = method;
        this.report = report;
    }

    HeldLocks evaluate(Tree tree, HeldLocks held) {
        Walk walk = new Walk(held);
        walk.scan(trees.getPath(method.getCompilationUnit(), tree), null);
        return walk.held;
    }

    private final class Walk extends TreePathScanner<Void, Void> {
        private HeldLocks held;

        Walk(HeldLocks held) {
            this.held = held;
        }

        /** Runs at another time, under other locks; the kernel has none outside its tests. */
        @Override
        public Void visitLambdaExpression(LambdaExpressionTree tree, Void unused) {
            return null;
        }

        @Override
        public Void visitClass(ClassTree tree, Void unused) {
            return null;
        }

        @Override
        public Void visitIdentifier(IdentifierTree tree, Void unused) {
            access(tree);
            return null;
        }

        @Override
        public Void visitMemberSelect(MemberSelectTree tree, Void unused) {
            super.visitMemberSelect(tree, unused);
            access(tree);
            return null;
        }

        private void access(Tree tree) {
            Element element = trees.getElement(getCurrentPath());
            if (element == null || element.getKind() != ElementKind.FIELD) {
                return;
            }
            List<String> guards = LockAnnotations.names(element, LockAnnotations.GUARDED_BY);
            if (!guards.isEmpty() && !held.holdsAny(guards)) {
                report.accept(
                        tree,
                        lockName(element)
                                + " needs "
                                + String.join(" or ", guards)
                                + ", "
                                + held
                                + " is held");
            }
        }

        @Override
        public Void visitMethodInvocation(MethodInvocationTree tree, Void unused) {
            super.visitMethodInvocation(tree, unused);
            if (trees.getElement(getCurrentPath()) instanceof ExecutableElement callee) {
                for (String lock : LockAnnotations.names(callee, LockAnnotations.HOLDING)) {
                    if (!held.holds(lock)) {
                        report.accept(
                                tree,
                                "call of "
                                        + callee.getSimpleName()
                                        + " needs "
                                        + lock
                                        + ", "
                                        + held
                                        + " is held");
                    }
                }
                change(tree, callee, LockAnnotations.RELEASES, -1);
                change(tree, callee, LockAnnotations.ACQUIRES, 1);
            }
            return null;
        }

        private void change(
                MethodInvocationTree tree, ExecutableElement callee, String which, int delta) {
            if (!LockAnnotations.has(callee, which)) {
                return;
            }
            List<String> names = LockAnnotations.names(callee, which);
            if (names.isEmpty()) {
                String own = receiverName(tree);
                if (own == null) {
                    report.accept(tree, "the lock is not a field, so it has no class");
                    return;
                }
                names = List.of(own);
            }
            for (String name : names) {
                if (delta < 0 && !held.holds(name)) {
                    report.accept(tree, "releases " + name + ", " + held + " is held");
                    return;
                }
            }
            held = held.plus(names, delta);
        }

        /** {@code channel.lock.acquire()} is of the class {@code Channel.lock}. */
        private @Nullable String receiverName(MethodInvocationTree tree) {
            if (!(tree.getMethodSelect() instanceof MemberSelectTree select)) {
                return null;
            }
            ExpressionTree receiver = select.getExpression();
            Element element =
                    trees.getElement(
                            new TreePath(new TreePath(getCurrentPath(), select), receiver));
            return element != null && element.getKind() == ElementKind.FIELD
                    ? lockName(element)
                    : null;
        }

        private String lockName(Element field) {
            Element owner = field.getEnclosingElement();
            return (owner == null ? "?" : owner.getSimpleName()) + "." + field.getSimpleName();
        }
    }
}
