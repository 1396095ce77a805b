package norma.cli.gate;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Test totals of all modules, from Surefire's XML reports rather than from its log: the log's
 * summary lines repeat and its format is for people.
 *
 * @param tests cases run or skipped
 * @param failures assertions that failed
 * @param errors cases that threw
 * @param skipped cases not run
 */
public record SurefireTotals(long tests, long failures, long errors, long skipped) {
    private static final Set<String> SKIPPED_FOLDERS =
            Set.of(".git", ".norma", "src", "node_modules");

    /** Cases that passed. */
    public long passed() {
        return tests - failures - errors - skipped;
    }

    /** Cases that failed either way. */
    public long failed() {
        return failures + errors;
    }

    /** Adds up the reports under {@code root}'s target folders written since {@code start}. */
    public static SurefireTotals collect(Path root, Instant start) throws IOException {
        long[] sums = new long[4];
        Files.walkFileTree(
                root,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path d, BasicFileAttributes a) {
                        Path name = d.getFileName();
                        return name != null && SKIPPED_FOLDERS.contains(name.toString())
                                ? FileVisitResult.SKIP_SUBTREE
                                : FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path f, BasicFileAttributes a)
                            throws IOException {
                        if (isReport(f) && !a.lastModifiedTime().toInstant().isBefore(start)) {
                            add(f, sums);
                        }
                        return FileVisitResult.CONTINUE;
                    }
                });
        return new SurefireTotals(sums[0], sums[1], sums[2], sums[3]);
    }

    /** Only of the default build folder: others belong to builds beside this one. */
    private static boolean isReport(Path file) {
        String text = file.toString();
        return text.contains("/target/surefire-reports/TEST-") && text.endsWith(".xml");
    }

    private static void add(Path report, long[] sums) throws IOException {
        try (InputStream in = Files.newInputStream(report)) {
            XMLStreamReader xml = XMLInputFactory.newDefaultFactory().createXMLStreamReader(in);
            xml.nextTag();
            String[] names = {"tests", "failures", "errors", "skipped"};
            for (int i = 0; i < names.length; i++) {
                String value = xml.getAttributeValue(null, names[i]);
                sums[i] += value == null ? 0 : Long.parseLong(value);
            }
        } catch (XMLStreamException e) {
            throw new IOException("unreadable report " + report, e);
        }
    }
}
