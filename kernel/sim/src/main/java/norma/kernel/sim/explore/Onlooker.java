package norma.kernel.sim.explore;

/**
 * What there is to see of a machine without looking into the kernel: the model's state, records,
 * what cores and threads do outside. Two kernels that look the same do the same, whatever their
 * code is like.
 */
final class Onlooker {
    private final Memory memory;
    private final Layout layout;
    private final Models models;

    /** Hash of the records of the step in progress. */
    private long said;

    Onlooker(Memory memory, Layout layout, Models models) {
        this.memory = memory;
        this.layout = layout;
        this.models = models;
        for (int cell = 0; cell < layout.count; cell++) {
            if (layout.outside(cell)) {
                memory.watch(cell);
            }
        }
    }

    /** A step begins. */
    void begin() {
        said = 0;
    }

    /** A record is complete. */
    void hears(Node event) {
        long[] words = event.words;
        said = words == null ? said : Models.hash(said, words);
    }

    /** Hash of the records of the last step; 0 if it made none. */
    long said() {
        return said;
    }

    /** Hash of the state. */
    long state() {
        long hash = memory.watched() + models.stateHash((int) memory.get(layout.model));
        for (int core = 0; core < layout.cores; core++) {
            long list = models.listHash((int) memory.get(layout.kept(core)));
            hash = Models.mix(hash + core) + list;
        }
        return hash;
    }
}
