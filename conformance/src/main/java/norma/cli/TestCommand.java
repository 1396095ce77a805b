package norma.cli;

import java.util.List;
import java.util.concurrent.Callable;
import norma.cli.gate.Gate;
import norma.cli.gate.GateContext;
import norma.cli.gate.GateRunner;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code norma test}: all gates, in order, each with its budget. */
@Command(
        name = "test",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Runs every gate in order and prints each before it starts; ends with a table of"
                    + " budgets and the line 'N passed, N failed', which counts test cases."
        })
final class TestCommand implements Callable<Integer> {
    /** One of the two, or neither. */
    private static final class Extent {
        @Option(names = "--quick", description = "A subset that takes at most four minutes.")
        private boolean quick;

        @Option(
                names = "--full",
                description = "Everything: proves also what has evidence and is unchanged.")
        private boolean full;
    }

    @ArgGroup(exclusive = true, multiplicity = "0..1")
    private Extent extent = new Extent();

    @Option(names = "--list", description = "List the gates and run nothing.")
    private boolean list;

    @Override
    public Integer call() {
        GateContext context = new GateContext(Roots.root(), extent.quick, extent.full);
        List<Gate> gates = Gates.select(context);
        if (list) {
            gates.forEach(g -> System.out.printf("%-18s %5d s%n", g.name(), g.budgetSeconds()));
            return 0;
        }
        return new GateRunner(context, System.out).run(gates);
    }
}
