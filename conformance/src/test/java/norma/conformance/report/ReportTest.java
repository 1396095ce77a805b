package norma.conformance.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import norma.conformance.report.CaseResult.Status;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReportTest {
    private static final String HOSTILE = "a<b> & \"c\" ]]> \u0000\u001b[31m \ud800 \u00e9";

    private static CaseResult result(String name, Status status) {
        return new CaseResult(
                "group",
                name,
                status,
                status == Status.PASSED ? "" : "REASON",
                status == Status.PASSED ? "" : HOSTILE,
                status == Status.PASSED ? List.of() : List.of("detail " + HOSTILE),
                "./norma conform",
                7,
                1.5);
    }

    private static final Report REPORT =
            new Report(
                    "title " + HOSTILE,
                    List.of(
                            result("one", Status.PASSED),
                            result("two", Status.FAILED),
                            result("three " + HOSTILE, Status.INCONCLUSIVE),
                            result("four", Status.FAILED)));

    private static Element xml(Report report) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(
                        new ByteArrayInputStream(
                                JUnitXml.text(report).getBytes(StandardCharsets.UTF_8)))
                .getDocumentElement();
    }

    @Test
    void junitCountsReconcile() throws Exception {
        Element suite = xml(REPORT);
        assertEquals("4", suite.getAttribute("tests"));
        assertEquals("2", suite.getAttribute("failures"));
        assertEquals("1", suite.getAttribute("errors"));
        assertEquals(4, suite.getElementsByTagName("testcase").getLength());
        assertEquals(2, suite.getElementsByTagName("failure").getLength());
        assertEquals(1, suite.getElementsByTagName("error").getLength());
        assertEquals("6.000", suite.getAttribute("time"));
        Element failure = (Element) suite.getElementsByTagName("failure").item(0);
        assertEquals("REASON", failure.getAttribute("type"));
        assertFalse(failure.getTextContent().isBlank());
    }

    @Test
    void junitOfNothing() throws Exception {
        Element suite = xml(new Report("none", List.of()));
        assertEquals("0", suite.getAttribute("tests"));
    }

    @Test
    void jsonCountsReconcile() {
        JsonNode json =
                JsonMapper.builder()
                        .build()
                        .readTree(JsonReport.text(REPORT, Map.of("void", false)));
        assertEquals(4, json.get("total").asInt());
        assertEquals(1, json.get("passed").asInt());
        assertEquals(2, json.get("failed").asInt());
        assertEquals(1, json.get("inconclusive").asInt());
        assertEquals(4, json.get("cases").size());
        assertEquals("REASON", json.get("cases").get(1).get("reason").asString());
        assertEquals(false, json.get("void").asBoolean());
    }

    @Test
    void propertiesAreInBothFormats() throws Exception {
        CaseResult one =
                new CaseResult(
                        "g",
                        "n",
                        Status.PASSED,
                        "",
                        "",
                        List.of(),
                        "",
                        1,
                        1,
                        Map.of("reached", "yes <&>"));
        Report report = new Report("t", List.of(one));
        Element property = (Element) xml(report).getElementsByTagName("property").item(0);
        assertEquals("reached", property.getAttribute("name"));
        assertEquals("yes <&>", property.getAttribute("value"));
        JsonNode json = new JsonMapper().readTree(JsonReport.text(report, Map.of()));
        assertEquals("yes <&>", json.get("cases").get(0).get("reached").asString());
        assertEquals(0, xml(REPORT).getElementsByTagName("properties").getLength());
    }
}
