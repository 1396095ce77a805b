package norma.kernel.sim.load;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassModel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import norma.kernel.sim.port.GuestKernel;
import norma.kernel.sim.race.Site;

/**
 * The kernel's own class loader: {@code norma.kernel} without its HAL, and the script runner, read
 * from where this class comes from, perhaps edited, instrumented, and with assertions on.
 *
 * <p>Everything is loaded and initialised by the constructor: inside a simulated core nothing may
 * enter the class loader, whose frames could not be switched away from.
 */
public final class KernelLoader extends ClassLoader {
    private static final String GUEST = "norma.kernel.sim.guest.Guest";
    private static final String FACTORY = GUEST + "$Factory";

    private final Map<String, byte[]> images = new LinkedHashMap<>();
    private final List<Site> sites = new ArrayList<>();
    private final GuestKernel.Factory factory;

    /** Loads the kernel with the given changes. */
    public KernelLoader(ClassEdit edit) {
        super("kernel", KernelLoader.class.getClassLoader());
        setDefaultAssertionStatus(true);
        Map<String, ClassModel> models = closure(edit);
        Instrumenter instrumenter = new Instrumenter(new ClassFacts(models), sites);
        for (Map.Entry<String, ClassModel> model : models.entrySet()) {
            String name = model.getKey().replace('/', '.');
            if (!name.startsWith("norma.kernel.sim.")) {
                images.put(name, instrumenter.instrument(model.getValue()));
            }
        }
        try {
            for (String name : images.keySet()) {
                Class.forName(name, true, this);
            }
            Class<?> maker = Class.forName(FACTORY, true, this);
            factory = maker.asSubclass(GuestKernel.Factory.class).getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the kernel's classes do not load", e);
        }
    }

    /** Makes kernels of this loader's classes. */
    public GuestKernel.Factory factory() {
        return factory;
    }

    /** The places that report accesses, by number. */
    public List<Site> sites() {
        return Collections.unmodifiableList(sites);
    }

    private static boolean own(String name) {
        if (name.startsWith("norma.kernel.sim.")) {
            return name.startsWith("norma.kernel.sim.guest.");
        }
        return name.equals("norma.user.ScriptRunner")
                || (name.startsWith("norma.kernel.") && !name.startsWith("norma.kernel.hal."));
    }

    /** All own classes that the guest reaches, by internal name. */
    private Map<String, ClassModel> closure(ClassEdit edit) {
        Map<String, ClassModel> models = new LinkedHashMap<>();
        Deque<String> open = new ArrayDeque<>(List.of(GUEST, FACTORY));
        while (!open.isEmpty()) {
            String name = open.remove();
            String internal = name.replace('.', '/');
            if (!own(name) || models.containsKey(internal)) {
                continue;
            }
            byte[] bytes = edit.edit(name, read(name));
            images.put(name, bytes);
            ClassModel model = ClassFacts.parse(bytes);
            models.put(internal, model);
            open.addAll(ClassFacts.mentioned(model));
        }
        return models;
    }

    private static byte[] read(String name) {
        String resource = name.replace('.', '/') + ".class";
        try (InputStream in = KernelLoader.class.getClassLoader().getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("no class file of " + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!own(name)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            if (loaded != null) {
                return loaded;
            }
            byte[] image = images.get(name);
            if (image == null) {
                throw new ClassNotFoundException(name + " is not part of the kernel");
            }
            return defineClass(name, image, 0, image.length);
        }
    }
}
