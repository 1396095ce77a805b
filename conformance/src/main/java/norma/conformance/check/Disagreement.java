package norma.conformance.check;

import java.util.ArrayList;
import java.util.List;
import norma.abi.Record;

/** For people: the fields in which a record is not what the model says, by name. */
final class Disagreement {
    private Disagreement() {}

    static List<String> lines(EventView recorded, EventView model) {
        List<String> lines = new ArrayList<>();
        int kind = recorded.kind();
        for (int i = 0; i < 4; i++) {
            compare(FieldNames.parameter(kind, i), index(recorded.p(i)), index(model.p(i)), lines);
        }
        compare(FieldNames.word(kind), hex(recorded.word()), hex(model.word()), lines);
        compare(
                "result code",
                FieldNames.code(kind, recorded.code()),
                FieldNames.code(kind, model.code()),
                lines);
        // The byte above the code is always zero; a record where it is not would differ in nothing.
        compare(
                "byte 1 of the result",
                Long.toString(recorded.words[3] >>> 8 & 0xff),
                Long.toString(model.words[3] >>> 8 & 0xff),
                lines);
        for (int i = 0; i < 3; i++) {
            compare(
                    FieldNames.fact(kind, i),
                    index((int) (recorded.words[3] >>> 16 * (i + 1)) & 0xffff),
                    index((int) (model.words[3] >>> 16 * (i + 1)) & 0xffff),
                    lines);
        }
        compare("touched objects", objects(recorded), objects(model), lines);
        return lines;
    }

    private static void compare(String field, String recorded, String model, List<String> lines) {
        if (!recorded.equals(model)) {
            lines.add("  " + field + ": recorded " + recorded + ", the model says " + model);
        }
    }

    private static String hex(long word) {
        return "0x" + Long.toHexString(word);
    }

    private static String index(int value) {
        return value == Record.NONE ? "none" : Integer.toString(value);
    }

    private static String objects(EventView event) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < Record.TOUCHED; i++) {
            if (i < event.touched() || event.words[4 + i] != 0) {
                names.add(EventView.objectName(event.object(i)));
            }
        }
        return names.toString();
    }
}
