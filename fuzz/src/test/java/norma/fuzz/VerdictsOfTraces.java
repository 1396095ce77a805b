package norma.fuzz;

import static norma.fuzz.KeptVerdicts.TRACES;
import static norma.fuzz.KeptVerdicts.compare;
import static norma.fuzz.KeptVerdicts.kept;
import static norma.fuzz.KeptVerdicts.shapes;
import static norma.fuzz.KeptVerdicts.verdict;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import norma.abi.Limits;
import norma.abi.Record;
import norma.abi.Snapshot;
import norma.conformance.check.EventView;
import norma.conformance.check.Finding;
import norma.conformance.check.ModelStep;
import norma.conformance.saved.LongList;
import norma.conformance.saved.SavedTrace;
import norma.conformance.saved.SavedTrace.TraceException;
import norma.conformance.saved.TraceFormat;
import norma.fuzz.Blocks.Block;
import norma.fuzz.KeptVerdicts.Place;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What the validator says of altered files is what it said when the folder {@code norma.kept} was
 * begun: who notices a mutant of the validator that no other test does. That each alteration which
 * means something is rejected is {@link TraceMutantsTest}'s and others' to say. Not a test of the
 * ordinary build: without a mutant it has nothing to say.
 */
class VerdictsOfTraces {
    private static final int WORDS = Record.BYTES / 8;

    /** Bits of a record's words where its fields begin, end, and are usual. */
    private static final int[] BITS = {0, 1, 3, 8, 16, 17, 32, 33, 47, 48, 49, 56, 63};

    private static final List<Block> WHOLE = new ArrayList<>();
    private static final List<Block> SUFFIX = new ArrayList<>();
    private static final List<Block> PAGES = new ArrayList<>();

    /** A word of a block's payload. */
    private record Word(int block, int at) {}

    @BeforeAll
    static void record() throws Exception {
        KeptVerdicts.record();
        if (WHOLE.isEmpty()) {
            Path whole = Sampler.kept("sampler");
            Path suffix = Sampler.kept("two-overwrite", CorruptTraceTest::overwritten);
            WHOLE.addAll(Blocks.of(Files.readAllBytes(whole)));
            SUFFIX.addAll(Blocks.of(Files.readAllBytes(suffix)));
            Path pages = Sampler.kept("page-sampler");
            PAGES.addAll(Blocks.of(Files.readAllBytes(pages)));
        }
    }

    @Test
    void theTrace() throws Exception {
        compare("whole", List.of(verdict(TRACES.get(0))));
    }

    @Test
    void theSuffix() throws Exception {
        compare("suffix", List.of(verdict(TRACES.get(1))));
    }

    @Test
    void theTraceOfPages() throws Exception {
        compare("pages", List.of(verdict(TRACES.get(2))));
    }

    @Test
    void records() throws Exception {
        alter("records", 0, 3);
    }

    @Test
    void recordsOfASuffix() throws Exception {
        alter("suffix-records", 1, 2);
    }

    @Test
    void recordsOfPages() throws Exception {
        alter("pages-records", 2, 3);
    }

    @Test
    void logs() throws Exception {
        logs("logs", TRACES.get(0));
    }

    @Test
    void logsOfPages() throws Exception {
        logs("pages-logs", TRACES.get(2));
    }

    private static void logs(String name, SavedTrace trace) throws Exception {
        List<LongList> lists = new ArrayList<>();
        for (int slot = 0; slot < Limits.THREADS; slot++) {
            lists.add(trace.entries(slot));
        }
        alter(name, trace, shapes(lists, list -> at -> "call " + list.get(at)), 8);
    }

    private static void alter(String name, int number, int each) throws Exception {
        alter(name, TRACES.get(number), shapes(number), each);
    }

    /** Alters some words of records of each shape, one after the other. */
    private static void alter(
            String name, SavedTrace trace, Map<String, List<Place>> shapes, int each)
            throws Exception {
        Random random = new Random(7);
        List<String> kept = kept(name);
        List<String> lines = new ArrayList<>();
        int word = 0;
        for (List<Place> places : shapes.values()) {
            for (int i = 0; i < each; i++) {
                // Mostly early ones, which are found soon.
                int last = random.nextInt(3) == 0 ? places.size() : Math.min(places.size(), 3);
                Place place = places.get(random.nextInt(last));
                int at = place.at() + word;
                word = (word + 3) % WORDS;
                long old = place.list().get(at);
                long bit = 1L << BITS[random.nextInt(BITS.length)];
                place.list().set(at, random.nextInt(4) == 0 ? old + 1 : old ^ bit);
                lines.add(verdict(trace));
                place.list().set(at, old);
                if (kept != null) {
                    assertEquals(kept.get(lines.size() - 1), lines.getLast(), name);
                }
            }
        }
        compare(name, lines);
    }

    /** How many entries logs have, how far rings had come, how the run ended. */
    @Test
    void counts() throws Exception {
        List<List<Block>> all = new ArrayList<>();
        for (List<Block> blocks : List.of(WHOLE, SUFFIX, PAGES)) {
            for (int i = 0; i < blocks.size(); i++) {
                int type = blocks.get(i).type();
                if (type == TraceFormat.RECORDS || type == TraceFormat.WITNESS) {
                    continue;
                }
                int words = blocks.get(i).payload().length / Long.BYTES;
                int step = type == TraceFormat.HALVES ? 9 : 1;
                for (int at = 0; at < words && type != TraceFormat.HEADER; at += step) {
                    for (long by : new long[] {1, -1}) {
                        all.add(with(blocks, new Word(i, at), word(blocks.get(i), at) + by));
                    }
                }
            }
        }
        judge("counts", all);
    }

    @Test
    void headers() throws Exception {
        List<List<Block>> all = new ArrayList<>();
        for (List<Block> blocks : List.of(WHOLE, SUFFIX, PAGES)) {
            String text = new String(blocks.get(0).payload(), StandardCharsets.UTF_8);
            for (String line : text.lines().toList()) {
                String key = line.substring(0, line.indexOf('=') + 1);
                for (String value :
                        new String[] {
                            "0",
                            "1",
                            "4",
                            "5",
                            "7",
                            "8",
                            "-1",
                            "x86_64",
                            "true",
                            "false",
                            "",
                            "99999999999999999999"
                        }) {
                    String other = text.replace(line + "\n", key + value + "\n");
                    all.add(header(blocks, other));
                }
                all.add(header(blocks, text.replace(line + "\n", "")));
                all.add(header(blocks, text + line + "\n"));
            }
            all.add(header(blocks, "x\n" + text));
        }
        judge("headers", all);
    }

    /** A file without records. */
    private static List<Block> header(List<Block> blocks, String text) {
        List<Block> copy = new ArrayList<>(blocks);
        copy.removeIf(b -> b.type() == TraceFormat.RECORDS || b.type() == TraceFormat.WITNESS);
        copy.set(0, copy.get(0).with(text.getBytes(StandardCharsets.UTF_8)));
        byte[] totals = copy.getLast().payload();
        java.util.Arrays.fill(totals, 0, 16, (byte) 0);
        copy.set(copy.size() - 1, copy.getLast().with(totals));
        return copy;
    }

    /** Records gone, twice, exchanged, and a ring that ends there. */
    @Test
    void order() throws Exception {
        List<List<Block>> all = new ArrayList<>();
        Random random = new Random(4);
        for (List<Block> blocks : List.of(WHOLE, SUFFIX, PAGES)) {
            for (int i = 0; i < 8; i++) {
                int block = random.nextInt(blocks.size());
                if (blocks.get(block).type() != TraceFormat.RECORDS) {
                    continue;
                }
                byte[] old = blocks.get(block).payload();
                int at = random.nextInt(old.length / Record.BYTES - 1) * Record.BYTES;
                byte[] gone = new byte[old.length - Record.BYTES];
                System.arraycopy(old, 0, gone, 0, at);
                System.arraycopy(old, at + Record.BYTES, gone, at, gone.length - at);
                all.add(ended(blocks, block, gone, -1));
                byte[] twice = old.clone();
                System.arraycopy(old, at, twice, at + Record.BYTES, Record.BYTES);
                all.add(ended(blocks, block, twice, 0));
                System.arraycopy(old, at + Record.BYTES, twice, at, Record.BYTES);
                all.add(ended(blocks, block, twice, 0));
                all.add(ended(blocks, block, java.util.Arrays.copyOf(old, at), at - old.length));
            }
        }
        judge("order", all);
    }

    /** With totals that agree, and each ending. */
    private static List<Block> ended(List<Block> blocks, int block, byte[] payload, int more) {
        List<Block> copy = new ArrayList<>(blocks);
        copy.set(block, copy.get(block).with(payload));
        int records = more < -1 ? more / Record.BYTES : more;
        Block end = blocks.getLast();
        byte[] totals = end.payload();
        ByteBuffer words = ByteBuffer.wrap(totals).order(ByteOrder.LITTLE_ENDIAN);
        words.putLong(0, words.getLong(0) + records);
        words.putLong(16, (payload.length / Record.BYTES + block) % 3);
        copy.set(copy.size() - 1, end.with(totals));
        return copy;
    }

    /** Records in their order, and words of them altered, one step after the other. */
    @Test
    void steps() throws Exception {
        steps("steps", Sampler.trace("sampler"));
    }

    @Test
    void stepsOfPages() throws Exception {
        steps("pages-steps", Sampler.trace("page-sampler"));
    }

    private static void steps(String name, SavedTrace trace) throws Exception {
        List<long[]> order = KeptVerdicts.inOrder(trace);
        List<String> lines = new ArrayList<>();
        lines.add(steps(trace, order));
        Random random = new Random(8);
        for (int i = 0; i < 8; i++) {
            List<long[]> lie = new ArrayList<>(order);
            int at = random.nextInt(order.size());
            long[] words = order.get(at).clone();
            words[1 + random.nextInt(6)] ^= 1L << BITS[random.nextInt(BITS.length)];
            lie.set(at, words);
            lines.add(steps(trace, lie));
        }
        compare(name, lines);
    }

    private static String steps(SavedTrace trace, List<long[]> order) {
        ModelStep step = KeptVerdicts.steps(trace);
        long sum = 0;
        int number = 0;
        EventView event = new EventView();
        for (long[] words : order) {
            System.arraycopy(words, 0, event.words, 0, words.length);
            Finding finding =
                    event.isSnapshot() ? step.snapshot(List.of(words)) : step.take(event, number++);
            if (event.isSnapshot() && ((int) (words[1] >>> 32)) == Snapshot.FINAL_EPOCH) {
                sum = 31 * sum + step.differences(List.of(words)).hashCode();
            }
            long said = step.resumed() + 3 * step.answer() + 7 * step.answerWord();
            sum = 31 * sum + said + 5L * java.util.Arrays.hashCode(step.stamps());
            if (finding != null) {
                return number + " " + finding;
            }
        }
        return sum + " " + step.undischarged(true) + step.undischarged(false) + step.unsaved();
    }

    private static long word(Block block, int at) {
        return block.word(at);
    }

    private static List<Block> with(List<Block> blocks, Word at, long value) {
        List<Block> copy = new ArrayList<>(blocks);
        byte[] payload = copy.get(at.block).payload();
        ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN).putLong(8 * at.at, value);
        copy.set(at.block, copy.get(at.block).with(payload));
        return copy;
    }

    private static void judge(String name, List<List<Block>> files) throws Exception {
        Path file = Files.createTempFile("norma-verdict", ".trace");
        try {
            List<String> kept = kept(name);
            List<String> lines = new ArrayList<>();
            for (List<Block> blocks : files) {
                Files.write(file, Blocks.file(blocks));
                lines.add(ofFile(file));
                if (kept != null) {
                    assertEquals(kept.get(lines.size() - 1), lines.getLast(), name);
                }
            }
            compare(name, lines);
        } finally {
            Files.delete(file);
        }
    }

    private static String ofFile(Path file) throws Exception {
        SavedTrace trace;
        try {
            trace = SavedTrace.read(file);
        } catch (TraceException e) {
            return e.reason() + " " + e.getMessage();
        }
        return verdict(trace);
    }
}
