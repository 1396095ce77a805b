package norma.speccheck;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;

/**
 * Loads the model checker, and the classes of ours that touch it, in a class loader of their own:
 * its interned strings, tables and parser are static, so two specifications cannot share it.
 */
public final class IsolatedTlc implements AutoCloseable {
    private static final List<String> OWN_PREFIXES =
            List.of("tlc2.", "tla2sany.", "util.", "pcal.", "model.", "norma.speccheck.tlc.");
    private static final String SESSION_CLASS = "norma.speccheck.tlc.Session";

    private final Loader loader;
    private final TlcSession session;

    /** Loads a module and configuration of a directory; {@code scratch} takes temporary files. */
    public IsolatedTlc(Path directory, String module, String config, Path scratch) {
        loader = new Loader();
        try {
            session =
                    Class.forName(SESSION_CLASS, true, loader)
                            .asSubclass(TlcSession.class)
                            .getConstructor(Path.class, String.class, String.class, Path.class)
                            .newInstance(directory, module, config, scratch);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot load " + module + " with " + config, e);
        }
    }

    /** The loaded specification. */
    public TlcSession session() {
        return session;
    }

    @Override
    public void close() {
        try {
            loader.close();
        } catch (IOException e) {
            throw new IllegalStateException("cannot close the model checker's jar", e);
        }
    }

    private static final class Loader extends URLClassLoader {
        Loader() {
            super(
                    new URL[] {location(tlc2.TLC.class), location(IsolatedTlc.class)},
                    IsolatedTlc.class.getClassLoader());
        }

        private static URL location(Class<?> type) {
            CodeSource source = type.getProtectionDomain().getCodeSource();
            if (source == null) {
                throw new IllegalStateException("no location for " + type);
            }
            return source.getLocation();
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (OWN_PREFIXES.stream().noneMatch(name::startsWith)) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded != null ? loaded : findClass(name);
            }
        }
    }
}
