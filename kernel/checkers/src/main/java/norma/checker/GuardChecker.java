package norma.checker;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TaskEvent;
import com.sun.source.util.TaskListener;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;

/**
 * Fields under {@code norma.quals.GuardedBy} are touched only while a lock of the named class is
 * held, and no method returns holding more or fewer locks than it says.
 *
 * <p>The Checker Framework's Lock checker cannot say this of the kernel: it guards the objects that
 * a reference leads to, and the kernel's state is primitive fields. This one follows acquire and
 * release through a method's statements ({@link GuardAnalysis}); it knows classes of locks, not
 * single locks. {@code @SuppressWarnings("guard")} on a method or class exempts it, with a reason.
 */
@SupportedAnnotationTypes("*")
public final class GuardChecker extends AbstractProcessor implements TaskListener {
    private Trees trees;

    /** For the service loader. */
    @SuppressWarnings("NullAway.Init") // init() runs before anything else.
    public GuardChecker() {}

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latest();
    }

    @Override
    public synchronized void init(ProcessingEnvironment env) {
        super.init(env);
        trees = Trees.instance(env);
        JavacTask.instance(env).addTaskListener(this);
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        return false;
    }

    /** Runs after attribution, when every tree has its element. */
    @Override
    public void finished(TaskEvent event) {
        if (event.getKind() != TaskEvent.Kind.ANALYZE || event.getTypeElement() == null) {
            return;
        }
        TreePath path = trees.getPath(event.getTypeElement());
        if (path != null) {
            new Methods().scan(path, null);
        }
    }

    private final class Methods extends TreePathScanner<Void, Void> {
        @Override
        public Void visitClass(ClassTree tree, Void unused) {
            return exempt(trees.getElement(getCurrentPath()))
                    ? null
                    : super.visitClass(tree, unused);
        }

        @Override
        public Void visitMethod(MethodTree tree, Void unused) {
            if (tree.getBody() != null
                    && trees.getElement(getCurrentPath()) instanceof ExecutableElement method
                    && method.getKind() == ElementKind.METHOD
                    && !exempt(method)) {
                new GuardAnalysis(trees, getCurrentPath(), method).run(tree.getBody());
            }
            return super.visitMethod(tree, unused);
        }

        private boolean exempt(Element element) {
            SuppressWarnings suppressed =
                    element == null ? null : element.getAnnotation(SuppressWarnings.class);
            return suppressed != null && Set.of(suppressed.value()).contains("guard");
        }
    }
}
