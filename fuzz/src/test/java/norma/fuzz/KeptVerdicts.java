package norma.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntFunction;
import norma.abi.Event;
import norma.abi.Limits;
import norma.abi.Record;
import norma.conformance.check.ModelStep;
import norma.conformance.check.Validator;
import norma.conformance.saved.LongList;
import norma.conformance.saved.SavedCheck;
import norma.conformance.saved.SavedTrace;

/**
 * Traces of the kernel, and what the validator says of them, compared with what it said when the
 * folder {@code norma.kept} was begun.
 */
final class KeptVerdicts {
    /** A whole trace, one from its oldest checkpoint on, and one of address spaces. */
    static final List<SavedTrace> TRACES = new ArrayList<>();

    private static final int WORDS = Record.BYTES / Long.BYTES;

    private KeptVerdicts() {}

    /** A word of a trace's records, or of its logs. */
    record Place(LongList list, int at) {}

    /** Records the traces, or reads those that are kept. */
    static void record() throws Exception {
        if (TRACES.isEmpty()) {
            TRACES.add(SavedTrace.read(Sampler.kept("sampler")));
            TRACES.add(
                    SavedTrace.read(Sampler.kept("two-overwrite", CorruptTraceTest::overwritten)));
            TRACES.add(SavedTrace.read(Sampler.kept("page-sampler")));
        }
    }

    /** The records of a whole trace, in the order of a merge. */
    static List<long[]> inOrder(SavedTrace trace) {
        trace.rewind();
        Validator validator = new Validator(trace, trace, trace.header().setup());
        List<long[]> order = new ArrayList<>();
        validator.addSink(event -> order.add(event.words.clone()));
        validator.finish(true);
        return order;
    }

    /** Steps of the machine that wrote it. */
    static ModelStep steps(SavedTrace trace) {
        Validator.Setup setup = trace.header().setup();
        return new ModelStep(
                trace.cores(),
                Limits.THREADS,
                Limits.CHANNELS,
                setup.firstPriority(),
                setup.faultCause(),
                setup.locks(),
                false,
                setup.memory());
    }

    static Map<String, List<Place>> shapes(int number) {
        SavedTrace trace = TRACES.get(number);
        List<LongList> lists = new ArrayList<>();
        for (int core = 0; core < trace.cores(); core++) {
            lists.add(trace.records(core));
        }
        return shapes(lists, list -> at -> shape(list, at));
    }

    private static String shape(LongList list, int at) {
        int kind = (int) list.get(at) & 0xff;
        long part = list.get(at + 1) & 0xffff;
        return !Event.isSnapshot(kind)
                ? kind + " code " + (list.get(at + 3) & 0xff)
                : kind + " of " + (list.get(at + 4) >>> Record.VERSION_BITS + 12) + "." + part;
    }

    static Map<String, List<Place>> shapes(
            List<LongList> lists, Function<LongList, IntFunction<String>> shape) {
        Map<String, List<Place>> shapes = new TreeMap<>();
        for (LongList list : lists) {
            for (int at = 0; at < list.size(); at += WORDS) {
                shapes.computeIfAbsent(shape.apply(list).apply(at), s -> new ArrayList<>())
                        .add(new Place(list, at));
            }
        }
        return shapes;
    }

    static String verdict(SavedTrace trace) {
        trace.rewind();
        SavedCheck check = SavedCheck.of(trace);
        Validator v = check.validator();
        StringBuilder text = new StringBuilder(trace.ending() + " " + check.from());
        text.append(' ').append(check.finding()).append(' ').append(v.counts().text());
        text.append(' ').append(v.compared()).append(' ').append(v.witnessed());
        text.append(' ').append(v.failedCore()).append(' ').append(v.blamed());
        text.append(' ').append(v.state().hashCode());
        for (int core = 0; core < trace.cores(); core++) {
            text.append(' ').append(v.accepted(core)).append('/').append(v.needed(core));
        }
        for (int slot = 0; slot < Limits.THREADS; slot++) {
            text.append(' ').append(v.requests(slot));
        }
        return text.toString().replace("\n", "|");
    }

    static List<String> kept(String name) throws Exception {
        String folder = System.getProperty("norma.kept");
        Path file = folder == null ? null : Path.of(folder, name + ".verdicts");
        return file == null || !Files.exists(file) ? null : Files.readAllLines(file);
    }

    static void compare(String name, List<String> lines) throws Exception {
        String folder = System.getProperty("norma.kept");
        List<String> kept = kept(name);
        if (kept != null) {
            assertEquals(kept, lines, name);
        } else if (folder != null) {
            Files.write(Path.of(folder, name + ".verdicts"), lines);
        }
    }
}
