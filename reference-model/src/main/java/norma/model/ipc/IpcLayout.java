package norma.model.ipc;

import norma.model.Words;

/**
 * Sizes of an IPC machine, and where its variables lie in a state's window.
 *
 * <p>Per thread one word a field; per channel tables of tags and two thread queues, each a length
 * followed by its elements. {@code servers} is derived (which threads serve a channel) and kept
 * because every action on a channel asks for it.
 */
public final class IpcLayout {
    /** Threads a word of a set holds; kept below a byte so that explored states pack. */
    static final int SET_BITS = 7;

    final int threads;
    final int channels;
    final int tags;
    final int incarnations;

    final int ipc;
    final int chan;
    final int msg;
    final int don;
    final int timed;
    final int resCode;
    final int resTag;
    final int resCaller;
    final int resWord;
    final int srv;
    final int att;
    final int alive;
    final int inc;
    final int own;
    final int view;
    final int queue;
    final int waiters;
    final int receivers;
    final int servers;
    final int setWords;
    final int size;

    /**
     * The layout for the given numbers of slots; incarnations count modulo {@code incarnations}.
     */
    public IpcLayout(int threads, int channels, int tags, int incarnations) {
        this.threads = threads;
        this.channels = channels;
        this.tags = tags;
        this.incarnations = incarnations;
        setWords = (threads + SET_BITS - 1) / SET_BITS;
        Words words = new Words();
        ipc = words.take(threads);
        chan = words.take(threads);
        msg = words.take(threads);
        don = words.take(threads);
        timed = words.take(threads);
        resCode = words.take(threads);
        resTag = words.take(threads);
        resCaller = words.take(threads);
        resWord = words.take(threads);
        srv = words.take(threads);
        att = words.take(threads);
        alive = words.take(channels);
        inc = words.take(channels);
        own = words.take(channels * tags);
        view = words.take(channels * tags);
        queue = words.take(channels * (tags + 1));
        waiters = words.take(channels * (threads + 1));
        receivers = words.take(channels * (threads + 1));
        servers = words.take(channels * setWords);
        size = words.count();
    }

    /** Number of words of a state's window. */
    public int size() {
        return size;
    }
}
