package norma.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import norma.conformance.machine.Arch;
import norma.image.ImageResult;

/** How long class files take to become a linked kernel; how large it is; its stack bounds. */
final class BuildFigures {
    private static final int PASSES = 3;
    private static final double TARGET_SECONDS = 10;
    private static final double TARGET_TEXT = 160 << 10;

    private BuildFigures() {}

    static List<Figure> measure(Arch arch, Variants variants) throws IOException, BenchException {
        List<Figure> figures = new ArrayList<>();
        double[] seconds = new double[PASSES];
        ImageResult image = null;
        for (int i = 0; i < PASSES; i++) {
            long start = System.nanoTime();
            image = variants.system(arch, "build" + i);
            seconds[i] = (System.nanoTime() - start) / 1e9;
        }
        figures.add(
                Figure.timed(
                        "build.seconds",
                        "class files to linked kernel, median of " + PASSES,
                        Statistics.median(seconds),
                        "s",
                        TARGET_SECONDS,
                        Figure.Better.LESS));
        if (image != null) {
            sizes(figures, image);
        }
        return figures;
    }

    private static void sizes(List<Figure> figures, ImageResult image) throws IOException {
        ElfFile elf = ElfFile.read(image.elf());
        size(figures, "text", elf.bytes(".text"), TARGET_TEXT);
        size(figures, "rodata", elf.bytes(".rodata") + elf.bytes(".norma_panics"), Double.NaN);
        size(figures, "data", elf.fileBytes(".data"), Double.NaN);
        size(figures, "bss", elf.bytes(".bss"), Double.NaN);
        for (Map.Entry<String, Long> bound : image.stackBounds().entrySet()) {
            figures.add(
                    Figure.count(
                            "stack." + bound.getKey(),
                            "static stack bound of " + bound.getKey(),
                            (double) bound.getValue(),
                            "bytes",
                            Double.NaN));
        }
    }

    private static void size(List<Figure> figures, String section, long bytes, double target) {
        figures.add(
                Figure.count(
                        "size." + section,
                        "image, " + section + " (user program in)",
                        (double) bytes,
                        "bytes",
                        target));
    }
}
