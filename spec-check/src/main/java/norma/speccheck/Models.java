package norma.speccheck;

import java.util.Map;
import norma.model.Model;
import norma.model.State;
import norma.speccheck.make.Constants;
import norma.speccheck.make.Maker;
import org.jspecify.annotations.Nullable;

/**
 * The reference model of each specification, at the constants of a manifest entry. A specification
 * has a {@link Maker} by its name, which only reflection reaches: it is an input of its own
 * evidence alone.
 */
final class Models {
    private Models() {}

    static Model<? extends State> create(String spec, Map<String, Integer> constants) {
        Maker maker = maker(spec);
        if (maker == null) {
            throw new IllegalStateException("no reference model of " + spec);
        }
        return maker.make(new Constants(spec, constants));
    }

    /** The class that {@link #create} makes for a specification, null where it cannot. */
    static @Nullable Class<?> type(String spec) {
        Maker maker = maker(spec);
        return maker == null ? null : maker.type();
    }

    /** Name of the class that makes a specification's model. */
    static String makerOf(String spec) {
        return spec + "Maker";
    }

    private static @Nullable Maker maker(String spec) {
        String name = Maker.class.getPackageName() + "." + makerOf(spec);
        try {
            return Class.forName(name).asSubclass(Maker.class).getConstructor().newInstance();
        } catch (ClassNotFoundException e) {
            return null;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot make " + name, e);
        }
    }
}
