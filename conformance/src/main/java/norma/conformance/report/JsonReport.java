package norma.conformance.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import norma.conformance.report.CaseResult.Status;
import norma.conformance.saved.Unfinished;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Writes a report as JSON: the totals, and one object a case. */
public final class JsonReport {
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private JsonReport() {}

    /** Writes {@code report} to {@code file}, with further members beside {@code cases}. */
    public static void write(Report report, Map<String, ?> further, Path file) throws IOException {
        Unfinished.write(file, text(report, further));
    }

    /** The JSON document. */
    public static String text(Report report, Map<String, ?> further) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("title", report.title());
        all.put("total", report.results().size());
        all.put("passed", report.count(Status.PASSED));
        all.put("failed", report.count(Status.FAILED));
        all.put("inconclusive", report.count(Status.INCONCLUSIVE));
        all.putAll(further);
        List<Object> cases = new ArrayList<>();
        report.results().forEach(r -> cases.add(value(r)));
        all.put("cases", cases);
        return MAPPER.writeValueAsString(all) + "\n";
    }

    private static Map<String, Object> value(CaseResult result) {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("group", result.group());
        value.put("name", result.name());
        value.put("status", result.status().name().toLowerCase(Locale.ROOT));
        value.put("events", result.events());
        value.put("seconds", Math.round(result.seconds() * 1000) / 1000.0);
        if (!result.reason().isEmpty()) {
            value.put("reason", result.reason());
            value.put("summary", result.summary());
            value.put("details", result.details());
        }
        value.putAll(result.properties());
        value.put("replay", result.replay());
        return value;
    }
}
