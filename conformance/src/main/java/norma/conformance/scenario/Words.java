package norma.conformance.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import norma.abi.Code;
import norma.abi.Op;

/** The words of one line of a script, with their columns, and the small grammar of operands. */
final class Words {
    private static final Map<String, Long> NAMES =
            Map.ofEntries(
                    Map.entry("code", Op.REGISTER),
                    Map.entry("tag", Op.REGISTER | 1),
                    Map.entry("caller", Op.REGISTER | 2),
                    Map.entry("word", Op.REGISTER | 3),
                    Map.entry("self", Op.REGISTER | 4),
                    Map.entry("OK", (long) Code.OK),
                    Map.entry("DEAD", (long) Code.DEAD),
                    Map.entry("BADTAG", (long) Code.BADTAG),
                    Map.entry("ORPHANED", (long) Code.ORPHANED),
                    Map.entry("CANCELLED", (long) Code.CANCELLED),
                    Map.entry("TIMEOUT", (long) Code.TIMEOUT),
                    Map.entry("NOCALL", (long) Code.NOCALL),
                    Map.entry("BUSY", (long) Code.BUSY),
                    Map.entry("INVALID", (long) Code.INVALID),
                    Map.entry("MSG", (long) Code.MSG));

    private final int line;
    private final List<String> words = new ArrayList<>();
    private final List<Integer> columns = new ArrayList<>();
    private final int length;
    private int next;

    Words(int line, String text) {
        this.line = line;
        int comment = text.indexOf('#');
        String code = comment < 0 ? text : text.substring(0, comment);
        length = code.length();
        int at = 0;
        while (at < code.length()) {
            if (Character.isWhitespace(code.charAt(at))) {
                at++;
                continue;
            }
            int start = at;
            while (at < code.length() && !Character.isWhitespace(code.charAt(at))) {
                at++;
            }
            words.add(code.substring(start, at));
            columns.add(start + 1);
        }
    }

    private Words(Words at) {
        line = at.line;
        length = at.length;
        words.addAll(at.words);
        columns.addAll(at.columns);
        next = at.next;
    }

    /** This place, for an error that is found later. */
    Words here() {
        return new Words(this);
    }

    boolean isEmpty() {
        return words.isEmpty();
    }

    boolean hasNext() {
        return next < words.size();
    }

    /** An error at the word taken last. */
    ScriptException error(String message) {
        int column = next == 0 ? 1 : columns.get(next - 1);
        return new ScriptException(line, column, message);
    }

    String next(String what) throws ScriptException {
        if (!hasNext()) {
            throw new ScriptException(line, length + 1, "expected " + what);
        }
        return words.get(next++);
    }

    boolean accept(String word) {
        if (hasNext() && words.get(next).equals(word)) {
            next++;
            return true;
        }
        return false;
    }

    void expect(String word) throws ScriptException {
        String found = next("\"" + word + "\"");
        if (!found.equals(word)) {
            throw error("expected \"" + word + "\", not " + found);
        }
    }

    void end() throws ScriptException {
        if (hasNext()) {
            String extra = next("");
            throw error("unexpected " + extra);
        }
    }

    long register() throws ScriptException {
        String word = next("a register");
        long value = operand(word);
        if ((value & ~0xfL) != Op.REGISTER) {
            throw error("expected a register r0 to r15, not " + word);
        }
        return value;
    }

    long value() throws ScriptException {
        return operand(next("a number, a register or a code"));
    }

    long number(long low, long high) throws ScriptException {
        String word = next("a number");
        long value = literal(word);
        if (value < low || value > high) {
            throw error("expected a number from " + low + " to " + high + ", not " + word);
        }
        return value;
    }

    /** A time in nanoseconds: a number with ns, us, ms or s, or a register. */
    long time() throws ScriptException {
        String word = next("a time");
        String[] units = {"ns", "us", "ms", "s"};
        long[] scales = {1, 1_000, 1_000_000, 1_000_000_000};
        for (int i = 0; i < units.length; i++) {
            if (word.endsWith(units[i])) {
                String digits = word.substring(0, word.length() - units[i].length());
                if (!digits.isEmpty() && digits.chars().allMatch(Character::isDigit)) {
                    return literal(digits) * scales[i];
                }
            }
        }
        long value = operand(word);
        if ((value & ~0xfL) != Op.REGISTER) {
            throw error("expected a time such as 50us, not " + word);
        }
        return value;
    }

    private long operand(String word) throws ScriptException {
        Long named = NAMES.get(word);
        if (named != null) {
            return named;
        }
        if (word.matches("r([0-9]|1[0-5])")) {
            return Op.REGISTER | Long.parseLong(word.substring(1));
        }
        return literal(word);
    }

    private long literal(String word) throws ScriptException {
        try {
            long value = Long.decode(word);
            if ((value & ~0xfL) == Op.REGISTER) {
                throw error("the number " + word + " is reserved");
            }
            return value;
        } catch (NumberFormatException e) {
            throw error("expected a number, a register or a code, not " + word);
        }
    }
}
