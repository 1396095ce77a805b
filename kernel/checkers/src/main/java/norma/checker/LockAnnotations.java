package norma.checker;

import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;

/** Reads the lock annotations of {@code norma.quals}, by name. */
final class LockAnnotations {
    static final String GUARDED_BY = "norma.quals.GuardedBy";
    static final String HOLDING = "norma.quals.Holding";
    static final String ACQUIRES = "norma.quals.Acquires";
    static final String RELEASES = "norma.quals.Releases";

    private LockAnnotations() {}

    static boolean has(Element element, String annotation) {
        return element.getAnnotationMirrors().stream().anyMatch(m -> named(m, annotation));
    }

    /** The names given; empty when the annotation is absent or says none. */
    static List<String> names(Element element, String annotation) {
        List<String> names = new ArrayList<>();
        for (AnnotationMirror mirror : element.getAnnotationMirrors()) {
            if (!named(mirror, annotation)) {
                continue;
            }
            for (AnnotationValue value : mirror.getElementValues().values()) {
                if (value.getValue() instanceof List<?> list) {
                    list.forEach(v -> names.add((String) ((AnnotationValue) v).getValue()));
                } else {
                    names.add((String) value.getValue());
                }
            }
        }
        return names;
    }

    private static boolean named(AnnotationMirror mirror, String annotation) {
        TypeElement type = (TypeElement) mirror.getAnnotationType().asElement();
        return type.getQualifiedName().contentEquals(annotation);
    }
}
