package norma.conformance.job;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import norma.conformance.machine.Arch;

/**
 * What {@code norma tour} was asked for.
 *
 * @param archs architectures; empty: all
 * @param specs graphs; empty: all; an unknown one is a {@link UsageException}
 * @param patience how long each architecture's boots may take together
 * @param toTheEnd go on for so long also when enough is covered
 * @param seed seed of what is left to chance
 * @param overlay folder of class files to build the image with instead of the kernel's own
 * @param report where the list of what was not reached goes
 */
public record TourOptions(
        List<Arch> archs,
        List<String> specs,
        Duration patience,
        boolean toTheEnd,
        long seed,
        Optional<Path> overlay,
        Optional<Path> report) {}
