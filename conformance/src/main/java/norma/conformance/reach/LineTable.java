package norma.conformance.reach;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Which addresses of an image were compiled from which line, as its DWARF line program says. */
public final class LineTable {
    private static final String PROGRAM = "llvm-dwarfdump-16";
    private static final int DEADLINE_SECONDS = 30;

    /** Addresses {@code from} up to and not including {@code to}. */
    record Range(long from, long to) {}

    /** By path and line, joined by a colon. */
    private final Map<String, List<Range>> ranges = new HashMap<>();

    private LineTable() {}

    /** Reads an image's table. */
    public static LineTable read(Path image) throws IOException {
        Process process =
                new ProcessBuilder(PROGRAM, "--debug-line", image.toString())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        try {
            byte[] text = process.getInputStream().readAllBytes();
            if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException(PROGRAM + " cannot read " + image);
            }
            return parse(new String(text, StandardCharsets.UTF_8).lines().toList());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            process.destroyForcibly();
        }
    }

    /** Reads what llvm-dwarfdump prints: for each unit its folders, its files, then its rows. */
    static LineTable parse(List<String> lines) throws IOException {
        LineTable table = new LineTable();
        Map<Integer, String> folders = new HashMap<>();
        Map<Integer, String> files = new HashMap<>();
        int file = 0;
        String previous = "";
        long from = 0;
        for (String line : lines) {
            String text = line.strip();
            if (text.startsWith("Line table prologue")) {
                folders.clear();
                files.clear();
            } else if (text.startsWith("include_directories[")) {
                folders.put(index(text), quoted(text));
            } else if (text.startsWith("file_names[")) {
                file = index(text);
            } else if (text.startsWith("name:")) {
                files.put(file, quoted(text));
            } else if (text.startsWith("dir_index:")) {
                String folder = folders.get(Integer.parseInt(text.substring(10).strip()));
                files.computeIfPresent(file, (i, name) -> folder + "/" + name);
            } else if (text.startsWith("0x")) {
                String[] row = text.split("\\s+");
                long address = Long.parseUnsignedLong(row[0].substring(2), 16);
                // At 0: a function that the linker left out.
                if (!previous.isEmpty() && from != 0 && address > from) {
                    table.add(previous, new Range(from, address));
                }
                from = address;
                previous =
                        text.endsWith("end_sequence")
                                ? ""
                                : files.get(Integer.parseInt(row[3])) + ":" + row[1];
            }
        }
        if (table.ranges.isEmpty()) {
            throw new IOException("no line numbers in the image");
        }
        return table;
    }

    private void add(String place, Range range) {
        List<Range> known = ranges.computeIfAbsent(place, p -> new ArrayList<>());
        if (!known.isEmpty() && known.getLast().to() == range.from()) {
            known.set(known.size() - 1, new Range(known.getLast().from(), range.to()));
        } else {
            known.add(range);
        }
    }

    private static int index(String text) {
        return Integer.parseInt(text.substring(text.indexOf('[') + 1, text.indexOf(']')).strip());
    }

    private static String quoted(String text) {
        return text.substring(text.indexOf('"') + 1, text.lastIndexOf('"'));
    }

    /** Addresses of all these lines of one source file, in no order. */
    List<Range> of(String source, Collection<Integer> lines) {
        return lines.stream()
                .flatMap(line -> ranges.getOrDefault(source + ":" + line, List.of()).stream())
                .toList();
    }
}
