package norma.conformance.check;

import java.util.ArrayList;
import java.util.List;
import norma.abi.Record;
import norma.conformance.trace.RecordSource;
import org.jspecify.annotations.Nullable;

/**
 * What the model says that a record must contain. The stepper fills it while it takes the step; the
 * free inputs of an action (payloads, what the scheduler chose) are copied from the record.
 */
final class Expected {
    private final long[] words = new long[RecordSource.WORDS];
    private int touched;

    void begin() {
        java.util.Arrays.fill(words, 0);
        touched = 0;
    }

    void params(int p0, int p1, int p2, int p3) {
        words[1] = Record.params(p0, p1, p2, p3);
    }

    void word(long word) {
        words[2] = word;
    }

    void result(int code, int a, int b, int c) {
        words[3] = Record.result(code, a, b, c);
    }

    /** The event touches an object; in record order. */
    void touches(int type, int index) {
        words[4 + touched] = Record.object(type, index);
        touched++;
    }

    /** What in the record is not as expected, or null; versions are the merger's business. */
    @Nullable Finding compare(EventView e, long event) {
        String what = null;
        Reason reason = Reason.POST_STATE_MISMATCH;
        if (e.words[1] != words[1]) {
            what = "parameters";
        } else if (e.words[2] != words[2]) {
            what = "word";
        } else if (e.code() != (int) (words[3] & 0xff)) {
            what = "result code";
            reason = Reason.RESULT_MISMATCH;
        } else if (e.words[3] != words[3]) {
            what = "facts";
        } else if (e.touched() != touched) {
            what = "number of touched objects";
        } else {
            for (int i = 0; i < Record.TOUCHED; i++) {
                boolean unused = i >= touched && e.words[4 + i] != 0;
                if (unused || e.object(i) != (int) (words[4 + i] >>> Record.VERSION_BITS)) {
                    what = "touched object " + i;
                    break;
                }
            }
        }
        if (what == null) {
            return null;
        }
        EventView expected = new EventView();
        System.arraycopy(words, 0, expected.words, 0, words.length);
        expected.words[0] = Record.head(e.kind(), e.core(), touched, e.sequence());
        for (int i = 0; i < touched; i++) {
            expected.words[4 + i] |= e.version(i);
        }
        List<String> details = new ArrayList<>();
        details.add("recorded  " + e.describe());
        details.add("the model " + expected.describe());
        details.addAll(Disagreement.lines(e, expected));
        return new Finding(reason, event, what + " of " + e.describe(), details);
    }
}
