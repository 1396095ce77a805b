package norma.model.explore;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Order-independent 128-bit digests of the multisets of states and of labelled edges of a graph.
 *
 * <p>A state's digest is that of its canonical text, an edge's that of (from, label, to); each
 * multiset's is the sum. Equal graphs have equal digests however their states were numbered, and no
 * graph needs to be held as text.
 */
public final class GraphDigest implements GraphListener {
    private static final long SEED_HIGH = 0x243F6A8885A308D3L;
    private static final long SEED_LOW = 0x13198A2E03707344L;
    private static final long MULTIPLIER_HIGH = 0x9E3779B97F4A7C15L;
    private static final long MULTIPLIER_LOW = 0xC2B2AE3D27D4EB4FL;
    private static final int INITIAL_STATES = 1024;

    private final Map<String, long[]> labels = new HashMap<>();
    private long[] high = new long[INITIAL_STATES];
    private long[] low = new long[INITIAL_STATES];
    private long stateHigh;
    private long stateLow;
    private long edgeHigh;
    private long edgeLow;
    private long states;
    private long edges;
    private long lastEdge;

    @Override
    public void state(int number, CharSequence canonical) {
        if (number >= high.length) {
            high = Arrays.copyOf(high, Math.max(number + 1, 2 * high.length));
            low = Arrays.copyOf(low, high.length);
        }
        high[number] = hash(canonical, SEED_HIGH, MULTIPLIER_HIGH);
        low[number] = hash(canonical, SEED_LOW, MULTIPLIER_LOW);
        stateHigh += high[number];
        stateLow += low[number];
        states++;
    }

    @Override
    public void edge(int from, String label, int to) {
        long[] name = labels.computeIfAbsent(label, GraphDigest::labelHash);
        long h = mix(mix(mix(SEED_HIGH, high[from]), name[0]), high[to]);
        lastEdge = mix(mix(mix(SEED_LOW, low[from]), name[1]), low[to]);
        edgeHigh += h;
        edgeLow += lastEdge;
        edges++;
    }

    /** Number of states. */
    public long states() {
        return states;
    }

    /** Number of edges. */
    public long edges() {
        return edges;
    }

    /** Half of the digest of the edge announced last: a key to look it up by. */
    public long lastEdge() {
        return lastEdge;
    }

    /** Half of the digest of a state: a key to look it up by. */
    public long stateKey(int number) {
        return low[number];
    }

    /** Counts and digests of both multisets; equal texts mean equal graphs. */
    public String text() {
        return String.format(
                Locale.ROOT,
                "%d states %016x%016x, %d edges %016x%016x",
                states,
                stateHigh,
                stateLow,
                edges,
                edgeHigh,
                edgeLow);
    }

    private static long[] labelHash(String label) {
        return new long[] {
            hash(label, SEED_HIGH, MULTIPLIER_HIGH), hash(label, SEED_LOW, MULTIPLIER_LOW)
        };
    }

    private static long hash(CharSequence text, long seed, long multiplier) {
        long hash = seed;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * multiplier;
            hash ^= hash >>> 29;
        }
        return mix(hash, text.length());
    }

    // Non-commutative, so that an edge and its reverse differ.
    private static long mix(long hash, long value) {
        long x = (Long.rotateLeft(hash, 23) ^ value) * MULTIPLIER_HIGH;
        x = (x ^ x >>> 32) * MULTIPLIER_LOW;
        return x ^ x >>> 29;
    }
}
