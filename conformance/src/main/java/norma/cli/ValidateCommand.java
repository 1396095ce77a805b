package norma.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import norma.conformance.job.UsageException;
import norma.conformance.job.ValidateEngine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code norma validate}: a saved trace, offline. */
@Command(
        name = "validate",
        mixinStandardHelpOptions = true,
        description = {
            "Checks a trace saved by 'norma run --save' against the model, without a machine,"
                    + " and recomputes every count of the run."
        })
final class ValidateCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "The saved trace.")
    private Path trace;

    @Override
    public Integer call() throws Exception {
        if (!Files.isRegularFile(trace) || !Files.isReadable(trace)) {
            throw new UsageException("cannot read the trace " + trace);
        }
        return Engines.require(ValidateEngine.class).validate(trace, System.out);
    }
}
