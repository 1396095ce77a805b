package norma.speccheck.tlc;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tla2sany.semantic.OpApplNode;
import tla2sany.semantic.OpDefNode;
import tla2sany.semantic.SemanticNode;
import tlc2.tool.Action;
import tlc2.tool.EvalControl;
import tlc2.tool.IContextEnumerator;
import tlc2.tool.TLCState;
import tlc2.tool.impl.Tool;
import tlc2.util.Context;
import tlc2.value.IValue;
import tlc2.value.impl.BoolValue;

/**
 * Finds implications of invariants whose antecedent is never true: such an invariant says nothing.
 *
 * <p>Looks through conjunctions, bounded universal quantifiers and definitions without parameters.
 * An implication is looked at until its antecedent has been true once.
 */
final class Implications {
    private static final String FOR_ALL = "$BoundedForall";
    private static final Set<String> CONJUNCTIONS = Set.of("$ConjList", "\\land");
    private static final String IMPLIES = "=>";

    private final Tool tool;
    private final List<Action> open = new ArrayList<>();
    private final Set<SemanticNode> witnessed = new HashSet<>();
    private final Set<SemanticNode> pending = new HashSet<>();

    Implications(Tool tool) {
        this.tool = tool;
        for (Action invariant : tool.getInvariants()) {
            open.add(invariant);
        }
    }

    void look(TLCState state) {
        open.removeIf(invariant -> !hasOpen(invariant, state));
    }

    private boolean hasOpen(Action invariant, TLCState state) {
        int before = pending.size();
        boolean seen = visit(invariant.pred, invariant.con, state);
        return seen || pending.size() != before;
    }

    List<String> vacuous() {
        List<String> result = new ArrayList<>();
        for (SemanticNode node : pending) {
            if (!witnessed.contains(node)) {
                result.add(node.getLocation().toString());
            }
        }
        return result;
    }

    /** Returns whether there is an implication that still has no witness. */
    private boolean visit(SemanticNode node, Context context, TLCState state) {
        if (!(node instanceof OpApplNode application)) {
            return false;
        }
        String operator = application.getOperator().getName().toString();
        boolean unresolved = false;
        if (operator.equals(FOR_ALL)) {
            IContextEnumerator contexts =
                    tool.contexts(application, context, state, TLCState.Empty, EvalControl.Clear);
            Context bound;
            while ((bound = contexts.nextElement()) != null) {
                unresolved |= visit(application.getArgs()[0], bound, state);
            }
        } else if (CONJUNCTIONS.contains(operator)) {
            for (SemanticNode conjunct : application.getArgs()) {
                unresolved |= visit(conjunct, context, state);
            }
        } else if (operator.equals(IMPLIES)) {
            unresolved = implication(application, context, state);
        } else if (application.getOperator() instanceof OpDefNode definition
                && application.getArgs().length == 0
                && definition.getBody() != null) {
            unresolved = visit(definition.getBody(), context, state);
        }
        return unresolved;
    }

    private boolean implication(OpApplNode node, Context context, TLCState state) {
        if (witnessed.contains(node)) {
            return false;
        }
        pending.add(node);
        IValue antecedent = tool.eval(node.getArgs()[0], context, state);
        if (antecedent instanceof BoolValue truth && truth.val) {
            witnessed.add(node);
            return false;
        }
        return true;
    }
}
