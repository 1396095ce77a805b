package norma.conformance.report;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import norma.conformance.report.CaseResult.Status;
import norma.conformance.saved.Unfinished;

/** Writes a report as JUnit XML: a violated property is a failure, a missing verdict an error. */
public final class JUnitXml {
    private JUnitXml() {}

    /** Writes {@code report} to {@code file}. */
    public static void write(Report report, Path file) throws IOException {
        Unfinished.write(file, text(report));
    }

    /** The XML document. */
    public static String text(Report report) throws IOException {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            line(xml, 0);
            xml.writeStartElement("testsuite");
            xml.writeAttribute("name", clean(report.title()));
            xml.writeAttribute("tests", String.valueOf(report.results().size()));
            xml.writeAttribute("failures", String.valueOf(report.count(Status.FAILED)));
            xml.writeAttribute("errors", String.valueOf(report.count(Status.INCONCLUSIVE)));
            xml.writeAttribute("skipped", "0");
            xml.writeAttribute("time", seconds(report.seconds()));
            for (CaseResult result : report.results()) {
                line(xml, 1);
                testCase(xml, result);
            }
            line(xml, 0);
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IOException(e);
        }
        return text + "\n";
    }

    private static void testCase(XMLStreamWriter xml, CaseResult result) throws XMLStreamException {
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", clean(result.group()));
        xml.writeAttribute("name", clean(result.name()));
        xml.writeAttribute("time", seconds(result.seconds()));
        properties(xml, result);
        if (result.status() != Status.PASSED) {
            line(xml, 2);
            xml.writeStartElement(result.status() == Status.FAILED ? "failure" : "error");
            xml.writeAttribute("type", clean(result.reason()));
            xml.writeAttribute("message", clean(result.summary()));
            StringBuilder body = new StringBuilder();
            result.details().forEach(d -> body.append(d).append('\n'));
            body.append("replay: ").append(result.replay());
            xml.writeCharacters(clean(body.toString()));
            xml.writeEndElement();
        }
        if (result.status() != Status.PASSED || !result.properties().isEmpty()) {
            line(xml, 1);
        }
        xml.writeEndElement();
    }

    private static void properties(XMLStreamWriter xml, CaseResult result)
            throws XMLStreamException {
        if (result.properties().isEmpty()) {
            return;
        }
        line(xml, 2);
        xml.writeStartElement("properties");
        for (Map.Entry<String, String> property : result.properties().entrySet()) {
            line(xml, 3);
            xml.writeEmptyElement("property");
            xml.writeAttribute("name", clean(property.getKey()));
            xml.writeAttribute("value", clean(property.getValue()));
        }
        line(xml, 2);
        xml.writeEndElement();
    }

    private static void line(XMLStreamWriter xml, int depth) throws XMLStreamException {
        xml.writeCharacters("\n" + "  ".repeat(depth));
    }

    private static String seconds(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }

    /**
     * A guest's console may print anything; XML 1.0 has no way to write most control characters.
     */
    private static String clean(String text) {
        StringBuilder result = new StringBuilder();
        text.codePoints()
                .map(c ->
                        c == '\n'
                                        || c == '\t'
                                        || (c >= 0x20 && c <= 0xd7ff)
                                        || (c >= 0xe000 && c <= 0xfffd)
                                        || c >= 0x10000
                                ? c
                                : 0xfffd)
                .forEach(result::appendCodePoint);
        return result.toString();
    }
}
