package norma.conformance.conform;

import java.io.PrintStream;
import norma.conformance.job.ConformOptions;

/** Kernels with seeded bugs. */
final class KillMatrix {
    KillMatrix(ConformOptions options, PrintStream out) {}

    int run() {
        return 4;
    }
}
