package norma.kernel.sim.load;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassModel;
import java.lang.reflect.Field;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import norma.kernel.sim.port.GuestKernel;
import norma.kernel.sim.port.KernelContracts;
import norma.kernel.sim.race.Site;

/**
 * The kernel's own class loader: {@code norma.kernel} without its HAL, and user mode without its
 * world, read from where this class comes from, perhaps edited, instrumented, and with assertions
 * on.
 *
 * <p>Everything is loaded and initialised by the constructor: inside a simulated core nothing may
 * enter the class loader, whose frames could not be switched away from.
 */
public class KernelLoader extends ClassLoader {
    /** User mode's side of the machine, which the simulator implements. */
    private static final Set<String> WORLD = Set.of("norma.user.Gate", "norma.user.UserWorld");

    private static final String GUEST = "norma.kernel.sim.guest.Guest";
    private static final String HAL = "norma.kernel.hal.";
    private static final String FACTORY = GUEST + "$Factory";
    private static final String CONTRACTS = "norma.kernel.sim.guest.Contracts";

    private final Map<String, byte[]> images = new LinkedHashMap<>();
    private final List<Site> sites = new ArrayList<>();
    private final GuestKernel.Factory factory;
    private final ClassFacts facts;

    /** Loads the kernel with the given changes. */
    public KernelLoader(ClassEdit edit) {
        this(edit, false);
    }

    /** The same; {@code weak}: probes are told, and may change, what atomic accesses find. */
    public KernelLoader(ClassEdit edit, boolean weak) {
        super("kernel", KernelLoader.class.getClassLoader());
        setDefaultAssertionStatus(true);
        Map<String, ClassModel> models = closure(edit);
        facts = new ClassFacts(models);
        Instrumenter instrumenter = new Instrumenter(facts, sites, weak);
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

    /** Checks of this loader's classes. */
    public KernelContracts contracts() {
        try {
            Class<?> type = Class.forName(CONTRACTS, true, this);
            return type.asSubclass(KernelContracts.class).getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the kernel's contracts do not load", e);
        }
    }

    /** Makes kernels of this loader's classes. */
    public GuestKernel.Factory factory() {
        return factory;
    }

    /**
     * The fields of one of the kernel's classes and of its superclasses, by the numbers that probes
     * use; none of a class that is not the kernel's.
     */
    public List<Field> fields(Class<?> type) {
        if (!images.containsKey(type.getName())) {
            return List.of();
        }
        List<Field> fields = new ArrayList<>(fields(type.getSuperclass()));
        for (String name : facts.names(type.getName().replace('.', '/'))) {
            try {
                Field field = type.getDeclaredField(name);
                field.setAccessible(true);
                fields.add(field);
            } catch (NoSuchFieldException e) {
                throw new IllegalStateException(type + " has lost a field", e);
            }
        }
        return fields;
    }

    /** Is this a class of the kernel: of this loader, or of the HAL, which is not? */
    public boolean contains(String name) {
        return images.containsKey(name) || name.startsWith(HAL);
    }

    /** A class of the kernel as it was loaded: edited and instrumented, unless it is the HAL's. */
    public ClassModel model(String name) {
        byte[] image = images.get(name);
        return ClassFacts.parse(image == null ? read(name) : image);
    }

    /** The places that report accesses, by number. */
    public List<Site> sites() {
        return Collections.unmodifiableList(sites);
    }

    private static boolean own(String name) {
        if (name.startsWith("norma.kernel.sim.")) {
            return name.startsWith("norma.kernel.sim.guest.");
        }
        return (name.startsWith("norma.user.") && !WORLD.contains(name))
                || (name.startsWith("norma.kernel.") && !name.startsWith(HAL));
    }

    /** All own classes that the guest reaches, by internal name. */
    private Map<String, ClassModel> closure(ClassEdit edit) {
        Map<String, ClassModel> models = new LinkedHashMap<>();
        Deque<String> open = new ArrayDeque<>(List.of(GUEST, FACTORY, CONTRACTS));
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
