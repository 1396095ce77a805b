package norma.kernel.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Ranges against a set of bits. */
class RangesTest {
    private static final int LARGEST = 48;
    private static final int CAPACITY = 6;

    @Test
    void rangesAreASet() {
        Random random = new Random(11);
        for (int run = 0; run < 2000; run++) {
            Ranges ranges = new Ranges(CAPACITY);
            BitSet bits = new BitSet();
            for (int step = 0; step < 30; step++) {
                int from = random.nextInt(LARGEST);
                int to = random.nextInt(LARGEST + 1);
                boolean add = random.nextBoolean();
                BitSet wanted = (BitSet) bits.clone();
                if (from < to) {
                    wanted.set(from, to, add);
                }
                boolean done = add ? ranges.add(from, to) : ranges.remove(from, to);
                assertEquals(count(wanted) <= CAPACITY, done);
                if (!done) {
                    break;
                }
                bits = wanted;
                same(bits, ranges);
            }
            ranges.inPages(4);
            same(inPages(bits), ranges);
        }
    }

    private static int count(BitSet bits) {
        int count = 0;
        for (int i = bits.nextSetBit(0); i >= 0; i = bits.nextSetBit(bits.nextClearBit(i))) {
            count++;
        }
        return count;
    }

    private static BitSet inPages(BitSet bits) {
        BitSet result = new BitSet();
        for (int page = 0; page < LARGEST; page += 4) {
            result.set(page, page + 4, bits.get(page, page + 4).cardinality() == 4);
        }
        return result;
    }

    private static void same(BitSet bits, Ranges ranges) {
        BitSet had = new BitSet();
        long before = -1;
        for (int i = 0; i < ranges.count(); i++) {
            assertTrue(ranges.from(i) > before, "ranges touch");
            assertTrue(ranges.to(i) > ranges.from(i), "a range is empty");
            before = ranges.to(i);
            had.set((int) ranges.from(i), (int) ranges.to(i));
            assertTrue(ranges.covers(ranges.from(i), ranges.to(i)));
        }
        assertEquals(bits, had);
        assertEquals(bits.cardinality(), ranges.bytes());
    }
}
