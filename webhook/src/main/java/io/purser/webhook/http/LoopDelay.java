package io.purser.webhook.http;

import io.vertx.core.Vertx;
import java.time.Duration;

/**
 * How far an event loop is behind: requests wait for it unseen, in the sockets' buffers, and a timer waits just as long. Made and read on
 * that event loop.
 */
final class LoopDelay {

    private static final Duration PERIOD = Duration.ofMillis(100);

    private long last = System.nanoTime();
    private Duration previous = Duration.ZERO;
    private Duration delay = Duration.ZERO;

    private LoopDelay() {}

    static LoopDelay measuredOn(Vertx vertx) {
        LoopDelay measured = new LoopDelay();
        vertx.setPeriodic(PERIOD.toMillis(), id -> measured.tick(System.nanoTime()));
        return measured;
    }

    private void tick(long now) {
        Duration late = Duration.ofNanos(now - last).minus(PERIOD);
        previous = delay;
        delay = late.isNegative() ? Duration.ZERO : late;
        last = now;
    }

    /** The lesser of the last two ticks: one hitch is over when it is seen, and what waited for it can be answered. */
    Duration lasting() {
        return previous.compareTo(delay) < 0 ? previous : delay;
    }
}
