package norma.speccheck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import norma.model.Invariant;
import norma.model.Model;
import norma.model.State;
import org.junit.jupiter.api.Test;

/**
 * The reference model's invariants are the specification's also where they are false: equal graphs
 * say that of reachable states only, in which all are true.
 *
 * <p>What is violated must be violated in both, invariant by invariant, but for pinned numbers of
 * altered states: the model's look at one object at a time and rely on each other there; a value
 * outside of its type is read as some value by the one and not at all by the other.
 */
class InvariantsTest {
    private static final int STATES = 4_000;

    @Test
    void ticketLock() {
        compare("TicketLock-2", "less {}, " + "more {}," + " never []");
    }

    @Test
    void checkpoint() {
        compare(
                "Checkpoint-2",
                "less {CutConsistent=54, CutSurvives=24, VersionsRecorded=84}, "
                        + "more {CutConsistent=3, CutSurvives=17},"
                        + " never [StampsClose]");
    }

    @Test
    void checkpointOfTwoObjects() {
        compare(
                "Checkpoint-4",
                "less {CutConsistent=22, CutSurvives=15, VersionsRecorded=68}, "
                        + "more {VersionsRecorded=3},"
                        + " never [CutSurvives, StampsClose]");
    }

    @Test
    void ipc() {
        compare(
                "Ipc-2",
                "less {NobodyBlockedOnDead=71}, "
                        + "more {CallDataExact=29, TagsConserved=19},"
                        + " never [NobodyBlockedOnDead]");
    }

    @Test
    void ipcOfTwoChannels() {
        compare(
                "Ipc-4",
                "less {NobodyBlockedOnDead=64, ReceiversCurrent=13}, "
                        + "more {ReceiversExact=19, TagsConserved=7, WaitersExact=1},"
                        + " never [NobodyBlockedOnDead]");
    }

    @Test
    void scheduler() {
        compare(
                "Scheduler-1",
                "less {HomeExact=194, LevelExact=10, NoPriorityInversion=18}, "
                        + "more {},"
                        + " never [NoDoubleRun]");
    }

    @Test
    void schedulerOfTwoCores() {
        compare(
                "Scheduler-2",
                "less {HomeExact=60, LevelExact=52, NoPriorityInversion=52}, "
                        + "more {OnePlace=11},"
                        + " never [LevelExact, NoPriorityInversion, QueueSorted]");
    }

    @Test
    void addressSpace() {
        compare(
                "AddressSpace-2",
                "less {FreeUnreachable=2, GoneWhenReturned=10}, "
                        + "more {},"
                        + " never [OneImage, WriteXorExecute, WriterAlone]");
    }

    @Test
    void addressSpaceOfTwoThreads() {
        compare(
                "AddressSpace-3",
                "less {FreeUnreachable=6, GoneWhenReturned=19}, "
                        + "more {},"
                        + " never [OneImage, WriteXorExecute, WriterAlone]");
    }

    @Test
    void addressSpaceOfTwoPages() {
        compare(
                "AddressSpace-5",
                "less {FreeUnreachable=1, GoneWhenReturned=4}, "
                        + "more {},"
                        + " never [OneImage, WriteXorExecute, WriterAlone]");
    }

    @Test
    void addressSpaceOfTwoThreadsAndSpaces() {
        compare(
                "AddressSpace-4",
                "less {FreeUnreachable=1, GoneWhenReturned=3}, "
                        + "more {},"
                        + " never [OneImage, WriteXorExecute, WriterAlone]");
    }

    @Test
    void capability() {
        compare("Capability-4", "less {}, more {}, never [DepthBounded, NamesKept, UsersInside]");
    }

    @Test
    void capabilityOfTwoObjects() {
        compare(
                "Capability-7",
                "less {}, more {}, never [DepthBounded, OthersUsable, RevokedUnusable]");
    }

    @Test
    void capabilityOfThreeProcesses() {
        compare(
                "Capability-8",
                "less {}, more {}, never [DepthBounded, OthersUsable, RevokedUnusable, UsersInside]");
    }

    @Test
    void capabilityOfTwoLevels() {
        compare(
                "Capability-10",
                "less {}, more {}, never [DepthBounded, OthersUsable, RevokedUnusable]");
    }

    @Test
    void supervisionOfTwoCores() {
        compare(
                "Supervision-2",
                "less {}, "
                        + "more {},"
                        + " never [BudgetKept, DepsExact, FailedExact, NobodyWithoutDeps]");
    }

    @Test
    void supervisionOfTwoServices() {
        compare("Supervision-9", "less {}, " + "more {}," + " never [BudgetKept, FailedExact]");
    }

    @Test
    void supervisionOfThreeServices() {
        compare(
                "Supervision-4",
                "less {}, " + "more {}," + " never [BudgetKept, FailedExact, NobodyWithoutDeps]");
    }

    @Test
    void kernel() {
        compare(
                "Kernel-1",
                "less {HomeExact=9, LevelExact=7, NoPriorityInversion=8, NobodyBlockedOnDead=23, ReceiversCurrent=4}, "
                        + "more {ReceiversExact=4, ResultTaken=8, TagsConserved=1},"
                        + " never [GrantsDone, HeldIsServed, InheritanceExact,"
                        + " LockAccounting, LockMutex, LockOrderKept, NoDoubleRun,"
                        + " NoPriorityInversion, NobodyBlockedOnDead, QueueSorted]");
    }

    @Test
    void kernelOfTwoChannels() {
        compare(
                "Kernel-4",
                "less {HomeExact=9, LevelExact=3, NoPriorityInversion=7, NobodyBlockedOnDead=36, ReceiversCurrent=4}, "
                        + "more {ReceiversExact=4, ResultTaken=7, TagsConserved=2, WaitersExact=2},"
                        + " never [GrantsDone, HeldIsServed, InheritanceExact,"
                        + " LockAccounting, LockMutex, LockOrderKept, NoDoubleRun,"
                        + " NoPriorityInversion, NobodyBlockedOnDead, QueueSorted,"
                        + " ViewExact]");
    }

    @Test
    void kernelWithChannelLocks() {
        compare(
                "Kernel-5",
                "less {HomeExact=64, LevelExact=1, NoPriorityInversion=1, NobodyBlockedOnDead=7}, "
                        + "more {ResultTaken=1, TagsConserved=2},"
                        + " never [AttachmentExact, DutiesInKernel, GrantsDone,"
                        + " InheritanceExact, LockMutex, LockOrderKept, NoDoubleRun,"
                        + " NoPriorityInversion, NoSleepWithWork,"
                        + " NobodyBlockedOnDead, QueueSorted, ReceiversCurrent,"
                        + " ReceiversExact, ViewExact, WaitersExact]");
    }

    @Test
    void kernelWithCoreLocks() {
        compare(
                "Kernel-6",
                "less {HomeExact=1, LevelExact=5, LockOrderKept=6, NoPriorityInversion=5}, "
                        + "more {LockOrderKept=1, ResultTaken=5},"
                        + " never [AttachmentExact, CallDataExact, DutiesInKernel,"
                        + " GrantsDone, InheritanceExact, LevelExact, LockOrderKept,"
                        + " NoDoubleRun, NoLostWake, NoPriorityInversion,"
                        + " NoSleepWithWork, NobodyBlockedOnDead, OwnPriority,"
                        + " QueueExact, QueueSorted, ReceiversCurrent,"
                        + " ReceiversExact, TagsConserved, ViewExact, WaitersExact]");
    }

    @Test
    void kernelWithThreadLocks() {
        compare(
                "Kernel-9",
                "less {LevelExact=3, LockOrderKept=4, NoPriorityInversion=3}, "
                        + "more {ResultTaken=3},"
                        + " never [AttachmentExact, BlockedExact, CallDataExact,"
                        + " DutiesInKernel, GrantsDone, InheritanceExact,"
                        + " LevelExact, LockOrderKept, NoDoubleRun, NoLostWake,"
                        + " NoPriorityInversion, NoSleepWithWork,"
                        + " NobodyBlockedOnDead, OwnPriority, QueueExact,"
                        + " QueueSorted, ReceiversCurrent, ReceiversExact,"
                        + " ResultTaken, TagsConserved, ViewExact, WaitersExact]");
    }

    @Test
    void kernelWithAddressSpaces() {
        compare(
                "Kernel-10",
                "less {HomeExact=2, LevelExact=3, NoPriorityInversion=3}, "
                        + "more {ResultTaken=3},"
                        + " never [AttachmentExact, CallDataExact, FreeUnreachable,"
                        + " GrantsDone, HeldIsServed, InheritanceExact, LevelExact,"
                        + " LockAccounting, LockMutex, LockOrderKept, NoDoubleRun,"
                        + " NoLostFlush, NoPriorityInversion, NoSleepWithWork,"
                        + " NobodyBlockedOnDead, OneImage, OwnPriority, QueueExact,"
                        + " QueueOfMembers, QueueSorted, ReceiversCurrent,"
                        + " ReceiversExact, StaleAwaited, TagsConserved, ViewExact,"
                        + " WaitersExact, WriteXorExecute, WriterAlone]");
    }

    @Test
    void kernelOfTwoSpaces() {
        compare(
                "Kernel-14",
                "less {GoneWhenReturned=6, HomeExact=27, LevelExact=6, NoPriorityInversion=6}, "
                        + "more {ResultTaken=6},"
                        + " never [AttachmentExact, CallDataExact, DutiesInKernel,"
                        + " GrantsDone, HeldIsServed, InheritanceExact, LevelExact,"
                        + " LockAccounting, LockMutex, LockOrderKept, NoDoubleRun,"
                        + " NoLostFlush, NoPriorityInversion, NoSleepWithWork,"
                        + " NobodyBlockedOnDead, OneImage, OwnPriority, QueueExact,"
                        + " QueueOfMembers, QueueSorted, ReceiversCurrent,"
                        + " ReceiversExact, TagsConserved, ViewExact, WaitersExact,"
                        + " WriteXorExecute, WriterAlone]");
    }

    @Test
    void kernelWithProtections() {
        compare(
                "Kernel-12",
                "less {GoneWhenReturned=1, HomeExact=1, LevelExact=7, NoPriorityInversion=7}, "
                        + "more {ResultTaken=7},"
                        + " never [AttachmentExact, CallDataExact, DutiesInKernel,"
                        + " FreeUnreachable, GoneWhenReturned, GrantsDone,"
                        + " HeldIsServed, InheritanceExact, LevelExact,"
                        + " LockAccounting, LockMutex, LockOrderKept, NoDoubleRun,"
                        + " NoLostFlush, NoLostWake, NoPriorityInversion,"
                        + " NoSleepWithWork, NobodyBlockedOnDead, OneImage,"
                        + " OwnPriority, QueueExact, QueueOfMembers, QueueSorted,"
                        + " ReceiversCurrent, ReceiversExact, StaleAwaited,"
                        + " TagsConserved, ViewExact, WaitersExact, WriteXorExecute,"
                        + " WriterAlone]");
    }

    /**
     * Compares on a graph's altered states. Pinned: for each invariant the states in which the
     * specification's alone is false (less), or the model's alone (more), and those that are false
     * in none.
     */
    private static void compare(String name, String pinned) {
        Manifest.Graph graph =
                Manifest.read(Checkout.ROOT.resolve("spec")).graphs().stream()
                        .filter(g -> g.name().equals(name))
                        .findFirst()
                        .orElseThrow();
        Model<? extends State> model = Models.create(graph.spec(), graph.constants());
        assertEquals(pinned, compare(model, AlteredStates.of(graph, STATES)), name);
    }

    private static <S extends State> String compare(
            Model<S> model, Map<String, Set<String>> states) {
        List<Invariant<S>> invariants = model.invariants();
        Set<String> names = new TreeSet<>();
        invariants.forEach(i -> names.add(i.name()));
        names.retainAll(states.getOrDefault("", Set.of()));
        assertFalse(names.isEmpty());
        S state = model.initialStates().get(0);
        Map<String, Integer> more = new TreeMap<>();
        Map<String, Integer> less = new TreeMap<>();
        Set<String> unseen = new TreeSet<>(names);
        states.forEach((packed, violated) -> {
            if (packed.isEmpty()) {
                return;
            }
            state.unpack(HexFormat.of().parseHex(packed), 0);
            for (String invariant : names) {
                boolean ours = holds(invariants, invariant, state, model);
                boolean theirs = !violated.contains(invariant);
                if (ours && !theirs) {
                    less.merge(invariant, 1, Integer::sum);
                } else if (!ours && theirs) {
                    more.merge(invariant, 1, Integer::sum);
                } else if (!ours) {
                    unseen.remove(invariant);
                }
            }
        });
        return "less " + less + ", more " + more + ", never " + unseen;
    }

    private static <S extends State> boolean holds(
            List<Invariant<S>> invariants, String name, S state, Model<S> model) {
        try {
            return invariants.stream()
                    .filter(i -> i.name().equals(name))
                    .allMatch(i -> i.holds(state, model.names()));
        } catch (RuntimeException e) {
            return false; // As the model checker's values outside of a function's domain.
        }
    }
}
