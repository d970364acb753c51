package io.purser.local.bench;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;

/**
 * What a load run showed.
 *
 * @param perSecond answers in a second
 * @param p50 half of the answers came within
 * @param p99 all but a hundredth came within
 * @param longest of all
 */
record LoadFigures(double perSecond, Duration p50, Duration p99, Duration longest) {

    static LoadFigures of(long[] nanos, long elapsed) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return new LoadFigures(
                nanos.length * 1e9 / elapsed,
                Duration.ofNanos(sorted[sorted.length / 2]),
                Duration.ofNanos(sorted[(int) (sorted.length * 0.99)]),
                Duration.ofNanos(sorted[sorted.length - 1]));
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%.0f rps, p50 %.2f ms, p99 %.2f ms, longest %.1f ms",
                perSecond,
                millis(p50),
                millis(p99),
                millis(longest));
    }

    private static double millis(Duration duration) {
        return duration.toNanos() / 1e6;
    }
}
