package norma.conformance.scenario;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import norma.abi.Code;
import norma.abi.Limits;
import norma.abi.Op;
import norma.abi.Rights;
import org.jspecify.annotations.Nullable;

/** The words of one line of a script, with their columns, and the small grammar of operands. */
final class Words {
    private static final Pattern NUMBER = Pattern.compile("(-?)(0x[0-9a-fA-F]+|[0-9]+)");
    private static final Pattern TIME = Pattern.compile("([0-9]+)(ns|us|ms|s)");

    private static final Map<String, Long> REGISTERS =
            Map.of(
                    "code", Op.REGISTER,
                    "tag", Op.REGISTER | 1,
                    "caller", Op.REGISTER | 2,
                    "word", Op.REGISTER | 3,
                    "self", Op.REGISTER | 4);

    private static final Map<String, Long> CODES =
            Map.ofEntries(
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

    /** A register. */
    long register() throws ScriptException {
        String word = next("a register");
        Long register = registerOf(word);
        if (register == null) {
            throw error("expected a register r0 to r15, not " + word);
        }
        return register;
    }

    /** Any number, a register or a code. */
    long value() throws ScriptException {
        String what = "a number, a register or a code";
        String word = next(what);
        Long named = CODES.get(word);
        Long register = registerOf(word);
        if (named != null) {
            return named;
        }
        return register != null
                ? register
                : literal(word, word, what, Long.MIN_VALUE, Long.MAX_VALUE, 1);
    }

    /** A number that is no operand: no register either. */
    long number(long low, long high) throws ScriptException {
        String word = next("a number");
        return literal(word, word, "a number", low, high, 1);
    }

    /** A number in a range, or a register. */
    long within(String what, long low, long high) throws ScriptException {
        String word = next("a " + what);
        Long register = registerOf(word);
        return register != null
                ? register
                : literal(word, word, "a " + what + ", a register or a number", low, high, 1);
    }

    long channel() throws ScriptException {
        return within("channel", 0, Limits.CHANNELS - 1);
    }

    long slot() throws ScriptException {
        return within("slot", 0, Limits.THREADS - 1);
    }

    /** What may be done with a page, or how it is reached: a number of {@link Rights}. */
    long rights() throws ScriptException {
        String word = next("read, write or execute");
        return switch (word) {
            case "read" -> Rights.READ;
            case "write" -> Rights.WRITE;
            case "execute" -> Rights.EXECUTE;
            default -> throw error("expected read, write or execute, not " + word);
        };
    }

    /** A time in nanoseconds, at least {@code low}, or a register. */
    long time(long low) throws ScriptException {
        String word = next("a time");
        Long register = registerOf(word);
        return register != null ? register : time(word, low);
    }

    /** A time in nanoseconds that must be known when the script is read. */
    long literalTime(long low) throws ScriptException {
        return time(next("a time"), low);
    }

    private long time(String word, long low) throws ScriptException {
        Matcher parts = TIME.matcher(word);
        if (!parts.matches()) {
            throw error("expected a time such as 50us, not " + word);
        }
        long scale =
                switch (parts.group(2)) {
                    case "ns" -> 1;
                    case "us" -> 1_000;
                    case "ms" -> 1_000_000;
                    default -> 1_000_000_000;
                };
        return literal(word, parts.group(1), "nanoseconds", low, Ranges.MOST_TIME, scale);
    }

    private static @Nullable Long registerOf(String word) {
        Long named = REGISTERS.get(word);
        return named == null && word.matches("r([0-9]|1[0-5])")
                ? (Long) (Op.REGISTER | Long.parseLong(word.substring(1)))
                : named;
    }

    /**
     * The digits' number, times {@code scale}, if it is in the range and stands for no register.
     */
    private long literal(String word, String digits, String what, long low, long high, long scale)
            throws ScriptException {
        String expected = "expected " + what + " from " + low + " to " + high + ", not " + word;
        Matcher parts = NUMBER.matcher(digits);
        if (!parts.matches()) {
            boolean any = low == Long.MIN_VALUE;
            throw error(any ? "expected " + what + ", not " + word : expected);
        }
        boolean hex = parts.group(2).startsWith("0x");
        BigInteger size = new BigInteger(parts.group(2).replace("0x", ""), hex ? 16 : 10);
        BigInteger value =
                (parts.group(1).isEmpty() ? size : size.negate())
                        .multiply(BigInteger.valueOf(scale));
        if (value.compareTo(BigInteger.valueOf(low)) < 0
                || value.compareTo(BigInteger.valueOf(high)) > 0) {
            throw error(expected);
        }
        if ((value.longValue() & ~0xfL) == Op.REGISTER) {
            throw error("the number " + word + " is reserved");
        }
        return value.longValue();
    }
}
