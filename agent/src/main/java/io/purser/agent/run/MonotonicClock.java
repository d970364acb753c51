package io.purser.agent.run;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The wall clock as it was at the start, plus the time that has passed since: it never jumps, so that a node whose clock is
 * set does not make leases look dead or young.
 */
final class MonotonicClock implements InstantSource {

    private final Instant start = Instant.now();
    private final long origin = System.nanoTime();

    @Override
    public Instant instant() {
        return start.plus(Duration.ofNanos(System.nanoTime() - origin));
    }
}
