package norma.kernel.sim.explore;

import norma.kernel.sim.load.ClassEdit;
import norma.kernel.sim.load.KernelLoader;

/**
 * The loader of a kernel that is explored. Its classes must be just what the loader has made: the
 * places in stack frames are looked up there ({@link Frames}). So the coverage agent, which would
 * change them once more, is told to leave this loader alone ({@code exclclassloader}).
 */
final class ExploredLoader extends KernelLoader {
    ExploredLoader(ClassEdit edit) {
        super(edit);
    }
}
