package norma.conformance.saved;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import norma.conformance.check.EventView;
import norma.conformance.check.Validator;
import norma.model.CanonicalText;
import norma.model.kernel.KernelState;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes the last steps of a trace as an ITF file (Informal Trace Format, Apalache ADR-015), which
 * trace viewers read. A variable's value is the text that TLC would print for it.
 */
final class ItfWriter {
    private static final int MOST_STATES = 200;

    private ItfWriter() {}

    /** {@code events}: how many are accepted before the finding. */
    static void write(SavedTrace trace, Validator validator, long events, Path file)
            throws IOException {
        ArrayDeque<Map<String, Object>> states = new ArrayDeque<>();
        KernelState state = validator.state();
        int[] index = {0};
        long skip = Math.max(0, events - MOST_STATES);
        boolean suffix = trace.header().suffix();
        if (suffix) {
            validator.beginAtCheckpoint(trace);
        }
        if (skip == 0) {
            states.add(state(validator, state, suffix ? "Checkpoint" : "Init", "", index[0]));
        }
        validator.addSink(event -> {
            if (event.isSnapshot()) {
                return;
            }
            index[0]++;
            if (index[0] > skip) {
                states.add(
                        state(
                                validator,
                                state,
                                EventView.name(event.kind()),
                                event.describe(),
                                index[0]));
            }
        });
        validator.advance();
        List<String> vars = new ArrayList<>(List.of("action", "event"));
        vars.addAll(state.variables());
        Map<String, Object> meta = new LinkedHashMap<>();
        meta.put("format", "ITF");
        meta.put("format-description", "https://apalache-mc.org/docs/adr/015adr-trace.html");
        meta.put("description", String.valueOf(validator.finding()));
        meta.put("firstState", Math.max(0, skip));
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("#meta", meta);
        root.put("vars", vars);
        root.put("states", states);
        Unfinished.write(file, JsonMapper.shared().writeValueAsString(root));
    }

    private static Map<String, Object> state(
            Validator validator, KernelState state, String action, String event, int index) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("#meta", Map.of("index", index));
        result.put("action", action);
        result.put("event", event);
        for (String variable : state.variables()) {
            StringBuilder text = new StringBuilder();
            state.write(variable, new CanonicalText(text, validator.model().names()));
            result.put(variable, text.toString());
        }
        return result;
    }
}
