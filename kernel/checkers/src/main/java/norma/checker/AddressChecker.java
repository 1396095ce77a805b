package norma.checker;

import java.lang.annotation.Annotation;
import java.util.Set;
import norma.quals.AnyAddr;
import norma.quals.KernelPtr;
import norma.quals.NotAddr;
import norma.quals.PhysAddr;
import norma.quals.UserPtr;
import norma.quals.VirtAddr;
import org.checkerframework.common.basetype.BaseAnnotatedTypeFactory;
import org.checkerframework.common.basetype.BaseTypeChecker;
import org.checkerframework.common.basetype.BaseTypeVisitor;

/**
 * Keeps physical, kernel and user addresses apart: all are {@code long}s, and mixing them is the
 * classic kernel bug. The hierarchy is drawn at {@link AnyAddr}.
 *
 * <p>The checker has no rules of its own beyond subtyping, so an address changes kind only in a
 * method whose body says so with {@code @SuppressWarnings("address")} and why.
 */
public final class AddressChecker extends BaseTypeChecker {
    @Override
    protected BaseTypeVisitor<?> createSourceVisitor() {
        return new Visitor(this);
    }

    private static final class Visitor extends BaseTypeVisitor<Factory> {
        Visitor(BaseTypeChecker checker) {
            super(checker);
        }

        @Override
        protected Factory createTypeFactory() {
            return new Factory(checker);
        }
    }

    private static final class Factory extends BaseAnnotatedTypeFactory {
        Factory(BaseTypeChecker checker) {
            super(checker);
            postInit();
        }

        @Override
        protected Set<Class<? extends Annotation>> createSupportedTypeQualifiers() {
            return Set.of(
                    AnyAddr.class,
                    PhysAddr.class,
                    VirtAddr.class,
                    KernelPtr.class,
                    UserPtr.class,
                    NotAddr.class);
        }
    }
}
