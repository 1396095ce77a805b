package norma.bench;

import java.util.Arrays;

/** Of a few passes. */
final class Statistics {
    private Statistics() {}

    /** The middle value; of two middle ones, their mean. */
    static double median(double... values) {
        double[] sorted = sorted(values);
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    static double least(double... values) {
        return sorted(values)[0];
    }

    private static double[] sorted(double[] values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("no pass");
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted;
    }
}
