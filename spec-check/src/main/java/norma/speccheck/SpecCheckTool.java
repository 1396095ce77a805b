package norma.speccheck;

import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;

/**
 * {@code norma-spec-check [--root DIR] [--spec NAME]... [--quick] [--full]}: the command line's way
 * to {@link CheckMain}. Every check runs in full each time, so {@code --full} adds nothing yet.
 */
public final class SpecCheckTool implements ToolProvider {
    private static final int USAGE = 2;

    /** For the service loader. */
    public SpecCheckTool() {}

    @Override
    public String name() {
        return "norma-spec-check";
    }

    @Override
    public int run(PrintWriter out, PrintWriter err, String... arguments) {
        List<String> common = new ArrayList<>();
        List<String> specs = new ArrayList<>();
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--root" -> i++; // CheckMain finds the checkout by the same property.
                case "--full" -> {}
                case "--spec" -> specs.add(arguments[++i]);
                default -> common.add(arguments[i]);
            }
        }
        PrintStream o = stream(out);
        PrintStream e = stream(err);
        if (specs.isEmpty()) {
            return CheckMain.run(common.toArray(String[]::new), o, e);
        }
        int worst = 0;
        for (String spec : specs) {
            List<String> all = new ArrayList<>(common);
            all.addAll(List.of("--spec", spec));
            int code = CheckMain.run(all.toArray(String[]::new), o, e);
            if (code == USAGE) {
                return code;
            }
            worst = Math.max(worst, code);
        }
        return worst;
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
