package norma.speccheck.tlc;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import norma.model.explore.GraphListener;
import norma.speccheck.LivenessOutcome;
import norma.speccheck.Progress;
import norma.speccheck.TlcOutcome;
import norma.speccheck.TlcSession;
import norma.speccheck.Violations;
import org.jspecify.annotations.Nullable;
import tla2sany.semantic.FormalParamNode;
import tla2sany.semantic.OpDefNode;
import tlc2.TLC;
import tlc2.output.EC;
import tlc2.tool.Action;
import tlc2.tool.TLCState;
import tlc2.tool.impl.FastTool;
import tlc2.tool.impl.Tool;
import tlc2.util.FP64;
import tlc2.value.impl.Value;
import util.ToolIO;
import util.UniqueString;

/** The model checker as a library, for one module and configuration. */
public final class Session implements TlcSession {
    private static final Pattern DISTINCT = Pattern.compile("([0-9,]+) distinct states found");
    private static final Pattern EXCLAMATION = Pattern.compile("^.*!");

    private final Path directory;
    private final String module;
    private final String config;
    private final Path scratch;
    private final Set<String> read = new TreeSet<>();

    /** A session on a module of a directory, with a configuration file's name. */
    public Session(Path directory, String module, String config, Path scratch) {
        this.directory = directory;
        this.module = module;
        this.config = config;
        this.scratch = scratch;
    }

    @Override
    public TlcOutcome explore(
            @Nullable GraphListener listener, Progress progress, boolean vacuity) {
        return new Search(load(), listener, progress, vacuity).run();
    }

    @Override
    public Set<String> properties() {
        Tool tool = load();
        Set<String> names = new TreeSet<>();
        for (String name : tool.getInvNames()) {
            names.add(name(name));
        }
        for (String name : tool.getImpliedActNames()) {
            names.add(name(name));
        }
        return names;
    }

    @Override
    public Violations violations(Progress progress, int most) {
        return new Everywhere(load(), progress, most).run();
    }

    @Override
    public LivenessOutcome liveness() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ToolIO.out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        ToolIO.err = ToolIO.out;
        TLC tlc = new TLC();
        tlc.setResolver(new ModuleFiles(directory, scratch, read));
        boolean accepted =
                tlc.handleParameters(
                        new String[] {
                            "-workers",
                            "1",
                            "-lncheck",
                            "final",
                            "-nowarning",
                            "-metadir",
                            scratch.toString(),
                            "-config",
                            directory.resolve(config).toString(),
                            directory.resolve(module).toString()
                        });
        int status = accepted ? tlc.process() : EC.GENERAL;
        unregister();
        String output = bytes.toString(StandardCharsets.UTF_8);
        int states = 0;
        Matcher distinct = DISTINCT.matcher(output);
        while (distinct.find()) {
            states = Integer.parseInt(distinct.group(1).replace(",", ""));
        }
        return new LivenessOutcome(
                status == EC.NO_ERROR, status == EC.TLC_TEMPORAL_PROPERTY_VIOLATED, states, output);
    }

    @Override
    public Set<String> read() {
        return Set.copyOf(read);
    }

    // The model checker registers statistics under fixed names and leaves them behind.
    private static void unregister() {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        try {
            for (ObjectName name : server.queryNames(new ObjectName("tlc2*:*"), null)) {
                server.unregisterMBean(name);
            }
        } catch (JMException e) {
            throw new IllegalStateException("cannot unregister statistics", e);
        }
    }

    private Tool load() {
        UniqueString.initialize();
        FP64.Init();
        ModuleFiles files = new ModuleFiles(directory, scratch, read);
        ToolIO.setMode(ToolIO.TOOL);
        ToolIO.setDefaultResolver(files);
        ToolIO.reset();
        String name = config.substring(0, config.lastIndexOf('.'));
        return new FastTool(directory + "/", module, name, files);
    }

    /** Variable names, sorted. */
    static UniqueString[] variables() {
        return Arrays.stream(TLCState.Empty.getVars())
                .map(variable -> variable.getName())
                .sorted(Comparator.comparing(UniqueString::toString))
                .toArray(UniqueString[]::new);
    }

    /** Name without the names of instances before it. */
    static String name(String qualified) {
        return EXCLAMATION.matcher(qualified).replaceFirst("");
    }

    /** Name and parameters of an action. */
    static String label(Action action) {
        OpDefNode definition = action.getOpDef();
        FormalParamNode[] parameters =
                definition == null ? new FormalParamNode[0] : definition.getParams();
        StringBuilder out = new StringBuilder(name(action.getName().toString()));
        for (int i = 0; i < parameters.length; i++) {
            out.append(i == 0 ? '(' : ',');
            if (!(action.con.lookup(parameters[i]) instanceof Value value)) {
                throw new IllegalStateException("no value for a parameter of " + out);
            }
            out.append(ValueText.of(value));
        }
        return parameters.length == 0 ? out.toString() : out.append(')').toString();
    }
}
