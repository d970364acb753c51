package io.purser.local.bench;

import io.purser.local.bench.Contestants.Contestant;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a server weighs once its compilers and collectors have done with a load.
 *
 * @param rss resident MiB, the median of a look each second
 */
record AtRest(double rss) {

    private static final Duration UNTIL = Duration.ofSeconds(10);
    private static final Duration LOOKS = Duration.ofSeconds(20);

    /** Waits, and weighs the servers side by side; by their names. */
    static Map<String, AtRest> weigh(List<Contestant> servers) throws IOException {
        Map<String, List<Long>> weights = new LinkedHashMap<>();
        sleep(UNTIL);
        for (int second = 0; second < LOOKS.toSeconds(); second++) {
            sleep(Duration.ofSeconds(1));
            for (Contestant server : servers) {
                weights.computeIfAbsent(server.name(), name -> new ArrayList<>())
                        .add(server.process().rssMiB());
            }
        }
        Map<String, AtRest> medians = new LinkedHashMap<>();
        weights.forEach((name, rss) ->
                medians.put(name, new AtRest(Measured.median(rss.stream().mapToDouble(Long::doubleValue)))));
        return medians;
    }

    private static void sleep(Duration duration) throws IOException {
        try {
            Thread.sleep(duration.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the servers were at rest");
        }
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "RSS %.0f MiB, the median of %d s, %d s after the load",
                rss,
                LOOKS.toSeconds(),
                UNTIL.toSeconds());
    }
}
