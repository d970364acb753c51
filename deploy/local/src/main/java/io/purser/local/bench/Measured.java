package io.purser.local.bench;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/**
 * One run of one server, or the medians of several.
 *
 * @param cpu microseconds of the server's processor time for a review
 * @param rss resident MiB after the run
 * @param start milliseconds from exec to ready
 */
record Measured(LoadFigures load, long cpu, long rss, long start) {

    /**
     * The median of each figure by itself, over the warm runs: those from {@link #firstWarm} on.
     *
     * @param runs in their order, at least one
     */
    static Measured median(List<Measured> runs) {
        List<Measured> warm = runs.subList(firstWarm(runs.size()), runs.size());
        LoadFigures load = new LoadFigures(
                median(warm, run -> run.load.perSecond()),
                median(warm, run -> run.load.p50()),
                median(warm, run -> run.load.p99()),
                median(warm, run -> run.load.longest()),
                Math.round(median(warm, run -> run.load.refused())));
        return new Measured(
                load,
                Math.round(median(warm, Measured::cpu)),
                Math.round(median(warm, Measured::rss)),
                Math.round(median(warm, Measured::start)));
    }

    /** Index of the first run that is not warm-up: the former half is, in which a server's compiler is at work. */
    static int firstWarm(int runs) {
        return runs / 2;
    }

    private static double median(List<Measured> runs, ToDoubleFunction<Measured> figure) {
        return median(runs.stream().mapToDouble(figure));
    }

    /**
     * The median.
     *
     * @param figures at least one
     */
    static double median(DoubleStream figures) {
        double[] sorted = figures.sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** This server's figures as multiples of another's. */
    String against(Measured other) {
        return String.format(
                Locale.ROOT,
                "%.2f times the rps, %.2f of the p99, %.2f of the CPU a review, %.2f of the RSS, %.2f of the time to ready",
                load.perSecond() / other.load.perSecond(),
                load.p99() / other.load.p99(),
                (double) cpu / other.cpu,
                (double) rss / other.rss,
                (double) start / other.start);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "%s; CPU %d µs a review; RSS %d MiB; ready after %d ms", load, cpu, rss, start);
    }
}
