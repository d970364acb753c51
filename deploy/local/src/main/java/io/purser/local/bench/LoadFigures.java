package io.purser.local.bench;

import java.util.Locale;
import org.HdrHistogram.Histogram;

/**
 * What a load run showed.
 *
 * @param perSecond answers in a second
 * @param p50 half of the answers came within so many milliseconds
 * @param p99 all but a hundredth came within so many milliseconds
 * @param longest of all, in milliseconds
 * @param refused answers that were 429
 */
record LoadFigures(double perSecond, double p50, double p99, double longest, long refused) {

    /**
     * The figures of a run.
     *
     * @param nanos from request to answer, of each request
     * @param elapsed nanoseconds of the run
     */
    static LoadFigures of(Histogram nanos, long refused, long elapsed) {
        return new LoadFigures(
                nanos.getTotalCount() * 1e9 / elapsed,
                nanos.getValueAtPercentile(50) / 1e6,
                nanos.getValueAtPercentile(99) / 1e6,
                nanos.getMaxValue() / 1e6,
                refused);
    }

    @Override
    public String toString() {
        return String.format(
                        Locale.ROOT,
                        "%.0f rps, p50 %.2f ms, p99 %.2f ms, longest %.1f ms",
                        perSecond,
                        p50,
                        p99,
                        longest)
                + (refused == 0 ? "" : ", " + refused + " answered 429");
    }
}
