package norma.speccheck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import norma.model.Model;
import norma.model.State;
import norma.model.explore.Exploration;
import norma.model.explore.Explorer;
import norma.model.explore.GraphDigest;
import norma.model.explore.GraphListener;
import norma.speccheck.evidence.Evidence;
import org.junit.jupiter.api.Test;

/**
 * The reference model's graphs are those of which {@code spec/evidence.json} says that they are the
 * specification's: who notices a mutant of the model, beside {@link StepsOfModels}. Small graphs
 * only; not a test of the ordinary build, which has {@code norma check} for all of them.
 */
class GraphsOfModels {
    @Test
    void ticketLock() {
        compare("TicketLock-2");
    }

    @Test
    void checkpoint() {
        compare("Checkpoint-2");
    }

    @Test
    void checkpointOfTwoObjects() {
        compare("Checkpoint-1");
    }

    @Test
    void smallIpc() {
        compare("Ipc-1");
    }

    @Test
    void ipc() {
        compare("Ipc-2");
    }

    @Test
    void scheduler() {
        compare("Scheduler-1");
    }

    @Test
    void schedulerOfTwoCores() {
        compare("Scheduler-2");
    }

    @Test
    void addressSpace() {
        compare("AddressSpace-1");
    }

    @Test
    void addressSpaceOfTwoCores() {
        compare("AddressSpace-2");
    }

    @Test
    void addressSpaceOfTwoThreads() {
        compare("AddressSpace-3");
    }

    @Test
    void addressSpaceOfTwoPages() {
        compare("AddressSpace-5");
    }

    @Test
    void addressSpaceOfTwoThreadsAndSpaces() {
        compare("AddressSpace-4");
    }

    @Test
    void capability() {
        compare("Capability-3");
    }

    @Test
    void capabilityOfTwoThreads() {
        compare("Capability-4");
    }

    @Test
    void capabilityWithRights() {
        compare("Capability-2");
    }

    @Test
    void capabilityOfOneLevel() {
        compare("Capability-6");
    }

    @Test
    void capabilityWithBadges() {
        compare("Capability-5");
    }

    @Test
    void capabilityOfTwoObjects() {
        compare("Capability-7");
    }

    @Test
    void capabilityOfThreeProcesses() {
        compare("Capability-8");
    }

    @Test
    void capabilityOfTwoLevels() {
        compare("Capability-10");
    }

    @Test
    void supervision() {
        compare("Supervision-1");
    }

    @Test
    void supervisionOfTwoCores() {
        compare("Supervision-2");
    }

    @Test
    void supervisionOfTwoServices() {
        compare("Supervision-3");
    }

    @Test
    void supervisionOfThreeServices() {
        compare("Supervision-4");
    }

    @Test
    void supervisionOfAnyGraph() {
        compare("Supervision-5");
    }

    @Test
    void kernel() {
        compare("Kernel-1");
    }

    @Test
    void kernelOfTwoChannels() {
        compare("Kernel-4");
    }

    @Test
    void kernelWithChannelLocks() {
        compare("Kernel-5");
    }

    @Test
    void kernelWithAddressSpaces() {
        compare("Kernel-11");
    }

    @Test
    void kernelWithProtections() {
        compare("Kernel-12");
    }

    @Test
    void kernelWithSpaceLocks() {
        compare("Kernel-13");
    }

    @Test
    void kernelOfTwoSpaces() {
        compare("Kernel-14");
    }

    @Test
    void kernelOfRights() {
        compare("Kernel-17");
    }

    private static void compare(String name) {
        Manifest.Graph graph =
                Manifest.read(Checkout.ROOT.resolve("spec")).graphs().stream()
                        .filter(g -> g.name().equals(name))
                        .findFirst()
                        .orElseThrow();
        Evidence.Entry proved =
                Evidence.read(Checkout.ROOT.resolve("spec").resolve(Evidence.FILE)).of(name);
        String digest = explore(graph, Models.create(graph.spec(), graph.constants()));
        assertTrue(proved.facts().json().contains('"' + digest + '"'), () -> name + ": " + digest);
    }

    private static <S extends State> String explore(Manifest.Graph graph, Model<S> model) {
        GraphDigest sum = new GraphDigest();
        GraphListener bounded =
                new GraphListener() {
                    @Override
                    public void state(int number, CharSequence canonical) {
                        sum.state(number, canonical);
                    }

                    @Override
                    public void edge(int from, String label, int to) {
                        sum.edge(from, label, to);
                        // A model with a bug may have no end.
                        if (sum.edges() > graph.edges()) {
                            throw new IllegalStateException("more edges than " + graph.edges());
                        }
                    }
                };
        Exploration found = new Explorer<>(model, bounded).run(false);
        assertNull(found.violation());
        assertEquals(graph.depth(), found.depth());
        return sum.text();
    }
}
