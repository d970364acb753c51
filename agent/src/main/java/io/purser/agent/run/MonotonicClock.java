package io.purser.agent.run;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The wall clock as it was at the start, plus the time that has passed since: it never jumps, so that a node whose clock is
 * set does not make leases look dead or young. A test can have it run faster.
 */
final class MonotonicClock implements InstantSource {

    private final Instant start;
    private final double speed;
    private final long origin = System.nanoTime();

    MonotonicClock() {
        this(Instant.now(), 1);
    }

    /** @param speed seconds of this clock in a second */
    MonotonicClock(Instant start, double speed) {
        this.start = start;
        this.speed = speed;
    }

    @Override
    public Instant instant() {
        return start.plusNanos((long) ((System.nanoTime() - origin) * speed));
    }

    /** How long a span of this clock really takes. */
    Duration real(Duration span) {
        return Duration.ofNanos((long) (span.toNanos() / speed));
    }
}
