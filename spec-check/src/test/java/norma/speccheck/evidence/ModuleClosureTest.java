package norma.speccheck.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which modules a module reads. */
class ModuleClosureTest {
    private static Set<String> of(String root, Map<String, String> files) {
        return ModuleClosure.of(root, files::get).keySet();
    }

    @Test
    void extendsAndInstancesAreFollowed() {
        Map<String, String> files =
                Map.of(
                        "A.tla",
                                "EXTENDS Integers,\n  B (* ours *), C\nI == LET J == INSTANCE D IN 1",
                        "B.tla", "LOCAL INSTANCE\n  E WITH x <- 1",
                        "C.tla", "EXTENDS A",
                        "D.tla", "",
                        "E.tla", "",
                        "F.tla", "");
        assertEquals(Set.of("A.tla", "B.tla", "C.tla", "D.tla", "E.tla"), of("A", files));
    }

    @Test
    void commentsReadNothing() {
        Map<String, String> files =
                Map.of(
                        "A.tla", "(* EXTENDS (* nested *) B *)\n\\* INSTANCE B\nEXTENDS C",
                        "B.tla", "",
                        "C.tla", "");
        assertEquals(Set.of("A.tla", "C.tla"), of("A", files));
    }
}
