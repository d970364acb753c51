package io.purser.agent.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A fleet on a virtual clock. With {@code -Dpurser.fleet.agents=10000 -Dpurser.fleet.hours=24} the figures of the docs. */
class FleetTest {

    private static final int AGENTS = Integer.getInteger("purser.fleet.agents", 1000);
    private static final int HOURS = Integer.getInteger("purser.fleet.hours", 3);
    private static final int HOUR = 3600;
    private static final int MINUTE = 60;

    /** An outage of ten minutes in the middle of the last hour but one. */
    private static final Duration OUTAGE = Duration.ofHours(HOURS - 1).minusMinutes(30);

    private static final Duration BACK = OUTAGE.plusMinutes(10);

    @Test
    void theStoreSeesNeitherAHerdNorAStampede() throws IOException {
        Fleet fleet = new Fleet(AGENTS, Duration.ofHours(HOURS), OUTAGE, BACK);
        int[] ours = fleet.run(FleetAgent::new);
        int[] peers = fleet.run(PeerAgent::new);
        keep(ours, peers);
        int outage = (int) OUTAGE.toSeconds();
        int back = (int) BACK.toSeconds();
        double mean = Fleet.mean(ours, 20 * MINUTE, outage);
        assertThat(mean).as("requests a second in quiet").isBetween(AGENTS * 0.005, AGENTS * 0.01);
        // Chance alone makes peaks: ten standard deviations of them are allowed for.
        double quiet = mean + 10 * Math.sqrt(mean);
        assertThat(Fleet.peak(ours, 20 * MINUTE, outage)).as("peak in quiet").isLessThan((int) (1.5 * quiet));
        assertThat(Fleet.mean(ours, outage, back))
                .as("requests into the outage")
                .isLessThan(AGENTS * 30 / 60.0);
        assertThat(Fleet.peak(ours, back, back + 10 * MINUTE))
                .as("peak after it")
                .isLessThan((int) (6 * quiet));
        assertThat(Fleet.peak(ours, back, back + 10 * MINUTE))
                .as("peak after it, beside the peer's")
                .isLessThan(Fleet.peak(peers, back, back + 10 * MINUTE));
    }

    /** The curves, for who wants to see them. */
    private static void keep(int[] ours, int[] peers) throws IOException {
        String file = System.getProperty("purser.fleet.file");
        if (file == null) {
            return;
        }
        try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(Path.of(file)))) {
            for (int i = 0; i < ours.length; i++) {
                out.println(i + "\t" + ours[i] + "\t" + peers[i]);
            }
        }
    }
}
