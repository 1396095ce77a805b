package norma.cli.gate;

import java.nio.file.Path;

/**
 * What every gate needs to know.
 *
 * @param root the checkout
 * @param quick the four-minute subset
 * @param full also what is proved and unchanged
 */
public record GateContext(Path root, boolean quick, boolean full) {}
