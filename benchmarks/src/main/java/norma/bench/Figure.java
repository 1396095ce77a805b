package norma.bench;

/**
 * One measured figure.
 *
 * @param key unique name, {@code group.what.variant}
 * @param title for people
 * @param value the figure
 * @param unit its unit
 * @param target the bound of the design, or NaN where it sets none
 * @param better which way is better
 * @param exact repeatable to the last digit, so compared with the baseline
 */
record Figure(
        String key,
        String title,
        double value,
        String unit,
        double target,
        Better better,
        boolean exact) {
    /** A worse figure than the baseline's by more than this fraction is a failure. */
    static final double TOLERANCE = 0.03;

    /** Direction of improvement. */
    enum Better {
        LESS,
        MORE,
        NEITHER
    }

    /** An exact count, the fewer the better. */
    static Figure count(String key, String title, double value, String unit, double target) {
        return new Figure(key, title, value, unit, target, Better.LESS, true);
    }

    /** An exact fact that is neither good nor bad. */
    static Figure fact(String key, String title, double value, String unit) {
        return new Figure(key, title, value, unit, Double.NaN, Better.NEITHER, true);
    }

    /** A time or rate of the host, which varies from run to run. */
    static Figure timed(
            String key, String title, double value, String unit, double target, Better better) {
        return new Figure(key, title, value, unit, target, better, false);
    }

    /** Does the figure miss its target? */
    boolean misses() {
        return !Double.isNaN(target)
                && switch (better) {
                    case LESS -> value > target;
                    case MORE -> value < target;
                    case NEITHER -> false;
                };
    }

    /** Is the figure worse than {@code baseline} by more than the tolerance? */
    boolean worseThan(double baseline) {
        return exact
                && switch (better) {
                    case LESS -> value > baseline * (1 + TOLERANCE);
                    case MORE -> value < baseline * (1 - TOLERANCE);
                    case NEITHER -> false;
                };
    }

    /** A number for people: whole when large or whole, else with the digits that matter. */
    static String number(double value) {
        if (Double.isNaN(value)) {
            return "-";
        }
        if (Math.abs(value) >= 1000 || value == Math.rint(value)) {
            return String.format(java.util.Locale.ROOT, "%,d", Math.round(value));
        }
        return String.format(
                java.util.Locale.ROOT, Math.abs(value) >= 100 ? "%.1f" : "%.2f", value);
    }

    /** A line of the table. */
    String line() {
        return String.format(
                java.util.Locale.ROOT,
                "%-28s %-50s %11s %-14s %10s%s",
                key,
                title,
                number(value),
                unit,
                Double.isNaN(target) ? "" : number(target),
                misses() ? "  MISSED" : "");
    }
}
