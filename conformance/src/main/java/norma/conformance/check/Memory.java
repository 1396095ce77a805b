package norma.conformance.check;

import norma.abi.Limits;
import norma.model.kernel.KernelModel;

/**
 * The address spaces of a machine, and the memory for them.
 *
 * @param pages pages of each space; 0: threads live in none
 * @param frames frames of memory
 */
public record Memory(int pages, int frames) {
    /** Threads live in no address space. */
    public static final Memory NONE = new Memory(0, 0);

    /** Checks that the kernel can have so many. */
    public Memory {
        if (pages < 0 || pages > Limits.PAGES || frames < 0 || frames > Limits.FRAMES) {
            throw new IllegalArgumentException(
                    pages
                            + " pages and "
                            + frames
                            + " frames, at most "
                            + Limits.PAGES
                            + " and "
                            + Limits.FRAMES);
        }
        if (pages == 0 && frames != 0) {
            throw new IllegalArgumentException(frames + " frames for no page");
        }
    }

    /** That of a model's machine. */
    static Memory of(KernelModel model) {
        return new Memory(model.names().size("page"), model.names().size("frame"));
    }

    /** Number of address spaces. */
    public int spaces() {
        return pages == 0 ? 0 : Limits.SPACES;
    }
}
