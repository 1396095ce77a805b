package norma.conformance.check;

import norma.abi.Event;
import norma.abi.Record;
import norma.conformance.trace.RecordSource;

/** A record's fields; a flyweight over its words. Layout: {@link Record}. */
public final class EventView {
    /** The words. */
    public final long[] words = new long[RecordSource.WORDS];

    /** Event kind. */
    public int kind() {
        return (int) (words[0] & 0xff);
    }

    /** Is it part of a snapshot, and no step of the model? */
    public boolean isSnapshot() {
        return ObjectSnapshot.isPart(kind());
    }

    /** Recording core. */
    public int core() {
        return (int) (words[0] >>> 8) & 0xff;
    }

    /** Touched objects. */
    public int touched() {
        return (int) (words[0] >>> 16) & 0xffff;
    }

    /** Low 32 bits of the core's sequence. */
    public long sequence() {
        return words[0] >>> 32;
    }

    /** A parameter, 0..3. */
    public int p(int i) {
        return (int) (words[1] >>> (16 * i)) & 0xffff;
    }

    /** The word. */
    public long word() {
        return words[2];
    }

    /** Result code. */
    public int code() {
        return (int) (words[3] & 0xff);
    }

    /** Id (type and index) of a touched object. */
    public int object(int i) {
        return (int) (words[4 + i] >>> Record.VERSION_BITS);
    }

    /** Version of a touched object. */
    public long version(int i) {
        return words[4 + i] & Record.VERSION_MASK;
    }

    /** The kind's name, as in the specification's action. */
    public static String name(int kind) {
        return kind > 0 && kind < Event.LIMIT ? EventNames.ACTIONS[kind] : "kind " + kind;
    }

    /** For people: everything in the record. */
    public String describe() {
        StringBuilder text = new StringBuilder();
        text.append(name(kind())).append(" core=").append(core()).append(" p=");
        for (int i = 0; i < 4; i++) {
            int p = p(i);
            text.append(i == 0 ? "" : ",").append(p == Record.NONE ? "-" : Integer.toString(p));
        }
        text.append(" word=").append(Long.toHexString(word()));
        text.append(" code=").append(code()).append(" facts=");
        for (int i = 1; i < 4; i++) {
            int fact = (int) (words[3] >>> (16 * i)) & 0xffff;
            text.append(i == 1 ? "" : ",")
                    .append(fact == Record.NONE ? "-" : Integer.toString(fact));
        }
        for (int i = 0; i < Math.min(touched(), Record.TOUCHED); i++) {
            text.append(' ').append(objectName(object(i))).append('@').append(version(i));
        }
        return text.toString();
    }

    /** For people: the name of an object id. */
    public static String objectName(int id) {
        int index = id & 0xfff;
        return switch (id >>> 12) {
            case Record.THREAD -> "thread" + index;
            case Record.CHANNEL -> "channel" + index;
            case Record.CORE -> "core" + index;
            case Record.IPI_WORD -> "ipi" + index;
            case Record.CONTEXT -> "context" + index;
            case Record.SPACE -> "space" + index;
            case Record.MEMORY -> "memory";
            case Record.LOCK_NEXT -> "lock" + index + ".next";
            case Record.LOCK_OWNER -> "lock" + index + ".owner";
            default -> "object" + Integer.toHexString(id);
        };
    }
}
