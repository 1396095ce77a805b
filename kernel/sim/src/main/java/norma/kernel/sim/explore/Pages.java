package norma.kernel.sim.explore;

import norma.conformance.check.CoreRights;
import norma.conformance.scenario.Script;
import norma.kernel.sim.Translations;
import org.jspecify.annotations.Nullable;

/** The page tables of a machine that is explored, if its threads live in an address space. */
final class Pages {
    private final Memory memory;
    private final Layout layout;
    private final @Nullable Translations translations;
    private @Nullable Models models;
    private @Nullable CoreRights rights;

    /** Page tables whose words lie behind all others. */
    Pages(Script script, Memory memory, Layout layout, int cpus) {
        this.memory = memory;
        this.layout = layout;
        translations =
                script.pages() == 0
                        ? null
                        : new Translations(
                                memory, layout.translations, cpus, script.pages(), script.frames());
    }

    /** How many words there are. */
    static int words(Script script, int cpus) {
        return script.pages() == 0 ? 0 : Translations.size(cpus, script.pages(), script.frames());
    }

    /** What cores may use, these say, in the state that the machine is in. */
    void judgedBy(Models states, CoreRights model) {
        models = states;
        rights = model;
    }

    /** The page tables; there are some, or nobody would ask. */
    Translations translations() {
        Translations all = translations;
        if (all == null) {
            throw new Inconsistent("page tables in a machine without");
        }
        return all;
    }

    /** The kernel does something to them ({@link TableOperation}). */
    void apply(long operation) {
        TableOperation.apply(operation, translations());
    }

    /** Have the cores page tables, and may this one have kept more of a page than they say? */
    boolean keeps(int core, int page) {
        Translations all = translations;
        return all != null && all.keeps(core, page);
    }

    /** What a core in user mode may use that the model says it may not, or null. */
    @Nullable String excess(int core) {
        Translations all = translations;
        Models states = models;
        CoreRights model = rights;
        if (all == null
                || states == null
                || model == null
                || memory.get(layout.mode(core)) != Layout.USER) {
            return null;
        }
        states.load((int) memory.get(layout.model));
        return all.excess(core, model);
    }
}
