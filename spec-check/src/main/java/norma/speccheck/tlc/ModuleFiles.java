package norma.speccheck.tlc;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import util.FilenameToStream;
import util.TLAConstants;

/**
 * Finds modules: the specification's own in its directory, the standard ones in the model checker's
 * jar, unpacked to a private directory (the model checker's own resolver shares one between all
 * processes).
 */
final class ModuleFiles implements FilenameToStream {
    private static final String STANDARD_MODULES = "/tla2sany/StandardModules/";

    private final Path directory;
    private final Path scratch;
    private final Set<String> read;

    /** Names of files found in {@code directory} are added to {@code read}. */
    ModuleFiles(Path directory, Path scratch, Set<String> read) {
        this.directory = directory;
        this.scratch = scratch;
        this.read = read;
    }

    @Override
    public File resolve(String name, boolean isModule) {
        String file =
                isModule && !name.endsWith(TLAConstants.Files.TLA_EXTENSION)
                        ? name + TLAConstants.Files.TLA_EXTENSION
                        : name;
        Path given = Path.of(file);
        Path own = directory.resolve(given);
        if (Files.exists(own) && !own.startsWith(scratch)) {
            read.add(directory.relativize(own).toString());
        }
        if (given.isAbsolute()) {
            return new Found(given.toString(), false);
        }
        if (Files.exists(own)) {
            return new Found(own.toString(), false);
        }
        return new Found(unpack(file).toString(), true);
    }

    private Path unpack(String file) {
        Path target = scratch.resolve(file);
        try (InputStream in = TLAConstants.class.getResourceAsStream(STANDARD_MODULES + file)) {
            if (in != null && !Files.exists(target)) {
                Files.copy(in, target);
            }
        } catch (IOException e) {
            throw new IllegalStateException("cannot unpack " + file, e);
        }
        return target;
    }

    @Override
    public String getFullPath() {
        return directory.toString();
    }

    @Override
    public boolean isStandardModule(String module) {
        return ModuleFiles.class.getResource(
                        STANDARD_MODULES + module + TLAConstants.Files.TLA_EXTENSION)
                != null;
    }

    /** The model checker asks a file whether it is one of its library. */
    private static final class Found extends FilenameToStream.TLAFile {
        private static final long serialVersionUID = 1;

        Found(String path, boolean library) {
            super(path, library, null);
        }
    }
}
