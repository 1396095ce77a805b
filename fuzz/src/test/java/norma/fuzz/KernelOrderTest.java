package norma.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The order itself, so that a rule that allows everything is noticed. */
class KernelOrderTest {
    @ParameterizedTest
    @CsvSource({
        "ipc,thread,true",
        "thread,ipc,false",
        "ipc,sched,false",
        "entry,sched,true",
        "sched,thread,true",
        "sched,ipc,false",
        "lang,hal,true",
        "hal,lang,false",
        "ipc,ipc,true",
        "ipc,unknown,false"
    })
    void allowed(String from, String to, boolean expected) {
        assertEquals(expected, KernelOrder.allowed(from, to));
    }
}
