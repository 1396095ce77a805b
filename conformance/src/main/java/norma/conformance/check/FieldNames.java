package norma.conformance.check;

import java.lang.reflect.Field;
import java.util.HashMap;
import java.util.Map;
import norma.abi.Code;
import norma.abi.Event;

/** For people: what a record's fields mean, by kind, in the words of {@link Event}'s comments. */
final class FieldNames {
    /** An action; its parameters; its word; its facts. */
    private static final String TABLE =
            """
            Call|thread,channel,timed,donated priority|payload|tag,receiver,queue or waiter length
            Receive|thread,channel|payload received|tag,caller,queue length
            Reply|thread,channel,tag|payload|caller,,waiter length
            Cancel|thread,victim||channel
            Restart|thread,channel||incarnation
            Spawn|thread,slot,priority,channel served|program|generation
            Exit|thread,channel served,space||
            Die|thread,channel,space||
            Sleep|thread|deadline|
            Yield|thread||,,ready threads
            Refuse|thread,system call||
            Fault|thread,cause,space|program counter|
            Tick|||
            Ipi|||
            TimeOut|thread,channel||tag
            Wake|thread||
            Grant|channel|payload|tag,waiter,receiver
            FailCall|channel||victim,tag
            Inherit|channel,server thread,new priority,home core||
            Donate|thread,channel,priority||
            Enqueue|thread,core,priority||,,ready threads
            Kick|core||
            Dispatch|thread,priority||,,ready threads left
            Steal|victim core,thread,priority||,,ready threads left
            Resume|thread,priority||
            Preempt|thread||,,ready threads
            Idle|||
            LockTake|lock||
            LockEnter|lock||
            LockLeave|lock||
            Map|thread,space,protection|first page, last page from bit 32|
            Unmap|thread,space|as of MAP|
            Protect|thread,space,protection|as of MAP|
            WaitTurn|thread,space||,,threads that wait
            Fill|thread,space,rights|page, frame from bit 32|
            Allow|thread,space,rights|page, frame from bit 32|
            Clear|thread,space|page, frame from bit 32|
            Tighten|thread,space|page, frame from bit 32|
            Shoot|thread,space|cores asked, a bit each|
            FreeFrame|thread,space|frame|references left
            Finish|thread,space||
            Acknowledge|space||,,cores that have not flushed yet
            Release|space,thread||
            Admit|space,thread||,,threads that still wait
            Load|space before,space after||
            Fork|thread,space,slot,copy|program|generation
            Leave|thread,space||
            Copy|thread,space,rights|page, frame from bit 32|
            Share|thread,space,copy|page, frame from bit 32|
            Bear|space,thread||
            FreeSpace|space||
            """;

    /** The column of the word, whose name may have a comma. */
    private static final int WORD = 2;

    private static final Map<String, String[]> ROWS = rows();
    private static final Map<Integer, String> CODES = codes();

    private FieldNames() {}

    private static Map<String, String[]> rows() {
        Map<String, String[]> rows = new HashMap<>();
        TABLE.lines().map(line -> line.split("\\|", -1)).forEach(row -> rows.put(row[0], row));
        return rows;
    }

    private static Map<Integer, String> codes() {
        Map<Integer, String> codes = new HashMap<>();
        try {
            for (Field field : Code.class.getFields()) {
                if (!field.getName().startsWith("FIRST")) {
                    codes.put(field.getInt(null), field.getName());
                }
            }
        } catch (IllegalAccessException e) {
            throw new ExceptionInInitializerError(e);
        }
        return codes;
    }

    /** A parameter, 0..3. */
    static String parameter(int kind, int i) {
        return name(kind, 1, i, "p" + i);
    }

    /** The word. */
    static String word(int kind) {
        return name(kind, WORD, 0, "word");
    }

    /** A fact, 0..2. */
    static String fact(int kind, int i) {
        return name(kind, 3, i, "fact " + "abc".charAt(i));
    }

    private static String name(int kind, int column, int i, String otherwise) {
        String[] row = ROWS.get(EventView.name(kind));
        String[] names =
                row == null
                        ? new String[0]
                        : column == WORD ? new String[] {row[column]} : row[column].split(",");
        return i < names.length && !names[i].isEmpty() ? names[i] : otherwise;
    }

    /** A result code as text: of an Enqueue it says whether to kick, otherwise it is a code. */
    static String code(int kind, int code) {
        return kind == Event.ENQUEUE
                ? code + (code == 1 ? " (kick)" : "")
                : CODES.getOrDefault(code, Integer.toString(code));
    }
}
