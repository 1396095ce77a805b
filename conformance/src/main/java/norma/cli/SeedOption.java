package norma.cli;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --seed}, for commands that choose at random. */
final class SeedOption {
    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Seed of what is chosen at random (default: the clock's; it is printed).")
    private @Nullable Long seed;

    /** The seed, if one was given. */
    OptionalLong value() {
        return seed == null ? OptionalLong.empty() : OptionalLong.of(seed);
    }
}
