// Contract: a Java string as C data: Latin-1 if every character fits, else UTF-16.
// Invariant: the layout is struct rt_string of rt.h followed by the code units.
// Owner: norma.aot.emit.
package norma.aot.emit;

/** C definitions of string objects. */
final class StringData {
    private StringData() {}

    private static boolean isWide(String text) {
        return text.chars().anyMatch(c -> c > 0xff);
    }

    static String declare(String name, String text) {
        String unit = isWide(text) ? "uint16_t" : "uint8_t";
        int length = Math.max(1, text.length());
        return "static const struct { struct rt_string head; "
                + unit
                + " data["
                + length
                + "]; } "
                + name;
    }

    static String define(String name, String text, int classId) {
        StringBuilder data = new StringBuilder();
        text.chars().forEach(c -> data.append(data.isEmpty() ? "" : ",").append(c));
        return " = {{%d, %d, %d}, {%s}};%n"
                .formatted(
                        classId, text.length(), isWide(text) ? 1 : 0, data.isEmpty() ? "0" : data)
                .replace("\r", "");
    }
}
