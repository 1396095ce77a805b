package norma.conformance.tour;

import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** The edges that are still wanted: of each group, one is enough. */
final class Wanted {
    private final BitSet edges = new BitSet();
    private final int[] group;

    /** The others of a group; null of one that has none. */
    private final @Nullable BitSet[] members;

    private final int groups;

    /**
     * All edges of a set.
     *
     * @param all the set
     * @param group for each edge the number of its group, or {@link ModelGraph#NONE}: not wanted
     */
    Wanted(BitSet all, int[] group) {
        this.group = group;
        int most = 0;
        for (int number : group) {
            most = Math.max(most, number + 1);
        }
        members = new BitSet[most];
        int[] one = new int[most];
        Arrays.fill(one, ModelGraph.NONE);
        for (int edge = all.nextSetBit(0); edge >= 0; edge = all.nextSetBit(edge + 1)) {
            int number = group[edge];
            if (number == ModelGraph.NONE) {
                continue;
            }
            edges.set(edge);
            if (one[number] == ModelGraph.NONE) {
                one[number] = edge;
                continue;
            }
            BitSet others = members[number];
            if (others == null) {
                others = new BitSet();
                others.set(one[number]);
                members[number] = others;
            }
            others.set(edge);
        }
        groups = left();
    }

    /** An edge has been taken. */
    void taken(int edge) {
        if (edges.get(edge)) {
            BitSet others = members[group[edge]];
            edges.clear(edge);
            if (others != null) {
                edges.andNot(others);
            }
        }
    }

    /** The edges of the groups of which none has been taken. */
    BitSet edges() {
        return edges;
    }

    /** Groups of which no edge has been taken. */
    int left() {
        BitSet found = new BitSet();
        edges.stream().forEach(edge -> found.set(group[edge]));
        return found.cardinality();
    }

    /** Groups that there were. */
    int all() {
        return groups;
    }
}
