package norma.conformance.conform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import norma.conformance.check.Counts;
import org.junit.jupiter.api.Test;

class RequirementsTest {
    @Test
    void anEmptyRunMeetsOnlyUpperBounds() {
        assertNull(Requirements.parse("#! requires Fault==0").unmet(new Counts(), 1));
        Requirements.Unmet unmet =
                Requirements.parse("#! requires Fault==0 Call>=1").unmet(new Counts(), 1);
        assertNotNull(unmet);
        assertFalse(unmet.tooMany());
        assertEquals("Call>=1, but there were 0", unmet.text());
    }

    @Test
    void conditionsOnCpus() {
        Requirements steals = Requirements.parse("x\n#! requires cpus>=2: Steal>=5 Kick>=1\ny");
        assertNull(steals.unmet(new Counts(), 1));
        assertNotNull(steals.unmet(new Counts(), 2));
    }

    @Test
    void totalsAreNames() {
        Requirements totals =
                Requirements.parse("#! requires TagWaits>=0 CrossCoreCalls>=0 ServedCalls>=0");
        assertNull(totals.unmet(new Counts(), 4));
        assertTrue(totals.isEmpty());
    }

    @Test
    void wrongDeclarationsAreErrors() {
        for (String line :
                new String[] {
                    "#! requires Cal>=1",
                    "#! requires Call>1",
                    "#! requires Call",
                    "#! demands Call>=1",
                    "#! requires Call>=-1"
                }) {
            assertThrows(IllegalArgumentException.class, () -> Requirements.parse(line), line);
        }
    }
}
