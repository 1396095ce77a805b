package norma.conformance.tour;

import java.util.BitSet;

/** The edges that are still wanted: of each group, one is enough. */
final class Wanted {
    private final BitSet edges = new BitSet();
    private final int[] group;
    private final BitSet[] members;
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
        for (int edge = all.nextSetBit(0); edge >= 0; edge = all.nextSetBit(edge + 1)) {
            if (group[edge] != ModelGraph.NONE) {
                edges.set(edge);
                if (members[group[edge]] == null) {
                    members[group[edge]] = new BitSet();
                }
                members[group[edge]].set(edge);
            }
        }
        groups = left();
    }

    /** An edge has been taken. */
    void taken(int edge) {
        if (edges.get(edge)) {
            edges.andNot(members[group[edge]]);
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
