// Contract: reads the annotations of norma.quals from class files, by descriptor, without loading
// the annotation classes.
// Owner: norma.aot.load.
package norma.aot.load;

import java.lang.classfile.Annotation;
import java.lang.classfile.AnnotationElement;
import java.lang.classfile.AnnotationValue;
import java.lang.classfile.AttributedElement;
import java.lang.classfile.Attributes;
import java.util.List;
import java.util.Optional;

/** Access to the CLASS-retention annotations of one class, method or field. */
final class Annotations {
    private static final String PACKAGE = "Lnorma/quals/";

    private final List<Annotation> present;

    private Annotations(List<Annotation> present) {
        this.present = present;
    }

    static Annotations of(AttributedElement element) {
        return new Annotations(
                element.findAttribute(Attributes.runtimeInvisibleAnnotations())
                        .map(attribute -> attribute.annotations())
                        .orElse(List.of()));
    }

    boolean has(String simpleName) {
        return find(simpleName).isPresent();
    }

    /** The string element of an annotation; "" if the annotation is there without that element. */
    Optional<String> text(String simpleName, String elementName) {
        return find(simpleName)
                .map(annotation -> {
                    for (AnnotationElement element : annotation.elements()) {
                        if (element.name().equalsString(elementName)
                                && element.value() instanceof AnnotationValue.OfString text) {
                            return text.stringValue();
                        }
                    }
                    return "";
                });
    }

    private Optional<Annotation> find(String simpleName) {
        String descriptor = PACKAGE + simpleName + ";";
        return present.stream().filter(a -> a.className().equalsString(descriptor)).findFirst();
    }
}
