package norma.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Figures as JSON, and against those of a baseline.
 *
 * <p>Format: {@code {"ARCH": {"KEY": {"value": V, "unit": U, "title": T, "target": G, "exact":
 * B}}}}, target only where there is one. A file may hold several architectures.
 */
final class Report {
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private Report() {}

    static String json(String arch, List<Figure> figures) {
        Map<String, Object> byKey = new LinkedHashMap<>();
        for (Figure figure : figures) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("value", rounded(figure.value()));
            fields.put("unit", figure.unit());
            fields.put("title", figure.title());
            if (!Double.isNaN(figure.target())) {
                fields.put("target", rounded(figure.target()));
            }
            fields.put("exact", figure.exact());
            byKey.put(figure.key(), fields);
        }
        return MAPPER.writeValueAsString(Map.of(arch, byKey)) + "\n";
    }

    private static double rounded(double value) {
        return Math.rint(value * 1000) / 1000;
    }

    /** What is worse than in the baseline, one line each; empty without a baseline of the arch. */
    static List<String> regressions(String arch, List<Figure> figures, String baseline) {
        JsonNode values = MAPPER.readTree(baseline).path(arch);
        List<String> worse = new ArrayList<>();
        for (Figure figure : figures) {
            JsonNode before = values.path(figure.key()).path("value");
            if (before.isNumber() && figure.worseThan(before.asDouble())) {
                worse.add(
                        figure.key()
                                + " "
                                + Figure.number(figure.value())
                                + " "
                                + figure.unit()
                                + ", baseline "
                                + Figure.number(before.asDouble()));
            }
        }
        return worse;
    }

    static List<String> regressions(String arch, List<Figure> figures, Path baseline)
            throws java.io.IOException {
        return Files.exists(baseline)
                ? regressions(arch, figures, Files.readString(baseline))
                : List.of();
    }
}
