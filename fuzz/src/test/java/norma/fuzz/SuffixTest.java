package norma.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import norma.abi.Event;
import norma.conformance.check.Finding;
import norma.conformance.check.Reason;
import norma.conformance.check.Rings;
import norma.conformance.check.Validator;
import norma.conformance.conform.Scenarios;
import norma.conformance.job.Images;
import norma.conformance.machine.Accel;
import norma.conformance.machine.Arch;
import norma.conformance.saved.SavedTrace;
import norma.conformance.scenario.Outcome;
import norma.conformance.scenario.Plan;
import norma.conformance.scenario.Script;
import norma.conformance.scenario.ScriptParser;
import norma.conformance.scenario.Session;
import norma.conformance.trace.RecordSource;
import norma.conformance.trace.WitnessSource;
import norma.model.kernel.KernelState;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A machine may stop at any moment, with rings of any size: what they hold then, from the oldest
 * complete checkpoint on, must conform; and what is altered in it must not. Every moment is taken
 * from a whole trace of the real kernel, whose records are cut off where a merge has come to.
 */
class SuffixTest {
    private static final int WINDOWS = Sampler.share(400);
    private static final int LIES = Sampler.share(400);
    private static final int MOMENTS = Sampler.share(20);

    /** Records after a cut within which its checkpoint is likely to be complete. */
    private static final int LATEST = 6_000;

    /** Cuts of the trace at which a core owes a kick: a trace with fewer would try too little. */
    private static final int LEAST_OWING = Sampler.share(2);

    /** In word 1 of a Refuse: the number of the system call. */
    private static final long REFUSED = 0xffff_0000L;

    /** Marks of such cores that a trace must have for that: it depends on the kernel's timing. */
    private static final int LEAST_MARKS = 3;

    /** One of the seeds below must have them. */
    private static final int SEEDS = 12;

    private static final int[] RINGS = {512, 1024, 2048, 8192};

    private static final List<String> RUNS = List.of("checkpoints", "pages");

    private static final Map<String, Whole> WHOLES = new HashMap<>();

    /** The run that is looked at. */
    private static Whole whole;

    /** A whole trace, its records a core, and the cores in the order of a merge. */
    private record Whole(SavedTrace trace, List<List<long[]>> records, List<Integer> order) {
        static Whole of(Path file) throws Exception {
            SavedTrace trace = SavedTrace.read(file);
            List<List<long[]>> records = new ArrayList<>();
            List<Integer> order = new ArrayList<>();
            for (int core = 0; core < trace.cores(); core++) {
                records.add(new ArrayList<>());
            }
            Validator validator = new Validator(trace, trace, trace.header().setup());
            validator.addSink(event -> {
                records.get(event.core()).add(event.words.clone());
                order.add(event.core());
            });
            validator.finish(true);
            assertNull(validator.finding());
            return new Whole(trace, records, order);
        }

        /** Marks of cores that owe a kick. */
        long owing() {
            return records.stream().flatMap(List::stream).filter(SuffixTest::owes).count();
        }
    }

    /** The newest records of each core at one moment. */
    private static final class Window implements Rings, RecordSource {
        private final int[] ends = new int[whole.records.size()];
        private final int[] starts = new int[whole.records.size()];
        private final int[] next = new int[whole.records.size()];
        private final int[] cuts = new int[whole.records.size()];

        Window(int moment, int ring) {
            whole.order.subList(0, moment).forEach(core -> ends[core]++);
            for (int core = 0; core < ends.length; core++) {
                starts[core] = Math.max(0, ends[core] - ring);
            }
        }

        /** Rings of such sizes that nothing older than the cuts of {@code epoch} is left. */
        static Window from(int epoch, int moment) {
            Window window = new Window(moment, Integer.MAX_VALUE);
            for (int core = 0; core < window.ends.length; core++) {
                List<long[]> records = whole.records.get(core);
                int at = 0;
                while (at < window.ends[core] && !marks(records.get(at), epoch)) {
                    at++;
                }
                boolean slept = at == window.ends[core];
                window.starts[core] = slept ? Math.max(0, at - RINGS[0]) : at;
            }
            return window;
        }

        private static boolean marks(long[] words, int epoch) {
            return kind(words) == Event.MARK && epochOf(words) - epoch >= 0;
        }

        @Override
        public int cores() {
            return ends.length;
        }

        @Override
        public int held(int core) {
            return ends[core] - starts[core];
        }

        @Override
        public void record(int core, int place, long[] into) {
            System.arraycopy(
                    whole.records.get(core).get(starts[core] + place), 0, into, 0, into.length);
        }

        @Override
        public int epoch(int core) {
            for (int i = ends[core] - 1; i >= 0; i--) {
                long[] words = whole.records.get(core).get(i);
                if (kind(words) == Event.MARK) {
                    return epochOf(words);
                }
            }
            return 0;
        }

        @Override
        public long written(int core) {
            return ends[core];
        }

        @Override
        public void startAt(int core, int place) {
            next[core] = place;
            cuts[core] = place;
        }

        @Override
        public boolean peek(int core, long[] into) {
            if (next[core] == held(core)) {
                return false;
            }
            record(core, next[core], into);
            return true;
        }

        @Override
        public void take(int core) {
            next[core]++;
        }

        /** The finding, or null; {@code begun[0]}: a checkpoint was found. */
        Finding validate(boolean[] begun) {
            return validate(begun, state -> {});
        }

        /** The same; {@code loaded} sees the state that validation begins with. */
        Finding validate(boolean[] begun, Consumer<KernelState> loaded) {
            Validator validator =
                    new Validator(
                            this,
                            WitnessSource.NONE,
                            new Validator.Setup(
                                    whole.trace.header().firstPriority(),
                                    whole.trace.header().setup().faultCause(),
                                    false,
                                    false,
                                    whole.trace.header().memory()));
            validator.beginAtCheckpoint(this);
            begun[0] =
                    validator.finding() == null || validator.finding().reason() != Reason.TRUNCATED;
            if (validator.finding() == null) {
                loaded.accept(validator.state());
                validator.cut();
            }
            return validator.finding();
        }
    }

    private static Outcome run(Script script, int cpus, int seed, Path file) throws Exception {
        Plan plan =
                new Plan(
                        Arch.RISCV64,
                        cpus,
                        Accel.ICOUNT,
                        Images.kernel(Arch.RISCV64),
                        script,
                        seed,
                        Duration.ofSeconds(60),
                        Optional.of(file));
        return new Session(plan, (validator, seconds) -> {}).run();
    }

    @BeforeAll
    static void record() throws Exception {
        Script script = Scenarios.named("checkpoints").script();
        for (int seed = 2; !WHOLES.containsKey("checkpoints"); seed++) {
            int number = seed;
            assertTrue(seed < SEEDS, "in no trace do enough cores owe a kick when they mark");
            Whole found =
                    Whole.of(Sampler.kept("checkpoints-" + seed, to -> run(script, 4, number, to)));
            if (found.owing() >= LEAST_MARKS) {
                WHOLES.put("checkpoints", found);
            }
        }
        // Few records: without those of locks, and checkpoints that small rings hold.
        Script pages =
                ScriptParser.parse(
                        Sampler.script("page-sampler")
                                .replace("locks\n", "")
                                .replace("checkpoints 500", "checkpoints 200"));
        WHOLES.put("pages", Whole.of(Sampler.kept("pages", file -> run(pages, 2, 2, file))));
    }

    /** Is it the mark of a core that owes a kick? */
    private static boolean owes(long[] words) {
        return kind(words) == Event.MARK && (words[1] & 0xffff) == 0 && words[3] != 0;
    }

    static List<String> runs() {
        return RUNS;
    }

    @ParameterizedTest
    @MethodSource("runs")
    void everyMomentConformsFromItsOldestCheckpoint(String run) {
        whole = WHOLES.get(run);
        Random random = new Random(1);
        int begun = 0;
        boolean[] found = new boolean[1];
        for (int i = 0; i < WINDOWS; i++) {
            int moment = 1 + random.nextInt(whole.order.size());
            int ring = RINGS[random.nextInt(RINGS.length)];
            Finding finding = new Window(moment, ring).validate(found);
            if (found[0]) {
                begun++;
                assertNull(finding, () -> "moment " + moment + ", rings of " + ring);
            }
        }
        int least =
                run.equals("pages") ? WINDOWS / 10 : WINDOWS / 2; // A short run: many are early.
        assertTrue(begun >= least, begun + " of " + WINDOWS + " have a checkpoint");
    }

    /** Rings that hold no whole checkpoint are told from a run that had none yet. */
    @Test
    void ringsThatAreTooSmallAreToldTheirSize() {
        whole = WHOLES.get("checkpoints");
        boolean[] found = new boolean[1];
        Finding small = new Window(whole.order.size(), 64).validate(found);
        assertEquals(Reason.TRUNCATED, small.reason());
        assertEquals(
                "no complete checkpoint is left: rings of 64 records are too small for the"
                        + " checkpoints of 4 cores: 2048 are needed",
                small.summary());
        Finding early = new Window(20, 64).validate(found);
        assertEquals(Reason.TRUNCATED, early.reason());
        assertEquals("the run was over before its first checkpoint was complete", early.summary());
    }

    /**
     * A core may be cut in the middle of the kernel, when it has made a thread ready for another
     * core and not yet sent the interrupt: the checkpoint then says so, and the suffix begins with
     * the duty. Each such cut of the trace is begun at, at some moments after it.
     */
    @Test
    void aKickOwedAtTheCutIsOwedInTheSuffix() {
        whole = WHOLES.get("checkpoints");
        Random random = new Random(3);
        int[] next = new int[whole.records.size()];
        int owing = 0;
        boolean[] found = new boolean[1];
        for (int at = 0; at < whole.order.size(); at++) {
            int core = whole.order.get(at);
            long[] mark = whole.records.get(core).get(next[core]++);
            if (!owes(mark)) {
                continue;
            }
            int[] owed = new int[1];
            for (int i = 0; i < MOMENTS; i++) {
                int moment = Math.min(at + 1 + random.nextInt(LATEST), whole.order.size());
                Window window = Window.from(epochOf(mark), moment);
                Finding finding = window.validate(found, state -> owed[0] += kicks(state));
                if (found[0]) {
                    assertNull(finding, () -> "epoch " + epochOf(mark) + ", moment " + moment);
                }
            }
            owing += owed[0] > 0 ? 1 : 0;
        }
        System.out.println("suffixes that begin with kicks owed: " + owing);
        assertTrue(owing >= LEAST_OWING, owing + " cuts owe a kick");
    }

    private static int kicks(KernelState state) {
        int count = 0;
        for (int core = 0; core < whole.records.size(); core++) {
            count += state.sched().kickOwed(core) ? 1 : 0;
        }
        return count;
    }

    /** Every bit of an event behind the cuts means something, but what users choose freely. */
    @ParameterizedTest
    @MethodSource("runs")
    void whatIsAlteredBehindTheCutsIsRejected(String run) {
        whole = WHOLES.get(run);
        Random random = new Random(1);
        List<String> accepted = new ArrayList<>();
        boolean[] found = new boolean[1];
        int tried = 0;
        while (tried < LIES) {
            int moment = 1 + random.nextInt(whole.order.size());
            Window window = new Window(moment, 1024);
            window.validate(found);
            int core = random.nextInt(whole.records.size());
            int held = window.held(core) - window.cuts[core];
            if (!found[0] || held == 0) {
                continue;
            }
            int at = window.starts[core] + window.cuts[core] + random.nextInt(held);
            long[] words = whole.records.get(core).get(at);
            int word = random.nextInt(words.length);
            if (Event.isSnapshot(kind(words)) || word == 2) {
                // Without it another checkpoint, or none, is the oldest complete one; and only the
                // second witness knows payloads, programs and times, which a suffix is without.
                continue;
            }
            long bit = 1L << random.nextInt(Long.SIZE);
            if (kind(words) == Event.REFUSE && word == 1 && (bit & REFUSED) != 0) {
                continue; // Which call was refused is the user's choice, as payloads are.
            }
            words[word] ^= bit;
            if (new Window(moment, 1024).validate(found) == null) {
                accepted.add("core " + core + " record " + at + " word " + word + " bit " + bit);
            }
            words[word] ^= bit;
            tried++;
        }
        assertEquals(List.of(), accepted);
    }

    private static int epochOf(long[] words) {
        return (int) (words[1] >>> 32);
    }

    private static int kind(long[] words) {
        return (int) words[0] & 0xff;
    }
}
