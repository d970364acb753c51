package io.purser.certs.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ApiServerClockTest {
    private static final Instant LOCAL = Instant.parse("2031-01-01T00:00:00Z");
    private long nanos = 7;
    private final ApiServerClock clock = new ApiServerClock(LOCAL, () -> nanos);

    @Test
    void aWrongLocalClockIsSetByTheServersDate() {
        assertThat(clock.instant()).isEqualTo(LOCAL);

        clock.set("Sun, 01 Mar 2026 12:00:00 GMT");
        nanos += Duration.ofSeconds(5).toNanos();

        assertThat(clock.instant()).isEqualTo(Instant.parse("2026-03-01T12:00:05Z"));
    }

    @Test
    void aDateWithoutAFractionDoesNotMakeItGoBack() {
        clock.set("Sun, 01 Mar 2026 12:00:00 GMT");
        nanos += Duration.ofMillis(1900).toNanos();

        clock.set("Sun, 01 Mar 2026 12:00:01 GMT");

        assertThat(clock.instant()).isEqualTo(Instant.parse("2026-03-01T12:00:01.900Z"));
    }

    @Test
    void aDateThatCannotBeReadChangesNothing() {
        clock.set("yesterday");

        assertThat(clock.instant()).isEqualTo(LOCAL);
    }
}
