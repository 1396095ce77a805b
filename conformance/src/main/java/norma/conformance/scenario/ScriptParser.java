package norma.conformance.scenario;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import norma.abi.Forbidden;
import norma.abi.Limits;
import norma.abi.Op;
import norma.abi.Record;
import norma.abi.Rights;
import norma.abi.SystemCall;
import norma.conformance.check.Memory;
import norma.conformance.trace.Recording;
import org.jspecify.annotations.Nullable;

/**
 * Parses workload scripts. The grammar is {@link ScriptHelp#TEXT}.
 *
 * <p>One line is one statement; jumps to labels and spawns of programs may look ahead and are
 * resolved at the end. Nothing is run unless the whole script parses.
 */
public final class ScriptParser {
    /** What {@code fault} may name, in the order of {@link Forbidden}. */
    static final List<String> ATTEMPTS =
            List.of(
                    "instruction",
                    "read-kernel",
                    "write-kernel",
                    "enter-kernel",
                    "read-device",
                    "read-ring",
                    "write-block",
                    "write-code",
                    "execute-stack",
                    "leave-stack",
                    "read-null",
                    "read-direct");

    private static final Map<String, Integer> PAGE_OPERATIONS =
            Map.of(
                    "map", Op.MAP,
                    "unmap", Op.UNMAP,
                    "protect", Op.PROTECT,
                    "touch", Op.TOUCH,
                    "attempt", Op.ATTEMPT);

    private static final Pattern PROGRAM_NAME = Pattern.compile("[a-z0-9._-]{1,16}");

    private static final long DEFAULT_SLICE = 1_000_000;
    private static final int DEFAULT_PRIORITY = 4;
    private static final int DEFAULT_RECORDS = 1 << 18;
    private static final int DEFAULT_ENTRIES = 1 << 12;

    private final List<ProgramText> programs = new ArrayList<>();
    private final Map<String, Integer> programIndex = new LinkedHashMap<>();
    private long slice = DEFAULT_SLICE;
    private int firstPriority = DEFAULT_PRIORITY;
    private int records = DEFAULT_RECORDS;
    private int entries = DEFAULT_ENTRIES;
    private boolean locks;
    private Recording recording = Recording.LIVE;
    private Memory memory = Memory.NONE;
    private @Nullable TourText tour;

    /** A name used before its definition is known: where to put its number. */
    private record Fixup(String name, int op, int operand, Words at) {}

    private static final class ProgramText {
        final List<long[]> ops = new ArrayList<>();
        final Map<String, Integer> labels = new HashMap<>();
        final List<Fixup> jumps = new ArrayList<>();
        final List<Fixup> spawns = new ArrayList<>();
    }

    /** The legs of a tour: their operations in one list, a header before those of each leg. */
    private static final class TourText {
        final ProgramText text = new ProgramText();
        long @Nullable [] header;
    }

    private ScriptParser() {}

    /** Parses a script. */
    public static Script parse(String text) throws ScriptException {
        ScriptParser parser = new ScriptParser();
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            Words words = new Words(number, line);
            if (!words.isEmpty()) {
                parser.statement(words);
            }
        }
        return parser.finish(number);
    }

    private Script finish(int lines) throws ScriptException {
        if (locks && !recording.live()) {
            throw new ScriptException(
                    lines,
                    1,
                    "lock events cannot be validated from a checkpoint on: no locks here");
        }
        if (programs.isEmpty()) {
            throw new ScriptException(lines, 1, "a script has at least one program");
        }
        TourText legs = tour == null ? new TourText() : tour;
        resolveSpawns(legs.text);
        List<long[][]> result = new ArrayList<>();
        for (ProgramText program : programs) {
            for (Fixup jump : program.jumps) {
                Integer target = program.labels.get(jump.name());
                if (target == null) {
                    throw jump.at().error("no label " + jump.name() + " in this program");
                }
                program.ops.get(jump.op())[jump.operand()] = target;
            }
            resolveSpawns(program);
            result.add(program.ops.toArray(long[][]::new));
        }
        return new Script(
                result,
                List.copyOf(programIndex.keySet()),
                slice,
                firstPriority,
                records,
                entries,
                locks,
                recording,
                legs.text.ops,
                memory);
    }

    private void resolveSpawns(ProgramText program) throws ScriptException {
        for (Fixup spawn : program.spawns) {
            Integer index = programIndex.get(spawn.name());
            if (index == null) {
                throw spawn.at().error("no program " + spawn.name());
            }
            program.ops.get(spawn.op())[spawn.operand()] |= index;
        }
    }

    private void statement(Words words) throws ScriptException {
        String first = words.next("a statement");
        if (tour != null) {
            tourStatement(tour, first, words);
        } else if (first.equals("slice")) {
            slice = words.literalTime(Ranges.LEAST_SLICE);
        } else if (first.equals("priority")) {
            firstPriority = (int) words.number(0, Limits.PRIORITIES - 1);
        } else if (first.equals("locks")) {
            locks = true;
        } else if (first.equals("checkpoints")) {
            recording =
                    new Recording(
                            recording.mode(),
                            recording.ring(),
                            (int) words.number(1, Ranges.MOST_CHECKPOINT));
        } else if (first.equals("pages")) {
            pages(words);
        } else if (first.equals("recorder")) {
            recorder(words);
        } else if (first.equals("events")) {
            records = (int) words.number(1, Ranges.MOST_RECORDS);
            words.expect("calls");
            entries = (int) words.number(1, Ranges.MOST_ENTRIES);
        } else if (first.equals("program")) {
            String name = words.next("a program name");
            if (programs.size() == Ranges.MOST_PROGRAMS) {
                throw words.error("more than " + Ranges.MOST_PROGRAMS + " programs");
            }
            if (programIndex.putIfAbsent(name, programs.size()) != null) {
                throw words.error("program " + name + " is defined twice");
            }
            programs.add(new ProgramText());
        } else if (programs.isEmpty()) {
            throw words.error("a statement before the first program");
        } else if (first.equals("tour")) {
            tour = new TourText();
        } else if (first.endsWith(":")) {
            ProgramText program = programs.getLast();
            String label = first.substring(0, first.length() - 1);
            if (program.labels.putIfAbsent(label, program.ops.size()) != null) {
                throw words.error("label " + label + " is defined twice");
            }
        } else {
            ProgramText program = programs.getLast();
            if (program.ops.size() == Ranges.MOST_OPERATIONS) {
                throw words.error(
                        "more than " + Ranges.MOST_OPERATIONS + " operations in a program");
            }
            operation(program, first, words);
        }
        words.end();
    }

    private void pages(Words words) throws ScriptException {
        if (!programs.isEmpty()) {
            throw words.error("pages are said before the first program");
        }
        int pages = (int) words.number(1, Limits.PAGES);
        words.expect("frames");
        memory = new Memory(pages, (int) words.number(1, Limits.FRAMES));
    }

    private void recorder(Words words) throws ScriptException {
        String name = words.next("overwrite or later");
        Recording.Mode mode =
                switch (name) {
                    case "overwrite" -> Recording.Mode.OVERWRITE;
                    case "later" -> Recording.Mode.LATER;
                    default -> throw words.error("expected overwrite or later, not " + name);
                };
        int ring = (int) words.number(Ranges.LEAST_RING, Ranges.MOST_RECORDS);
        if (!Ranges.isRing(ring)) {
            throw words.error("a ring has a power of two of records, not " + ring);
        }
        recording = new Recording(mode, ring, recording.checkpoint());
    }

    private void tourStatement(TourText tour, String first, Words words) throws ScriptException {
        if (tour.text.ops.size() >= Ranges.MOST_TOUR) {
            throw words.error("more than " + Ranges.MOST_TOUR + " operations in a tour");
        }
        if (first.equals("leg")) {
            long time = words.literalTime(1);
            long one = words.number(0, Ranges.MOST_LEG_WORD);
            long two = words.number(0, Ranges.MOST_LEG_WORD);
            tour.header = new long[] {0, two, time, one};
            tour.text.ops.add(tour.header);
            return;
        }
        if (!first.equals("at")) {
            throw words.error("in a tour, expected leg or at, not " + first);
        }
        long[] header = tour.header;
        if (header == null) {
            throw words.error("an operation before the first leg");
        }
        long slot = words.number(0, Limits.THREADS - 1);
        String name = words.next("an operation");
        if (List.of("goto", "loop", "if", "follow").contains(name)) {
            throw words.error("no " + name + " in a tour");
        }
        operation(tour.text, name, words);
        tour.text.ops.getLast()[0] |= slot << Op.SLOT_SHIFT;
        header[0]++;
    }

    private void operation(ProgramText program, String name, Words words) throws ScriptException {
        int at = program.ops.size();
        long[] op = new long[4];
        program.ops.add(op);
        switch (name) {
            case "set", "add" -> {
                op[0] = name.equals("set") ? Op.SET : Op.ADD;
                op[1] = words.register();
                op[2] = words.value();
            }
            case "random" -> {
                op[0] = Op.RANDOM;
                op[1] = words.register();
                op[2] = words.within("bound", 1, Ranges.MOST_RANDOM);
            }
            case "goto" -> jump(program, Op.JUMP, 1, words);
            case "loop" -> {
                op[1] = words.register();
                jump(program, Op.LOOP, 2, words);
            }
            case "if" -> {
                op[1] = words.value();
                String relation = words.next("== or !=");
                if (!relation.equals("==") && !relation.equals("!=")) {
                    throw words.error("expected == or !=, not " + relation);
                }
                op[2] = words.value();
                words.expect("goto");
                jump(program, relation.equals("==") ? Op.IF_EQUAL : Op.IF_DIFFERENT, 3, words);
            }
            case "call" -> {
                op[0] = Op.CALL;
                op[1] = words.channel();
                op[2] = words.value();
                if (words.accept("timeout")) {
                    op[3] = words.time(1);
                }
            }
            case "spawn" -> spawn(program, at, op, words);
            case "fork" -> fork(program, at, op, words);
            case "exec" -> exec(op, words);
            case "reply" -> {
                op[0] = Op.REPLY;
                op[1] = words.channel();
                op[2] = words.within("tag", 0, Limits.TAGS - 1);
                op[3] = words.value();
            }
            case "raw" -> {
                op[0] = Op.RAW;
                op[1] = words.within("system call", Ranges.LEAST_CALL, Ranges.MOST_CALL);
                op[2] = words.hasNext() ? words.value() : 0;
                op[3] = words.hasNext() ? words.value() : 0;
            }
            default -> simple(op, name, words);
        }
    }

    private void simple(long[] op, String name, Words words) throws ScriptException {
        switch (name) {
            case "receive", "restart" -> {
                op[0] = name.equals("receive") ? Op.RECEIVE : Op.RESTART;
                op[1] = words.channel();
            }
            case "cancel" -> {
                op[0] = Op.CANCEL;
                op[1] = words.slot();
            }
            case "spin" -> {
                op[0] = Op.SPIN;
                op[1] = words.within("number of rounds", 0, Ranges.MOST_ROUNDS);
            }
            case "sleep" -> {
                op[0] = Op.SLEEP;
                op[1] = words.time(0);
            }
            case "yield" -> op[0] = Op.YIELD;
            case "follow" -> op[0] = Op.FOLLOW;
            case "beginleg" -> op[0] = Op.BEGIN_LEG;
            case "nextleg" -> {
                op[0] = Op.NEXT_LEG;
                op[1] = words.register();
                op[2] = words.register();
                op[3] = words.register();
            }
            case "restarted" -> {
                op[0] = Op.RESTARTED;
                op[1] = words.register();
            }
            case "fault" -> {
                op[0] = Op.FORBIDDEN;
                op[1] = words.hasNext() ? attempt(words) : Forbidden.INSTRUCTION;
            }
            case "record" -> {
                op[0] = Op.RAW;
                op[1] = SystemCall.RECORD;
            }
            case "end" -> op[0] = Op.END;
            default -> pageOperation(op, name, words);
        }
    }

    private void pageOperation(long[] op, String name, Words words) throws ScriptException {
        int code = PAGE_OPERATIONS.getOrDefault(name, 0);
        if (code == 0) {
            throw words.error("unknown operation " + name);
        }
        hasPages(name, words);
        op[0] = code;
        op[1] = words.within("page", 0, memory.pages() - 1L);
        if (code == Op.TOUCH || code == Op.ATTEMPT) {
            op[2] = words.rights();
            op[3] = op[2] == Rights.WRITE && words.hasNext() ? words.value() : 0;
            return;
        }
        long least = op[1] < memory.pages() && op[1] >= 0 ? op[1] : 0; // It may be a register.
        op[2] = words.within("page", least, memory.pages() - 1L);
        op[3] = code == Op.UNMAP ? 0 : words.rights();
    }

    private void hasPages(String name, Words words) throws ScriptException {
        if (memory.pages() == 0) {
            throw words.error(name + " in a script that has no line pages N frames M");
        }
    }

    private void fork(ProgramText program, int at, long[] op, Words words) throws ScriptException {
        hasPages("fork", words);
        op[0] = Op.FORK;
        op[1] = words.slot();
        program.spawns.add(new Fixup(words.next("a program name"), at, 2, words.here()));
    }

    /** The program's name is packed into two operands; the guest looks for it. */
    private void exec(long[] op, Words words) throws ScriptException {
        hasPages("exec", words);
        String name = words.next("a program's name");
        if (!PROGRAM_NAME.matcher(name).matches()) {
            throw words.error("a program's name has 1 to 16 of a-z 0-9 . _ -, unlike " + name);
        }
        op[0] = Op.EXEC;
        op[1] = words.hasNext() ? words.value() : 0;
        for (int i = 0; i < name.length(); i++) {
            op[2 + i / Long.BYTES] |= (long) name.charAt(i) << i % Long.BYTES * Byte.SIZE;
        }
    }

    private static long attempt(Words words) throws ScriptException {
        String name = words.next("what to attempt");
        int number = ATTEMPTS.indexOf(name);
        if (number < 0) {
            throw words.error("expected one of " + String.join(", ", ATTEMPTS) + ", not " + name);
        }
        return number;
    }

    private static void jump(ProgramText program, int code, int operand, Words words)
            throws ScriptException {
        int at = program.ops.size() - 1;
        program.ops.get(at)[0] = code;
        program.jumps.add(new Fixup(words.next("a label"), at, operand, words.here()));
    }

    private static void spawn(ProgramText program, int at, long[] op, Words words)
            throws ScriptException {
        op[0] = Op.SPAWN;
        op[1] = words.slot();
        program.spawns.add(new Fixup(words.next("a program name"), at, 2, words.here()));
        words.expect("priority");
        op[2] = words.number(0, Limits.PRIORITIES - 1) << 16;
        op[3] = words.accept("serves") ? words.channel() : Record.NONE;
    }
}
