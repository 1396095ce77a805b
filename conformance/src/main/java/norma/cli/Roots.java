package norma.cli;

import java.nio.file.Path;

/** Where the checkout and this build are; the shell wrapper says so. */
final class Roots {
    private Roots() {}

    /** The checkout. */
    static Path root() {
        return Path.of(System.getProperty("norma.root", ".")).toAbsolutePath().normalize();
    }
}
