package io.purser.agent.run;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A store's clock that runs as fast as its agents', and can jump besides. Thread-safe. */
final class FastClock extends Clock {

    private final MonotonicClock base;
    private volatile Duration ahead = Duration.ZERO;

    FastClock(MonotonicClock base) {
        this.base = base;
    }

    void jump(Duration by) {
        ahead = ahead.plus(by);
    }

    @Override
    public Instant instant() {
        return base.instant().plus(ahead);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
