package norma.checker;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.BreakTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.ContinueTree;
import com.sun.source.tree.DoWhileLoopTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.LabeledStatementTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.WhileLoopTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import javax.lang.model.element.ExecutableElement;
import javax.tools.Diagnostic;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Follows the locks held through one method's statements.
 *
 * <p>What is held after a branching is what every way there holds. A loop must end each round with
 * what it began with, so one pass is enough. A throw is the kernel's panic: nothing is checked
 * there.
 */
final class GuardAnalysis {
    private final Trees trees;
    private final TreePath method;
    private final HeldLocks atEntry;
    private final HeldLocks atReturn;
    private final GuardExpressions expressions;

    /** States at the breaks of the enclosing loops and switches, innermost first. */
    private final Deque<List<HeldLocks>> breaks = new ArrayDeque<>();

    GuardAnalysis(Trees trees, TreePath method, ExecutableElement element) {
        this.trees = trees;
        this.method = method;
        List<String> acquired = LockAnnotations.names(element, LockAnnotations.ACQUIRES);
        List<String> released = LockAnnotations.names(element, LockAnnotations.RELEASES);
        atEntry =
                HeldLocks.NONE
                        .plus(LockAnnotations.names(element, LockAnnotations.HOLDING), 1)
                        .plus(released, 1);
        atReturn = atEntry.plus(released, -1).plus(acquired, 1);
        expressions = new GuardExpressions(trees, method, this::report);
    }

    void run(BlockTree body) {
        HeldLocks end = statement(body, atEntry);
        checkReturn(body, end);
    }

    private void report(Tree at, String message) {
        trees.printMessage(
                Diagnostic.Kind.ERROR, "[guard] " + message, at, method.getCompilationUnit());
    }

    private void checkReturn(Tree at, @Nullable HeldLocks held) {
        if (held != null && !held.equals(atReturn)) {
            report(at, "returns with " + held + " held, declared is " + atReturn);
        }
    }

    private HeldLocks expression(@Nullable Tree tree, HeldLocks held) {
        return tree == null ? held : expressions.evaluate(tree, held);
    }

    /** What is held after the statement, or null when it never completes. */
    private @Nullable HeldLocks statement(@Nullable StatementTree tree, @Nullable HeldLocks held) {
        if (tree == null || held == null) {
            return held;
        }
        return switch (tree) {
            case BlockTree block -> sequence(block.getStatements(), held);
            case LabeledStatementTree labeled -> statement(labeled.getStatement(), held);
            case IfTree branch -> branch(branch, held);
            case WhileLoopTree loop -> loop(loop, loop.getCondition(), loop.getStatement(), held);
            case DoWhileLoopTree loop -> loop(loop, loop.getCondition(), loop.getStatement(), held);
            case ForLoopTree loop -> forLoop(loop, held);
            case EnhancedForLoopTree loop ->
                    loop(loop, null, loop.getStatement(), expression(loop.getExpression(), held));
            case SwitchTree choice -> choice(choice, held);
            case TryTree attempt -> attempt(attempt, held);
            case ReturnTree end -> {
                checkReturn(end, expression(end.getExpression(), held));
                yield null;
            }
            case ThrowTree panic -> null;
            case BreakTree leave -> {
                List<HeldLocks> target = breaks.peek();
                if (target != null) {
                    target.add(held);
                }
                yield null;
            }
            case ContinueTree next -> null;
            default -> expression(tree, held);
        };
    }

    private @Nullable HeldLocks sequence(List<? extends StatementTree> list, HeldLocks held) {
        HeldLocks now = held;
        for (StatementTree statement : list) {
            now = statement(statement, now);
        }
        return now;
    }

    private @Nullable HeldLocks branch(IfTree tree, HeldLocks held) {
        HeldLocks condition = expression(tree.getCondition(), held);
        HeldLocks then = statement(tree.getThenStatement(), condition);
        // "if (other != null) other.lock.acquire()": where there is no other, nothing of its is
        // touched.
        if (then != null
                && tree.getElseStatement() == null
                && isPresenceTest(tree.getCondition())) {
            return then;
        }
        return HeldLocks.merge(then, statement(tree.getElseStatement(), condition));
    }

    private static boolean isPresenceTest(ExpressionTree condition) {
        return inner(condition) instanceof BinaryTree test
                && test.getKind() == Tree.Kind.NOT_EQUAL_TO
                && test.getRightOperand().getKind() == Tree.Kind.NULL_LITERAL;
    }

    private static ExpressionTree inner(ExpressionTree condition) {
        return condition instanceof ParenthesizedTree p ? p.getExpression() : condition;
    }

    private @Nullable HeldLocks forLoop(ForLoopTree tree, HeldLocks held) {
        HeldLocks start = sequence(tree.getInitializer(), held);
        if (start == null) {
            return null;
        }
        tree.getUpdate().forEach(update -> expression(update, start));
        return loop(tree, tree.getCondition(), tree.getStatement(), start);
    }

    /** A loop without condition, or with the condition {@code true}, ends by break only. */
    private @Nullable HeldLocks loop(
            Tree tree, @Nullable ExpressionTree condition, StatementTree body, HeldLocks held) {
        breaks.push(new ArrayList<>());
        HeldLocks start = expression(condition, held);
        HeldLocks end = statement(body, start);
        if (end != null && !end.equals(held)) {
            report(tree, "a round of the loop begins with " + held + " held and ends with " + end);
        }
        boolean endless =
                tree instanceof EnhancedForLoopTree
                        ? false
                        : condition == null || isTrue(condition);
        return mergeBreaks(endless ? null : start);
    }

    private @Nullable HeldLocks mergeBreaks(@Nullable HeldLocks held) {
        HeldLocks merged = held;
        for (HeldLocks at : breaks.pop()) {
            merged = HeldLocks.merge(merged, at);
        }
        return merged;
    }

    private static boolean isTrue(ExpressionTree condition) {
        return inner(condition) instanceof LiteralTree literal
                && Boolean.TRUE.equals(literal.getValue());
    }

    private @Nullable HeldLocks choice(SwitchTree tree, HeldLocks held) {
        HeldLocks entry = expression(tree.getExpression(), held);
        breaks.push(new ArrayList<>());
        HeldLocks end = null;
        HeldLocks through = null;
        boolean complete = false;
        for (CaseTree one : tree.getCases()) {
            complete |=
                    one.getLabels().stream()
                            .anyMatch(l -> l.getKind().name().startsWith("DEFAULT"));
            if (one.getCaseKind() == CaseTree.CaseKind.RULE) {
                end = HeldLocks.merge(end, rule(one, entry));
            } else {
                HeldLocks start = HeldLocks.merge(entry, through);
                through = start == null ? null : sequence(one.getStatements(), start);
            }
        }
        end = HeldLocks.merge(end, through);
        return mergeBreaks(complete ? end : HeldLocks.merge(end, entry));
    }

    private @Nullable HeldLocks rule(CaseTree one, HeldLocks entry) {
        return one.getBody() instanceof StatementTree statement
                ? statement(statement, entry)
                : expression(one.getBody(), entry);
    }

    private @Nullable HeldLocks attempt(TryTree tree, HeldLocks held) {
        HeldLocks end = statement(tree.getBlock(), held);
        for (var handler : tree.getCatches()) {
            end = HeldLocks.merge(end, statement(handler.getBlock(), held));
        }
        return tree.getFinallyBlock() == null
                ? end
                : statement(tree.getFinallyBlock(), end == null ? held : end);
    }
}
