package norma.conformance.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import norma.abi.Code;
import norma.abi.Forbidden;
import norma.abi.Limits;
import norma.abi.Record;
import norma.abi.Shared;
import norma.abi.SystemCall;
import norma.conformance.trace.WitnessSource;
import norma.model.Observation;
import norma.model.ipc.IpcState;
import norma.model.ipc.ResultCode;
import norma.model.kernel.KernelModel;
import norma.model.kernel.KernelState;
import org.junit.jupiter.api.Test;

/** What a thread logged against what the kernel recorded: each word of a request and an answer. */
class WitnessCheckTest {
    private static final int T = 3;
    private static final int SERVES = 2;

    /** The log of one thread; the others have none. */
    private static final class Log implements WitnessSource {
        private final List<long[]> entries = new ArrayList<>();
        private final List<Long> released = new ArrayList<>();
        private long halves;
        private long first;

        /** A request that is not answered, with the answer of one before it. */
        Log asked(long... words) {
            long[] entry = new long[WORDS];
            System.arraycopy(words, 0, entry, 0, words.length);
            entry[5] = -1;
            entry[7] = entries.size();
            entries.add(entry);
            halves = 2L * entries.size() - 1;
            return this;
        }

        void answered(int number, long packed, long word) {
            entries.get(number)[5] = packed;
            entries.get(number)[6] = word;
            halves = Math.max(halves, 2L * number + 2);
        }

        @Override
        public long halves(int slot) {
            return slot == T ? halves : 0;
        }

        @Override
        public long first(int slot) {
            return slot == T ? first : 0;
        }

        @Override
        public void entry(int slot, long number, long[] into) {
            System.arraycopy(entries.get((int) number), 0, into, 0, WORDS);
        }

        @Override
        public void release(int slot, long number) {
            assertEquals(T, slot);
            released.add(number);
        }
    }

    private final Log log = new Log();
    private final WitnessCheck check = new WitnessCheck(log, true);
    private final KernelModel model =
            new KernelModel(Machines.constants(1, new Validator.Setup(1, 0, false, true)));
    private final KernelState state = model.initial();

    private void result(ResultCode code, int tag, int caller, long word) {
        model.observer(state, new Observation()).ipc().result(T, code, tag, caller, word);
        check.returns(T, state.ipc());
    }

    private void result(WitnessCheck other, ResultCode code, long word) {
        model.observer(state, new Observation()).ipc().result(T, code, 0, 0, word);
        other.returns(T, state.ipc());
    }

    @Test
    void eachWordOfARequest() {
        for (int word = 0; word < 5; word++) {
            Log other = new Log();
            long[] words = {SystemCall.REPLY, 1, 2, 3, 4};
            words[word]++;
            other.asked(words);
            WitnessCheck wrong = new WitnessCheck(other, true);
            wrong.called(T, SystemCall.REPLY, 1, 2, 3, 4);
            String asked = Arrays.toString(Arrays.copyOfRange(words, 1, 5));
            String text =
                    "thread 3 asked call " + words[0] + asked + ", the kernel recorded call 3";
            assertEquals(text, wrong.failure());
        }
        log.asked(SystemCall.REPLY, 1, 2, 3, 4);
        check.called(T, SystemCall.REPLY, 1, 2, 3, 4);
        assertNull(check.failure());
        assertEquals(1, check.requests(T));
        assertEquals(0, check.requests(0));
    }

    @Test
    void eachWordOfACall() {
        for (int word = 0; word < 5; word++) {
            for (int timed = 0; timed < 2; timed++) {
                Log other = new Log();
                long[] words = {SystemCall.CALL, 1, 77, timed == 0 ? 0 : 500, 0};
                words[word] = word == 3 ? 500 - words[3] : words[word] + 1;
                other.asked(words);
                WitnessCheck wrong = new WitnessCheck(other, true);
                wrong.calledChannel(T, 1, 77, timed == 1);
                assertNotNull(wrong.failure(), "word " + word);
            }
        }
        log.asked(SystemCall.CALL, 1, 77, 500, 0).asked(SystemCall.CALL, 1, 77, 0, 0);
        check.calledChannel(T, 1, 77, true);
        check.calledChannel(T, 1, 77, false);
        assertNull(check.failure());
    }

    @Test
    void eachWordOfAFault() {
        for (int word = 0; word < 7; word++) {
            Log other = new Log().asked(WitnessCheck.FORBIDDEN, Forbidden.LIMIT - 1);
            other.entries.get(0)[word]++;
            WitnessCheck wrong = new WitnessCheck(other, true);
            wrong.faulted(T);
            assertEquals(word > 4, String.valueOf(wrong.failure()).contains("logged an answer"));
            assertNotNull(wrong.failure(), "word " + word);
        }
        log.asked(WitnessCheck.FORBIDDEN, 0).asked(WitnessCheck.FORBIDDEN, -1);
        assertEquals(0, check.faulted(T));
        assertEquals(-1, check.faulted(T));
        assertEquals(true, String.valueOf(check.failure()).contains("[-1, 0"), check::failure);
    }

    @Test
    void entriesAreNumberedAndThere() {
        log.asked(SystemCall.YIELD);
        check.called(T, SystemCall.YIELD, 0, 0, 0, 0);
        check.called(T, SystemCall.YIELD, 0, 0, 0, 0);
        assertEquals("thread 3 logged nothing, the kernel recorded its request 1", check.failure());
        Log other = new Log().asked(SystemCall.YIELD);
        other.entries.get(0)[7] = 5;
        WitnessCheck wrong = new WitnessCheck(other, true);
        wrong.called(T, SystemCall.YIELD, 0, 0, 0, 0);
        assertEquals("thread 3 entry 0 is numbered 5", wrong.failure());
    }

    @Test
    void whatNeverReturnsHasNoAnswer() {
        for (int word = 5; word < 7; word++) {
            Log other = new Log().asked(SystemCall.EXIT);
            other.entries.get(0)[word] = 1;
            WitnessCheck wrong = new WitnessCheck(other, true);
            wrong.ended(T, false);
            assertEquals(
                    "thread 3 logged an answer to call 7, which never returns", wrong.failure());
        }
        log.asked(SystemCall.EXIT);
        check.ended(T, true);
        assertEquals(0, check.requests(T));
        check.ended(T, false);
        assertEquals(1, check.requests(T));
        check.finish();
        assertNull(check.failure());
    }

    private static final long[][] REFUSED = {
        {SystemCall.CALL, Limits.CHANNELS},
        {SystemCall.CALL, -1},
        {SystemCall.CALL, SERVES},
        {SystemCall.CALL, 1, 0, -1},
        {SystemCall.RECEIVE, 1},
        {SystemCall.RECEIVE, Limits.CHANNELS},
        {SystemCall.REPLY, 1, 0},
        {SystemCall.REPLY, Limits.CHANNELS, 0},
        {SystemCall.REPLY, SERVES, -1},
        {SystemCall.REPLY, SERVES, Limits.TAGS},
        {SystemCall.CANCEL, T},
        {SystemCall.CANCEL, -1},
        {SystemCall.CANCEL, Limits.THREADS},
        {SystemCall.RESTART, -1},
        {SystemCall.RESTART, Limits.CHANNELS},
        {SystemCall.SPAWN, T, 0, 0, 0},
        {SystemCall.SPAWN, -1, 0, 0, 0},
        {SystemCall.SPAWN, Limits.THREADS, 0, 0, 0},
        {SystemCall.SPAWN, 1, -1, 0, 0},
        {SystemCall.SPAWN, 1, Shared.PROGRAMS, 0, 0},
        {SystemCall.SPAWN, 1, 0, -1, 0},
        {SystemCall.SPAWN, 1, 0, Limits.PRIORITIES, 0},
        {SystemCall.SPAWN, 1, 0, 0, -1},
        {SystemCall.SPAWN, 1, 0, 0, Limits.CHANNELS},
        {SystemCall.SLEEP, -1},
        {SystemCall.RECORD, 0},
        {0, 0},
        {-5, 0},
        {SystemCall.LIMIT, 0},
        {1L << 40, 0},
    };

    private static final long[][] ALLOWED = {
        {SystemCall.CALL, 0},
        {SystemCall.CALL, Limits.CHANNELS - 1, -1, 5},
        {SystemCall.CANCEL, 0},
        {SystemCall.CANCEL, Limits.THREADS - 1},
        {SystemCall.RESTART, 0},
        {SystemCall.RESTART, Limits.CHANNELS - 1},
        {SystemCall.SPAWN, 0, 0, 0, 0},
        {
            SystemCall.SPAWN,
            Limits.THREADS - 1,
            Shared.PROGRAMS - 1,
            Limits.PRIORITIES - 1,
            Limits.CHANNELS - 1
        },
        {SystemCall.SPAWN, 1, 0, 0, Record.NONE},
        {SystemCall.SLEEP, 0},
        {SystemCall.YIELD, 0},
        {SystemCall.EXIT, 0},
    };

    private static String refused(long[] words, int serves) {
        WitnessCheck check = new WitnessCheck(new Log().asked(words), true);
        check.refused(T, (int) words[0] & 0xffff, serves, 0);
        return check.failure();
    }

    private static String carriedOut(long[] words) {
        WitnessCheck check = new WitnessCheck(new Log().asked(words), true);
        long[] all = Arrays.copyOf(words, 5);
        if (words[0] == SystemCall.CALL) {
            check.calledChannel(T, (int) all[1], all[2], all[3] != 0);
        } else {
            check.called(T, (int) all[0], all[1], all[2], all[3], all[4]);
        }
        return check.failure();
    }

    @Test
    void whatMayBeRefusedMustBe() {
        for (long[] words : REFUSED) {
            String name = Arrays.toString(words);
            assertNull(refused(words, SERVES), name);
            boolean real = words[0] > 0 && words[0] < SystemCall.LIMIT;
            boolean known =
                    words[0] != SystemCall.RECEIVE
                            && words[0] != SystemCall.REPLY
                            && !(words[0] == SystemCall.CALL && words[1] == SERVES);
            if (real && known) {
                assertEquals(
                        "thread 3 asked call "
                                + words[0]
                                + Arrays.toString(Arrays.copyOfRange(Arrays.copyOf(words, 5), 1, 5))
                                + ", which the kernel should have refused",
                        carriedOut(words));
            }
        }
        for (long[] words : ALLOWED) {
            String name = Arrays.toString(words);
            assertNull(carriedOut(words), name);
            assertNotNull(refused(words, SERVES), name);
        }
        assertNotNull(refused(new long[] {SystemCall.RECEIVE, SERVES}, SERVES));
        assertNotNull(refused(new long[] {SystemCall.REPLY, SERVES, 0}, SERVES));
        assertNotNull(refused(new long[] {SystemCall.REPLY, SERVES, Limits.TAGS - 1}, SERVES));
    }

    @Test
    void theNumberOfARefusedCall() {
        log.asked(99, 0);
        check.refused(T, 98, SERVES, 0);
        assertEquals(
                "thread 3 asked call 99[0, 0, 0, 0], which the kernel refused", check.failure());
    }

    private static final ResultCode[] CODES = {ResultCode.ANSWER, ResultCode.MESSAGE};

    @Test
    void eachWordOfAnAnswer() {
        for (ResultCode code : CODES) {
            boolean message = code == ResultCode.MESSAGE;
            long packed = SystemCall.result(Codes.of(code), message ? 4 : 0, message ? 9 : 0);
            for (int wrong = 0; wrong < 3; wrong++) {
                Log other = new Log().asked(SystemCall.YIELD);
                WitnessCheck one = new WitnessCheck(other, true);
                one.called(T, SystemCall.YIELD, 0, 0, 0, 0);
                model.observer(state, new Observation()).ipc().result(T, code, 4, 9, 55);
                one.returns(T, state.ipc());
                one.poll();
                assertNull(one.failure());
                assertEquals(0, one.answers());
                other.answered(0, packed + (wrong == 1 ? 1 : 0), 55 + (wrong == 2 ? 1 : 0));
                one.poll();
                assertEquals(wrong == 0, one.failure() == null);
                assertEquals(1, one.answers());
                assertEquals(List.of(1L), other.released);
            }
        }
    }

    @Test
    void aWordBelongsToAnswersAndMessages() {
        log.asked(SystemCall.YIELD).asked(SystemCall.YIELD);
        check.called(T, SystemCall.YIELD, 0, 0, 0, 0);
        result(ResultCode.TIMEOUT, 4, 9, 55);
        log.answered(0, SystemCall.result(Code.TIMEOUT, 0, 0), 0);
        check.poll();
        assertNull(check.failure());
        check.called(T, SystemCall.YIELD, 0, 0, 0, 0);
        log.halves = 3;
        check.finish();
        assertNull(check.failure());
        assertEquals(1, check.answers());
    }

    /** A thread that goes on without a result, or that has asked nothing, has no answer due. */
    @Test
    void onlyOpenRequestsAreAnswered() {
        result(ResultCode.ANSWER, 0, 0, 5);
        log.asked(SystemCall.YIELD);
        check.called(T, SystemCall.YIELD, 0, 0, 0, 0);
        result(ResultCode.NONE, 0, 0, 0);
        check.finish();
        assertNull(check.failure());
        result(ResultCode.ANSWER, 0, 0, 5);
        result(ResultCode.ANSWER, 0, 0, 6);
        check.finish();
        assertEquals("thread 3 never logged the answer to request 0", check.failure());
    }

    @Test
    void requestsAreCountedAtTheEnd() {
        log.asked(SystemCall.YIELD).asked(SystemCall.YIELD);
        check.called(T, SystemCall.YIELD, 0, 0, 0, 0);
        check.finish();
        assertEquals("thread 3 logged 2 requests, the kernel recorded 1", check.failure());
    }

    /** Answers wait until somebody looks; each is compared once, wherever it was kept. */
    @Test
    void manyAnswersMayBeDue() {
        for (int wrong : new int[] {60, 290}) {
            Log many = new Log();
            WitnessCheck one = new WitnessCheck(many, true);
            for (int i = 0; i < 300; i++) {
                many.asked(SystemCall.YIELD);
                one.called(T, SystemCall.YIELD, 0, 0, 0, 0);
                result(one, ResultCode.ANSWER, i);
                many.answered(i, SystemCall.result(Code.OK, 0, 0), i == wrong ? 999 : i);
                if (i == 20 || i == 50 || i == 51) {
                    one.poll();
                    assertEquals(i + 1, one.answers());
                }
            }
            one.poll();
            assertEquals(
                    "thread 3 was answered 0 word 999 to its request "
                            + wrong
                            + ", the model says 0 word "
                            + wrong,
                    one.failure());
            assertEquals(wrong + 1, one.answers());
        }
    }

    /** Without a poll from outside, entries are looked at every now and then. */
    @Test
    void entriesAreReleasedMeanwhile() {
        for (int i = 0; i < 200; i++) {
            log.asked(SystemCall.YIELD);
            check.called(T, SystemCall.YIELD, 0, 0, 0, 0);
            result(ResultCode.ANSWER, 0, 0, 1);
            log.answered(i, SystemCall.result(Code.OK, 0, 0), 1);
        }
        assertNull(check.failure());
        assertEquals(List.of(64L, 128L, 192L), log.released);
    }

    @Test
    void whatIsOverwrittenIsNotCompared() {
        log.asked(99).asked(SystemCall.YIELD);
        log.first = 1;
        check.called(T, SystemCall.YIELD, 0, 0, 0, 0);
        result(ResultCode.ANSWER, 0, 0, 1);
        check.poll();
        check.called(T, SystemCall.YIELD, 0, 0, 0, 0);
        result(ResultCode.ANSWER, 0, 0, 1);
        log.answered(1, SystemCall.result(Code.OK, 0, 0), 1);
        check.finish();
        assertNull(check.failure());
        assertEquals(1, check.answers());
    }

    /** What an entry said before one that is lost says nothing of that. */
    @Test
    void aLostEntryIsNotTheOneBefore() {
        log.asked(SystemCall.SLEEP, -1).asked(SystemCall.YIELD).asked(SystemCall.EXIT);
        check.refused(T, SystemCall.SLEEP, SERVES, 0);
        log.entries.get(0)[5] = 5;
        log.first = 3;
        check.called(T, SystemCall.YIELD, 0, 0, 0, 0);
        assertNull(check.failure());
        check.calledForever(T, SystemCall.EXIT);
        assertNull(check.failure());
    }

    @Test
    void aSuffixBeginsInTheMiddle() {
        for (int i = 0; i < 4; i++) {
            log.asked(SystemCall.YIELD);
        }
        long[] before = new long[Limits.THREADS];
        before[T] = 3;
        model.observer(state, new Observation()).asleep(T, true);
        check.resume(before, state);
        assertEquals(3, check.requests(T));
        result(ResultCode.ANSWER, 0, 0, 8);
        log.answered(2, SystemCall.result(Code.OK, 0, 0), 9);
        check.poll();
        assertEquals(
                "thread 3 was answered 0 word 9 to its request 2, the model says 0 word 8",
                check.failure());
        WitnessCheck idle = new WitnessCheck(log, true);
        model.observer(state, new Observation()).asleep(T, false);
        model.observer(state, new Observation()).ipc().phase(T, false, IpcState.IDLE);
        idle.resume(before, state);
        idle.returns(T, state.ipc());
        idle.poll();
        assertNull(idle.failure());
        before[T] = -1;
        idle.resume(before, state);
        assertEquals("thread 3 logged 1 requests less than the kernel recorded", idle.failure());
        WitnessCheck none = new WitnessCheck(log, true);
        before[T] = 0;
        model.observer(state, new Observation()).asleep(T, true);
        none.resume(before, state);
        assertEquals(-1, none.allowed(T));
        result(none, ResultCode.ANSWER, 4);
        none.poll();
        assertEquals(0, none.answers());
        before[T] = 1;
        model.observer(state, new Observation()).asleep(T, false);
        model.observer(state, new Observation()).ipc().phase(T, false, IpcState.RECEIVING);
        none.resume(before, state);
        assertEquals(0, none.allowed(T));
    }

    @Test
    void theTimeThatARequestGaveItself() {
        assertEquals(-1, check.allowed(T));
        log.asked(SystemCall.SLEEP, 700, 0, 9).asked(SystemCall.CALL, 1, 5, 800);
        check.called(T, SystemCall.SLEEP, 700, 0, 9, 0);
        assertEquals(700, check.allowed(T));
        check.calledChannel(T, 1, 5, true);
        assertEquals(800, check.allowed(T));
        log.first = 2;
        assertEquals(-1, check.allowed(T));
        log.first = 1;
        assertEquals(800, check.allowed(T));
        result(ResultCode.ANSWER, 0, 0, 0);
        assertEquals(-1, check.allowed(T));
    }

    @Test
    void withoutLogsNothingIsCompared() {
        WitnessCheck off = new WitnessCheck(log, false);
        off.called(T, SystemCall.YIELD, 1, 0, 0, 0);
        off.refused(T, 1, 0, 0);
        off.calledForever(T, SystemCall.EXIT);
        off.returns(T, state.ipc());
        assertEquals(-1, off.allowed(T));
        off.finish();
        assertNull(off.failure());
        assertEquals(3, off.requests(T));
    }

    /** The first contradiction is kept. */
    @Test
    void onlyTheFirst() {
        check.called(T, SystemCall.YIELD, 0, 0, 0, 0);
        String first = check.failure();
        assertNotNull(first);
        check.refused(T, 1, 0, 0);
        check.called(T, SystemCall.YIELD, 0, 0, 0, 0);
        check.finish();
        assertEquals(first, check.failure());
        assertEquals(1, check.requests(T));
    }
}
