package norma.model.ipc;

import norma.model.CanonicalText;

/** Canonical text of an {@link IpcState}, variable by variable. */
final class IpcText {
    private IpcText() {}

    static boolean write(IpcState s, int tags, String variable, CanonicalText out) {
        switch (variable) {
            case "alive" -> out.function("channel", h -> out.text(s.live(h) ? "live" : "dying"));
            case "att" -> out.function("thread", t -> out.number(s.att(t)));
            case "chan" -> out.function("thread", t -> out.name("channel", s.chan(t)));
            case "don" -> out.function("thread", t -> out.number(s.don(t)));
            case "inc" -> out.function("channel", h -> out.number(s.inc(h)));
            case "ipc" -> out.function("thread", t -> out.text(IpcState.phase(s.ipc(t))));
            case "msg" -> out.function("thread", t -> message(s, t, out));
            case "own" ->
                    out.function("channel", h -> out.function("tag", g -> owner(s.own(h, g), out)));
            case "queue" ->
                    out.function(
                            "channel",
                            h ->
                                    out.sequence(
                                            s.queueLength(h),
                                            i -> out.name("tag", s.queued(h, i))));
            case "receivers" ->
                    out.function(
                            "channel",
                            h ->
                                    out.sequence(
                                            s.receiverCount(h),
                                            i -> out.name("thread", s.receiver(h, i))));
            case "res" -> out.function("thread", t -> result(s, t, out));
            case "srv" -> out.function("thread", t -> out.name("channel", s.srv(t)));
            case "timed" -> out.function("thread", t -> out.truth(s.timed(t) ? 1 : 0));
            case "view" ->
                    out.function(
                            "channel", h -> out.function("tag", g -> owner(s.view(h, g), out)));
            case "waiters" ->
                    out.function(
                            "channel",
                            h ->
                                    out.sequence(
                                            s.waiterCount(h),
                                            i -> out.name("thread", s.waiter(h, i))));
            default -> {
                return false;
            }
        }
        return true;
    }

    private static void message(IpcState s, int thread, CanonicalText out) {
        if (s.calling(thread)) {
            out.number(s.msg(thread));
        } else {
            out.text("None");
        }
    }

    private static void owner(int owner, CanonicalText out) {
        if (owner == IpcState.ORPHAN) {
            out.text("Orphan");
        } else {
            out.name("thread", owner);
        }
    }

    private static void result(IpcState s, int thread, CanonicalText out) {
        ResultCode code = s.resultCode(thread);
        switch (code) {
            case NONE -> out.text("None");
            case MESSAGE ->
                    out.text("{caller:")
                            .name("thread", s.resultCaller(thread))
                            .text(",code:msg,tag:")
                            .name("tag", s.resultTag(thread))
                            .text(",word:")
                            .number(s.resultWord(thread))
                            .text("}");
            case ANSWER -> out.text("{code:ok,word:").number(s.resultWord(thread)).text("}");
            default -> out.text("{code:").text(code.text()).text("}");
        }
    }
}
