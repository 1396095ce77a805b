package norma.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiConsumer;
import norma.abi.SystemCall;
import norma.conformance.conform.Scenarios;
import norma.conformance.engine.ValidateEngineImpl;
import norma.conformance.job.Images;
import norma.conformance.job.Verdicts;
import norma.conformance.machine.Accel;
import norma.conformance.machine.Arch;
import norma.conformance.saved.TraceFormat;
import norma.conformance.scenario.Outcome;
import norma.conformance.scenario.Plan;
import norma.conformance.scenario.Session;
import norma.fuzz.Blocks.Block;
import norma.user.ScriptRunner;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code norma validate} of a file that is not what it was: what cannot be read is one line with
 * file and offset, and exit code 3; what can be read, because its checksums are right again, has a
 * verdict. Never an exception.
 */
class CorruptTraceTest {
    private static final int BYTES = Sampler.share(150);
    private static final int STRUCTURES = Sampler.share(400);

    /** A system call that there is none of, in both runs. */
    private static final short UNKNOWN = 99;

    /** Bytes of an entry of a thread's log. */
    private static final int ENTRY = 64;

    @TempDir static Path folder;

    private static final List<byte[]> FILES = new ArrayList<>();

    /** What a command printed, and its exit code. */
    private record Result(int code, List<String> lines) {}

    @BeforeAll
    static void record() throws Exception {
        FILES.clear();
        FILES.add(Files.readAllBytes(Sampler.kept("sampler")));
        FILES.add(Files.readAllBytes(Sampler.kept("two-overwrite", CorruptTraceTest::overwritten)));
        FILES.add(Files.readAllBytes(Sampler.kept("page-sampler")));
    }

    /** The run of rings that are overwritten: a suffix. */
    static Outcome overwritten(Path file) throws Exception {
        Plan plan =
                new Plan(
                        Arch.RISCV64,
                        2,
                        Accel.ICOUNT,
                        Images.kernel(Arch.RISCV64),
                        Scenarios.named("overwrite").script(),
                        2,
                        Duration.ofSeconds(60),
                        Optional.of(file));
        return new Session(plan, (validator, seconds) -> {}).run();
    }

    private static Result validate(byte[] bytes) throws Exception {
        Path file = Files.write(folder.resolve("altered.trace"), bytes);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int code =
                new ValidateEngineImpl()
                        .validate(file, new PrintStream(out, true, StandardCharsets.UTF_8));
        return new Result(code, out.toString(StandardCharsets.UTF_8).lines().toList());
    }

    /** Adds what is wrong with the answer to a file that cannot be read. */
    private static void expectUnreadable(byte[] bytes, String what, List<String> wrong) {
        try {
            Result result = validate(bytes);
            String line = String.join("\n", result.lines);
            if (result.code != Verdicts.INCONCLUSIVE
                    || !line.matches(
                            "VERDICT INCONCLUSIVE reason=(EMPTY|TRUNCATED|MALFORMED)"
                                    + " \\S+altered.trace: .*(offset \\d+.*|is empty)")) {
                wrong.add(what + ": exit code " + result.code + ", " + line);
            }
        } catch (Exception e) {
            wrong.add(what + ": " + e);
        }
    }

    @Test
    void theFilesThemselvesConform() throws Exception {
        assertEquals(Verdicts.PASS, validate(FILES.get(0)).code);
        assertEquals(Verdicts.PASS, validate(FILES.get(2)).code);
        Result suffix = validate(FILES.get(1));
        assertEquals(Verdicts.INCONCLUSIVE, suffix.code);
        assertTrue(suffix.lines.getLast().startsWith("VERDICT CONFORMS-SUFFIX"));
        for (byte[] file : FILES) {
            assertEquals(Arrays.hashCode(file), Arrays.hashCode(Blocks.file(Blocks.of(file))));
        }
    }

    /** Bytes altered, cut off, put in, taken out, and put behind, anywhere. */
    @Test
    void filesWithWrongBytesAreUnreadable() {
        Random random = new Random(5);
        List<String> wrong = new ArrayList<>();
        for (byte[] file : FILES) {
            for (int i = 0; i < BYTES; i++) {
                int at = random.nextInt(file.length);
                byte[] altered = file.clone();
                altered[at] ^= (byte) (1 + random.nextInt(255));
                expectUnreadable(altered, "byte " + at, wrong);
                expectUnreadable(Arrays.copyOf(file, at), "cut at " + at, wrong);
                byte[] more = Arrays.copyOf(file, file.length + 1 + random.nextInt(40));
                expectUnreadable(more, "zeroes behind", wrong);
                byte[] shorter = Arrays.copyOf(file, file.length - 1);
                System.arraycopy(file, at + 1, shorter, at, file.length - at - 1);
                expectUnreadable(shorter, "without byte " + at, wrong);
            }
        }
        assertEquals(List.of(), wrong);
    }

    /**
     * Blocks gone, twice, exchanged, cut, extended, of another type or owner; checksums are right.
     */
    @Test
    void wrongBlocksAreUnreadableOrHaveAVerdict() {
        Random random = new Random(6);
        List<String> wrong = new ArrayList<>();
        int unreadable = 0;
        for (byte[] file : FILES) {
            List<Block> original = Blocks.of(file);
            for (int i = 0; i < STRUCTURES; i++) {
                List<Block> blocks = new ArrayList<>(original);
                String what = alter(blocks, random, i % ALTERATIONS.size());
                unreadable += judge(Blocks.file(blocks), what, wrong) ? 1 : 0;
            }
        }
        System.out.println("unreadable: " + unreadable + " of " + FILES.size() * STRUCTURES);
        assertEquals(List.of(), wrong);
    }

    private static final List<BiConsumer<List<Block>, Random>> ALTERATIONS =
            List.of(
                    (blocks, random) -> blocks.remove(random.nextInt(blocks.size())),
                    (blocks, random) -> {
                        int at = random.nextInt(blocks.size());
                        blocks.add(random.nextInt(blocks.size()), blocks.get(at));
                    },
                    (blocks, random) -> {
                        int at = random.nextInt(blocks.size());
                        blocks.set(at, blocks.set(random.nextInt(blocks.size()), blocks.get(at)));
                    },
                    (blocks, random) -> {
                        int at = random.nextInt(blocks.size());
                        int length = blocks.get(at).payload().length;
                        blocks.set(at, blocks.get(at).resized(random.nextInt(length + 1)));
                    },
                    (blocks, random) -> {
                        int at = random.nextInt(blocks.size());
                        int length = blocks.get(at).payload().length;
                        blocks.set(at, blocks.get(at).resized(length + 1 + random.nextInt(64)));
                    },
                    (blocks, random) -> {
                        int at = random.nextInt(blocks.size());
                        Block old = blocks.get(at);
                        blocks.set(at, new Block(random.nextInt(9), 0, old.index(), old.payload()));
                    },
                    (blocks, random) -> {
                        int at = random.nextInt(blocks.size());
                        Block old = blocks.get(at);
                        blocks.set(at, new Block(old.type(), 0, random.nextInt(70), old.payload()));
                    },
                    (blocks, random) -> {
                        int at = random.nextInt(blocks.size());
                        Block old = blocks.get(at);
                        blocks.set(
                                at, old.altered(random.nextInt(1 << 20), 1 + random.nextInt(255)));
                    },
                    (blocks, random) -> {
                        int at = ofType(blocks, random, 3 + random.nextInt(4));
                        Block old = blocks.get(at);
                        blocks.set(
                                at, old.altered(random.nextInt(1 << 20), 1 + random.nextInt(255)));
                    });

    /** Says what became of which block. */
    private static String alter(List<Block> blocks, Random random, int how) {
        List<Block> before = List.copyOf(blocks);
        ALTERATIONS.get(how).accept(blocks, random);
        StringBuilder what = new StringBuilder("alteration " + how);
        for (int i = 0; before.size() == blocks.size() && i < before.size(); i++) {
            Block old = before.get(i);
            int at = Arrays.mismatch(old.payload(), blocks.get(i).payload());
            if (at >= 0) {
                what.append(": type " + old.type() + " of " + old.index() + " from byte " + at);
                int entry = at / ENTRY * ENTRY / Long.BYTES;
                if ((entry + 1) * Long.BYTES <= old.payload().length) {
                    what.append(", whose entry begins with " + old.word(entry));
                }
            }
        }
        return what.toString();
    }

    private static int ofType(List<Block> blocks, Random random, int type) {
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < blocks.size(); i++) {
            if (blocks.get(i).type() == type) {
                places.add(i);
            }
        }
        return places.isEmpty() ? 0 : places.get(random.nextInt(places.size()));
    }

    /** Each value of the header is another, each line gone. */
    @Test
    void wrongHeadersAreUnreadableOrHaveAVerdict() {
        List<String> wrong = new ArrayList<>();
        for (byte[] file : FILES) {
            List<Block> blocks = Blocks.of(file);
            String text = new String(blocks.getFirst().payload(), StandardCharsets.UTF_8);
            String[] values = {"", "-1", "0", "1", "3", "99", "70000", "2147483647", "true", "x\0"};
            for (String line : text.split("\n")) {
                for (String value : values) {
                    String other = line.substring(0, line.indexOf('=') + 1) + value;
                    blocks.set(0, header(blocks.getFirst(), text.replace(line, other)));
                    judge(Blocks.file(blocks), line + " -> " + other, wrong);
                }
                blocks.set(0, header(blocks.getFirst(), text.replace(line + "\n", "")));
                expectUnreadable(Blocks.file(blocks), "without " + line, wrong);
            }
        }
        assertEquals(List.of(), wrong);
    }

    private static Block header(Block old, String text) {
        return old.with(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Has a file of the whole run all records and logs, each stream in its order? */
    private static boolean isWhole(byte[] bytes) {
        Object streams = evidence(bytes);
        return evidence(FILES.get(0)).equals(streams) || evidence(FILES.get(2)).equals(streams);
    }

    /**
     * Its streams, without the lengths of time-outs, which are the kernel clock's, what the record
     * of a refused call does not keep of its number (all but 16 bits), and the page at which a
     * thread dies: at another that it may not have either it dies as well.
     */
    private static Map<String, String> evidence(byte[] bytes) {
        List<Block> blocks = new ArrayList<>();
        for (Block block : Blocks.of(bytes)) {
            byte[] payload = block.payload();
            for (int at = 0; at + ENTRY <= payload.length; at += ENTRY) {
                long number = block.word(at / Long.BYTES);
                if (block.type() == TraceFormat.WITNESS && number == SystemCall.CALL) {
                    Arrays.fill(payload, at + 3 * Long.BYTES, at + 4 * Long.BYTES, (byte) 0);
                } else if (block.type() == TraceFormat.WITNESS && number == ScriptRunner.ATTEMPT) {
                    Arrays.fill(payload, at + Long.BYTES, at + 2 * Long.BYTES, (byte) 0);
                } else if (block.type() == TraceFormat.WITNESS && (short) number == UNKNOWN) {
                    Arrays.fill(payload, at + Short.BYTES, at + Long.BYTES, (byte) 0);
                }
            }
            blocks.add(block.with(payload));
        }
        return Blocks.streams(blocks);
    }

    /** Adds what is wrong with the answer; true if the file could not be read. */
    private static boolean judge(byte[] bytes, String what, List<String> wrong) {
        Result result;
        try {
            result = validate(bytes);
        } catch (Exception e) {
            wrong.add(what + ": " + e + " at " + e.getStackTrace()[0]);
            return false;
        }
        String last = result.lines.getLast();
        if (result.lines.size() == 1 && last.matches("VERDICT INCONCLUSIVE.* offset \\d+.*")) {
            if (result.code != Verdicts.INCONCLUSIVE) {
                wrong.add(what + ": exit code " + result.code + ", " + last);
            }
            return true;
        }
        int expected =
                last.startsWith("VERDICT DIVERGES")
                        ? Verdicts.VIOLATION
                        : last.startsWith("VERDICT CONFORMS ")
                                ? Verdicts.PASS
                                : Verdicts.INCONCLUSIVE;
        if (expected == Verdicts.PASS && !isWhole(bytes)) {
            wrong.add(what + ": conforms, though its contents are not what was recorded");
        }
        if (!last.startsWith("VERDICT ") || result.code != expected) {
            wrong.add(what + ": exit code " + result.code + ", " + String.join("\n", result.lines));
        }
        return false;
    }
}
