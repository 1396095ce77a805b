// Contract: a linked image and its figures.
// Owner: norma.image.
package norma.image;

import java.nio.file.Path;
import java.util.Map;

/**
 * A linked image.
 *
 * @param elf the image
 * @param map the linker's map
 * @param report the size, time and stack report, as text
 * @param stackBounds bytes of stack by entry symbol
 */
public record ImageResult(Path elf, Path map, String report, Map<String, Long> stackBounds) {}
