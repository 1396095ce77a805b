package norma.speccheck.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/**
 * What came of a proof, as one line of JSON with sorted fields: equal outcomes have equal texts.
 *
 * @param json the line
 */
public record Facts(String json) {
    /** Facts of names and values: numbers, texts and lists of texts. */
    public static Facts of(Map<String, ?> values) {
        return new Facts(JsonMapper.shared().writeValueAsString(new TreeMap<>(values)));
    }

    /** The texts of a list. */
    public List<String> texts(String field) {
        List<String> texts = new ArrayList<>();
        JsonMapper.shared().readTree(json).path(field).forEach(t -> texts.add(t.asString()));
        return texts;
    }
}
