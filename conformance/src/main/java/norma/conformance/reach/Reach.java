package norma.conformance.reach;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import norma.conformance.machine.Instruments;
import norma.conformance.mutant.Place;

/**
 * Measures whether any of a mutant's edits was executed in a run.
 *
 * <p>The plugin {@code native/reached/reached.c} counts, in the very run that is judged, the
 * instructions of the edits' places. It instruments nothing else: the run is as fast as without it,
 * and with instructions counted as time, the same.
 */
public final class Reach {
    private static final long MAGIC = 0x31484352;
    private static final int HEADER = 16;
    private static final int RANGE = 24;

    /** How closely a place can be told in the image. */
    public enum Measure {
        /** By instructions of the edited line. */
        LINE("line"),
        /** The line left no code; by lines that run exactly when it is passed. */
        BLOCK("block"),
        /** Neither left code of its own; by any instruction of the method. */
        METHOD("method"),
        /** Nothing of the method is in the image. */
        NONE("none");

        private final String label;

        Measure(String label) {
            this.label = label;
        }

        /** The word in reports. */
        public String label() {
            return label;
        }
    }

    /** One place in one image. */
    private record Spot(Measure measure, List<LineTable.Range> ranges) {}

    /**
     * What was measured.
     *
     * @param reached whether an edit was executed
     * @param measure how closely that is known
     */
    public record Result(boolean reached, Measure measure) {
        /** For a column of a table. */
        public String label() {
            return (reached ? "yes/" : "no/") + measure.label();
        }
    }

    private final List<Spot> spots;
    private final Path plugin;
    private final Path map;

    private Reach(List<Spot> spots, Path plugin, Path map) {
        this.spots = spots;
        this.plugin = plugin;
        this.map = map;
    }

    /**
     * For runs of one image.
     *
     * @param plugin the compiled plugin
     * @param map the file of the counts; it is overwritten
     */
    public static Reach of(LineTable table, List<Place> places, Path plugin, Path map) {
        return new Reach(places.stream().map(p -> spot(table, p)).toList(), plugin, map);
    }

    private static Spot spot(LineTable table, Place place) {
        List<LineTable.Range> line = table.of(place.source(), List.of(place.line()));
        if (place.line() != 0 && !line.isEmpty()) {
            return new Spot(Measure.LINE, line);
        }
        List<LineTable.Range> block = table.of(place.source(), place.block());
        if (!block.isEmpty()) {
            return new Spot(Measure.BLOCK, block);
        }
        List<LineTable.Range> method = table.of(place.source(), place.lines());
        return new Spot(method.isEmpty() ? Measure.NONE : Measure.METHOD, method);
    }

    /** Runs something that boots one machine, and measures it. */
    public <T> T during(Supplier<T> run) throws IOException {
        List<LineTable.Range> all = ranges();
        ByteBuffer bytes =
                ByteBuffer.allocate(HEADER + RANGE * all.size()).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(0).putLong(all.size());
        all.forEach(range -> bytes.putLong(range.from()).putLong(range.to()).putLong(0));
        Files.write(map, bytes.array());
        return Instruments.with(List.of("-plugin", "file=" + plugin + ",map=" + map), run::get);
    }

    private List<LineTable.Range> ranges() {
        List<LineTable.Range> all = new ArrayList<>();
        spots.forEach(spot -> all.addAll(spot.ranges()));
        return all;
    }

    /** Of the last run: the closest measure of an edit that was executed, or of any. */
    public Result result() throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(map)).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.getLong(0) != MAGIC) {
            throw new IOException("QEMU did not load the plugin " + plugin.getFileName());
        }
        boolean reached = false;
        Measure measure = Measure.NONE;
        int at = HEADER;
        for (Spot spot : spots) {
            long count = 0;
            for (int i = 0; i < spot.ranges().size(); i++, at += RANGE) {
                count += bytes.getLong(at + RANGE - Long.BYTES);
            }
            boolean first = count > 0 && !reached;
            boolean closer = spot.measure().compareTo(measure) < 0;
            if (first || (closer && (count > 0 || !reached))) {
                measure = spot.measure();
            }
            reached |= count > 0;
        }
        return new Result(reached, measure);
    }
}
