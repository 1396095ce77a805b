package norma.speccheck;

import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;

/**
 * {@code norma-spec-check [--root DIR] OPTIONS}: the command line's way to {@link CheckMain}, whose
 * options these are.
 */
public final class SpecCheckTool implements ToolProvider {
    /** For the service loader. */
    public SpecCheckTool() {}

    @Override
    public String name() {
        return "norma-spec-check";
    }

    @Override
    public int run(PrintWriter out, PrintWriter err, String... arguments) {
        List<String> options = new ArrayList<>();
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i].equals("--root")) {
                i++; // CheckMain finds the checkout by the same property.
            } else {
                options.add(arguments[i]);
            }
        }
        return CheckMain.run(options.toArray(String[]::new), stream(out), stream(err));
    }

    /** The checks print ASCII to streams; the tool interface has writers. */
    private static PrintStream stream(PrintWriter writer) {
        OutputStream bytes =
                new OutputStream() {
                    @Override
                    public void write(int b) {
                        writer.write(b & 0x7f);
                        if (b == '\n') {
                            writer.flush();
                        }
                    }
                };
        return new PrintStream(bytes, true, StandardCharsets.US_ASCII);
    }
}
