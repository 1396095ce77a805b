package norma.kernel.sim;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.classfile.Opcode;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import norma.kernel.sim.load.ClassEdit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The machine finds bugs: each kernel here has one, and fails with a finding of the right kind. */
class MutantsTest {
    private static final int SEEDS = 8_000;

    /** Slot of the parameter in {@code timeOut}, and in {@code failCall}. */
    private static final int VICTIM = 2;

    private static final int CHANNEL = 2;
    private static final ClassDesc THREAD = ClassDesc.of("norma.kernel.thread.Thread");
    private static final ClassDesc DEAD = ClassDesc.of("norma.kernel.ipc.Channel");
    private static final ClassDesc LIST = ClassDesc.of("norma.kernel.thread.ThreadList");
    private static final MethodTypeDesc EMPTY = MethodTypeDesc.of(ConstantDescs.CD_boolean);

    /** A bug, the scenarios in which it shows, and what it may be found as. */
    record Case(String name, ClassEdit edit, List<String> scenarios, Set<String> kinds) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Case bug(String name, ClassEdit edit, String scenarios, String kinds) {
        return new Case(
                name, edit, List.of(scenarios.split(" ", -1)), Set.of(kinds.split(" ", -1)));
    }

    static Stream<Case> bugs() {
        return Stream.of(
                        locks(),
                        leftOut(),
                        logic(),
                        calls(),
                        deadlinesAndDeaths(),
                        time(),
                        checkpoints())
                .flatMap(bugs -> bugs);
    }

    private static Stream<Case> locks() {
        return Stream.of(
                bug(
                        "acquire does not wait",
                        Mutant.of("lang.TicketLock").branch("acquire", Opcode.IF_ICMPEQ, 0, true),
                        "contended",
                        "RACE PANICKED"),
                bug(
                        "enqueue without the run queue's lock",
                        Mutant.of("sched.Scheduler")
                                .drop("enqueue", "acquire", 0)
                                .drop("enqueue", "release", 1),
                        "steal-wake",
                        "RACE"),
                bug(
                        "lock released by a plain write",
                        Mutant.of("lang.TicketLock").rename("release", "setRelease", "set"),
                        "contended",
                        "RACE"),
                bug(
                        "lock awaited by plain reads",
                        Mutant.of("lang.TicketLock").rename("acquire", "getAcquire", "get"),
                        "contended",
                        "RACE"),
                bug(
                        "lock awaited by opaque reads",
                        Mutant.of("lang.TicketLock").rename("acquire", "getAcquire", "getOpaque"),
                        "contended",
                        "RACE"),
                bug(
                        "lock never released",
                        Mutant.of("lang.TicketLock").drop("release", "setRelease", 0),
                        "contended",
                        "DEADLOCK"),
                bug(
                        "threads locked in the order of their naming",
                        Mutant.of("thread.ThreadLocks")
                                .branch("acquire", Opcode.IF_ICMPGE, 0, false),
                        "contended reply-cancel",
                        "PANICKED"));
    }

    private static Stream<Case> leftOut() {
        return Stream.of(
                bug(
                        "grant without the receiver's lock",
                        Mutant.of("ipc.Settlement")
                                .drop("grant", "acquire", 0)
                                .drop("grant", "release", 0),
                        "grants",
                        "RACE ACTION_NOT_ENABLED PANICKED"),
                bug(
                        "time-out without the caller's lock",
                        Mutant.of("ipc.Ipc")
                                .drop("timeOut", "acquire", 1)
                                .drop("timeOut", "release", 0),
                        "reply-timeout",
                        "RACE ACTION_NOT_ENABLED PANICKED"),
                bug(
                        "restart without the thread's lock",
                        Mutant.of("ipc.Server")
                                .drop("restart", "acquire", 1)
                                .drop("restart", "release", 0),
                        "restart",
                        "RACE ACTION_NOT_ENABLED PANICKED"));
    }

    private static Stream<Case> logic() {
        return Stream.of(
                bug(
                        "no inheritance",
                        Mutant.of("ipc.Settlement")
                                .result("settle", "beginSettling", 0, (code, k) -> code.iconst_0()),
                        "inherit-chain",
                        "ACTION_NOT_ENABLED UNDISCHARGED INVARIANT_VIOLATED"),
                bug(
                        "no donation",
                        Mutant.of("ipc.Settlement").drop("donateAll", "donate", 0),
                        "inherit-stuck",
                        "ACTION_NOT_ENABLED UNDISCHARGED INVARIANT_VIOLATED"),
                bug(
                        "home core used without a second look",
                        Mutant.of("ipc.Settlement").branch("lockHome", Opcode.IF_ICMPNE, 0, false),
                        "inherit-chain restart call-death",
                        "POST_STATE_MISMATCH PANICKED RACE ACTION_NOT_ENABLED"),
                bug(
                        "dropped IPI",
                        Mutant.of("thread.Core").drop("kick", "sendIpi", 0),
                        "park-ipi",
                        "UNDISCHARGED DEADLOCK"),
                bug(
                        "idle without a look at the queue",
                        Mutant.of("sched.Scheduler")
                                .result("idle", "head", 0, (code, k) -> code.aconst_null()),
                        "park-ipi steal-wake",
                        "ACTION_NOT_ENABLED INVARIANT_VIOLATED UNDISCHARGED"),
                bug(
                        "stolen thread stays queued",
                        Mutant.of("sched.Scheduler").drop("steal", "remove", 0),
                        "steal-wake",
                        "ACTION_NOT_ENABLED POST_STATE_MISMATCH PANICKED RESULT_MISMATCH"),
                bug(
                        "answered caller is not woken",
                        Mutant.of("ipc.Ipc").drop("reply", "wake", 0),
                        "contended",
                        "ACTION_NOT_ENABLED UNDISCHARGED"));
    }

    private static Stream<Case> calls() {
        return Stream.of(
                bug(
                        "time-out without a second look",
                        Mutant.of("ipc.Ipc")
                                .result("timeOut", "calling", 0, (code, k) -> code.iconst_1())
                                .result("timeOut", "deadline", 0, (code, k) -> code.lconst_1()),
                        "reply-timeout",
                        "EARLY PANICKED ACTION_NOT_ENABLED POST_STATE_MISMATCH"),
                bug(
                        "cancelled call keeps its tag",
                        Mutant.of("ipc.Ipc").drop("takeBack", "free", 0),
                        "reply-cancel tags",
                        "POST_STATE_MISMATCH RESULT_MISMATCH ACTION_NOT_ENABLED INVARIANT_VIOLATED"
                                + " PANICKED"),
                bug(
                        "another answer than recorded",
                        Mutant.of("ipc.Ipc")
                                .before(
                                        "reply",
                                        "finish",
                                        0,
                                        (code, call) -> code.lconst_1().ladd()),
                        "contended",
                        "WITNESS_MISMATCH"),
                bug(
                        "a version is skipped",
                        Mutant.of("ipc.Ipc")
                                .before(
                                        "receive",
                                        "touch",
                                        1,
                                        (code, call) -> code.dup().with(call).pop2()),
                        "contended",
                        "VERSION_GAP DEADLOCK"));
    }

    private static Stream<Case> deadlinesAndDeaths() {
        return Stream.of(
                bug(
                        "time-out looks whether there is a deadline, not whether it has passed",
                        Mutant.of("ipc.Ipc")
                                .result(
                                        "timeOut",
                                        "deadline",
                                        0,
                                        (code, k) ->
                                                code.aload(VICTIM)
                                                        .getfield(
                                                                THREAD,
                                                                "timed",
                                                                ConstantDescs.CD_boolean)
                                                        .i2l()),
                        "reply-timeout",
                        "EARLY"),
                bug(
                        "a call's deadline is given to no timer",
                        Mutant.of("ipc.Ipc").drop("call", "deadline", 1),
                        "inherit-stuck",
                        "UNDISCHARGED"),
                bug(
                        "receivers of a dead server are told before who waits for a tag",
                        Mutant.of("ipc.Server")
                                .result(
                                        "failCall",
                                        "isEmpty",
                                        0,
                                        (code, k) ->
                                                code.aload(CHANNEL)
                                                        .getfield(DEAD, "receivers", LIST)
                                                        .invokevirtual(LIST, "isEmpty", EMPTY)
                                                        .iconst_1()
                                                        .ixor()),
                        "grants",
                        "ACTION_NOT_ENABLED RESULT_MISMATCH POST_STATE_MISMATCH"));
    }

    private static Stream<Case> time() {
        return Stream.of(
                bug(
                        "thread runs without its slice's timer",
                        Mutant.of("sched.Scheduler").drop("startSlice", "armBy", 0),
                        "steal-wake",
                        "MACHINE"),
                bug(
                        "deadlines come at once",
                        Mutant.of("entry.Timers")
                                .branch("expire", Opcode.IFGT, 0, false)
                                .branch("wake", Opcode.IFGT, 0, false),
                        "sleep-storm",
                        "EARLY"),
                bug(
                        "an idle core does not pass on what a time-out changed",
                        Mutant.of("entry.KernelEntry").drop("await", "donateAll", 0),
                        "inherit-stuck",
                        "UNDISCHARGED"));
    }

    private static Stream<Case> checkpoints() {
        String cut = "POST_STATE_MISMATCH VERSION_GAP ACTION_NOT_ENABLED PANICKED";
        return Stream.of(
                bug(
                        "an epoch begins before the sweep of the last is over",
                        Mutant.of("lang.Epochs").branch("begin", Opcode.IFNE, 0, false),
                        "checkpoints",
                        cut + " DEADLOCK"),
                bug(
                        "only the first object of an event is looked at",
                        Mutant.of("lang.Checkpoint")
                                .result("prepare", "newer", 1, (code, k) -> code.iconst_0())
                                .result("prepare", "newer", 2, (code, k) -> code.iconst_0()),
                        "checkpoints",
                        cut),
                bug(
                        "a steal is not announced",
                        Mutant.of("sched.Scheduler").drop("steal", "before", 0),
                        "checkpoints",
                        cut + " DEADLOCK")); // A slow host cannot go on, and makes no room.
    }

    @ParameterizedTest
    @MethodSource("bugs")
    void isFound(Case bug) {
        Simulator simulator = new Simulator(bug.edit());
        Failure found = null;
        String where = "";
        for (int seed = 0; seed < SEEDS && found == null; seed++) {
            for (String name : bug.scenarios()) {
                if (found == null) {
                    Scenario scenario = Scenario.find(name).orElseThrow();
                    found = simulator.run(scenario, 2, seed).failure();
                    where = name + " seed " + seed;
                }
            }
        }
        assertNotNull(found, "survived");
        System.out.println(
                "mutant | " + bug + " | " + found.kind() + " | " + where + " | " + found.summary());
        assertTrue(bug.kinds().contains(found.kind()), found.toString());
    }
}
