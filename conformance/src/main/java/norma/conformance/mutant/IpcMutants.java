package norma.conformance.mutant;

import static norma.conformance.mutant.Mutants.at;

import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import java.util.function.ToIntFunction;
import norma.conformance.mutant.Mutant.Kind;

/** Calls: tags, queues, answers, time-outs, cancels, deaths and incarnations. */
final class IpcMutants {
    static final List<Mutant> ALL =
            List.of(
                    mutant(
                            "tag-leak",
                            "an answer does not free its tag",
                            "rendezvous tagwait",
                            at(
                                    "ipc/Ipc",
                                    "reply",
                                    "*invokestatic Ipc.free; aload channel; aload caller",
                                    Edit.drop())),
                    mutant(
                            "tag-freed-at-receive",
                            "receiving a call frees its tag",
                            "deferred-replies two-receivers",
                            at(
                                    "ipc/Ipc",
                                    "receive",
                                    "getfield Channel.use; iload tag; *const 2; iastore",
                                    Edit.constant(0))),
                    mutant(
                            "wrong-caller-woken",
                            "an answer goes to the caller of the neighbouring tag",
                            "deferred-replies two-receivers tagwait",
                            at(
                                    "ipc/Ipc",
                                    "reply",
                                    "getfield Channel.owner; iload tag; *aaload",
                                    Edit.before((c, slot) -> c.iconst_1().ixor()))),
                    mutant(
                            "answered-not-woken",
                            "an answered caller is on no wake list",
                            "rendezvous",
                            at("ipc/Ipc", "reply", "*invokevirtual Core.wake", Edit.drop())),
                    mutant(
                            "newest-received",
                            "the newest call of the queue is received",
                            "tagwait",
                            at(
                                    "ipc/Channel",
                                    "takeFirst",
                                    "getfield Channel.queue; aload this; getfield Channel.queueFirst; *iaload",
                                    Edit.before(IpcMutants::newest))),
                    mutant(
                            "grant-forgotten",
                            "a freed tag is not given to who waits for one",
                            "tagwait",
                            at(
                                    "ipc/Settlement",
                                    "settle",
                                    "getfield Channel.live; *ifeq",
                                    Edit.always())),
                    mutant(
                            "caller-dropped",
                            "a caller that finds no tag is put in no list",
                            "tagwait",
                            at(
                                    "ipc/Ipc",
                                    "call",
                                    "getfield Channel.waiters; aload thread; *invokevirtual ThreadList.append",
                                    Edit.drop())),
                    mutant(
                            "time-out-stays-queued",
                            "a call that timed out stays in the queue",
                            "timeout cancel",
                            at(
                                    "ipc/Ipc",
                                    "takeBack",
                                    "*invokevirtual Channel.withdraw",
                                    Edit.drop())),
                    mutant(
                            "time-out-waits-on",
                            "a caller whose call timed out still waits for a tag",
                            "timeout cancel",
                            at(
                                    "ipc/Ipc",
                                    "takeBack",
                                    "*invokevirtual ThreadList.remove",
                                    Edit.drop())),
                    mutant(
                            "cancel-frees-served-tag",
                            "cancelling a received call frees its tag",
                            "cancel timeout",
                            at(
                                    "ipc/Ipc",
                                    "takeBack",
                                    "getfield Channel.use; iload tag; *const 3; iastore",
                                    Edit.constant(0))),
                    mutant(
                            "wrong-payload-delivered",
                            "a waiting server is given another word than was sent",
                            "two-receivers rendezvous",
                            at(
                                    "ipc/Ipc",
                                    "deliver",
                                    "aload caller; *getfield Thread.message",
                                    Edit.after((c, slot) -> c.lconst_1().lxor()))),
                    mutant(
                            "wrong-caller-told",
                            "a waiting server is told another caller",
                            "two-receivers idle-wake",
                            at(
                                    "ipc/Ipc",
                                    "deliver",
                                    "aload caller; *getfield Thread.index",
                                    Edit.field("base"))),
                    mutant(
                            "incarnation-kept",
                            "a restarted channel keeps its incarnation",
                            "restart death",
                            at(
                                    "ipc/Server",
                                    "restart",
                                    "getfield Channel.incarnation; *const 1; iadd",
                                    Edit.constant(0))),
                    mutant(
                            "die-forgets-callers",
                            "a server dies and its callers are not told",
                            "fault death",
                            at(
                                    "ipc/Server",
                                    "exit",
                                    "*invokevirtual Server.failCalls",
                                    Edit.drop())),
                    mutant(
                            "receivers-forgotten",
                            "a server dies and its waiting threads are not told",
                            "death two-receivers",
                            at(
                                    "ipc/Channel",
                                    "drained",
                                    "getfield Channel.receivers; invokevirtual ThreadList.isEmpty; *ifeq",
                                    Edit.never())),
                    mutant(
                            "dead-server-lives",
                            "a server dies and its channel stays alive",
                            "death restart fault",
                            at(
                                    "ipc/Server",
                                    "die",
                                    "aload channel; const 0; *putfield Channel.live",
                                    Edit.drop())),
                    mutant(
                            "stale-server-admitted",
                            "a thread of an earlier incarnation may receive",
                            "restart death",
                            at("ipc/Channel", "attached", "*if_icmpne", Edit.never())),
                    mutant(
                            "restart-before-drained",
                            "a dead channel is restarted with calls outstanding",
                            "death cancel",
                            at(
                                    "ipc/Server",
                                    "restart",
                                    "invokevirtual Channel.drained; *ifeq",
                                    Edit.never())),
                    mutant(
                            "waiters-newest-first",
                            "a list of waiting threads is served from its end",
                            "tagwait two-receivers",
                            at(
                                    "thread/ThreadList",
                                    "first",
                                    "*getfield ThreadList.first",
                                    Edit.field("last")),
                            at(
                                    "thread/ThreadList",
                                    "removeFirst",
                                    "*getfield ThreadList.first",
                                    Edit.field("last"))),
                    mutant(
                            "receivers-before-waiters",
                            "a dead server's receivers are told before callers that wait for a tag",
                            "crowd",
                            at(
                                    "ipc/Server",
                                    "failCall",
                                    "getfield Channel.waiters; *invokevirtual ThreadList.isEmpty",
                                    Edit.after(IpcMutants::orReceivers))),
                    mutant(
                            "deadline-not-armed",
                            "no timer is set for a call's deadline",
                            "deadline",
                            at("ipc/Ipc", "call", "*invokevirtual Core.deadline", Edit.drop())),
                    mutant(
                            "deadline-kept",
                            "a call that has ended leaves its deadline",
                            "deadline",
                            at(
                                    "thread/Thread",
                                    "finish",
                                    "*invokevirtual Thread.deadline",
                                    Edit.drop())),
                    mutant(
                            "receive-cancelled",
                            "Cancel takes a thread that waits for a call for a caller",
                            "cancel",
                            at(
                                    "ipc/Ipc",
                                    "cancel",
                                    "*invokevirtual Thread.calling",
                                    Edit.replace(IpcMutants::callingOrReceiving))),
                    mutant(
                            "orphan-answered-ok",
                            "the answer to a cancelled call is reported as delivered",
                            "cancel timeout",
                            at(
                                    "ipc/Ipc",
                                    "reply",
                                    "invokestatic Ipc.free; *const 3; istore code",
                                    Edit.constant(0))));

    private IpcMutants() {}

    private static Mutant mutant(String name, String bug, String scenarios, Mutation... edits) {
        return new Mutant(name, Kind.IPC, bug, List.of(edits), List.of(scenarios.split(" ")));
    }

    /** On the stack: are there no waiters? Or there are receivers. */
    private static void orReceivers(CodeBuilder code, ToIntFunction<String> slot) {
        ClassDesc list = Edit.kernelClass("thread.ThreadList");
        code.aload(slot.applyAsInt("channel"))
                .getfield(Edit.kernelClass("ipc.Channel"), "receivers", list)
                .invokevirtual(list, "isEmpty", MethodTypeDesc.of(ConstantDescs.CD_boolean))
                .iconst_1()
                .ixor()
                .ior();
    }

    /** On the stack: a thread; its phase is 1 or 2, of 0 to 3. */
    private static void callingOrReceiving(CodeBuilder code, ToIntFunction<String> slot) {
        code.getfield(Edit.kernelClass("thread.Thread"), "ipc", ConstantDescs.CD_int)
                .dup()
                .iconst_1()
                .ishr()
                .ixor()
                .iconst_1()
                .iand();
    }

    /** On the stack: ring and index of the oldest; the index becomes that of the newest. */
    private static void newest(CodeBuilder code, ToIntFunction<String> slot) {
        code.aload(slot.applyAsInt("this"))
                .getfield(Edit.kernelClass("ipc.Channel"), "queueCount", ConstantDescs.CD_int)
                .iadd()
                .iconst_1()
                .isub()
                .loadConstant(7)
                .iand();
    }
}
