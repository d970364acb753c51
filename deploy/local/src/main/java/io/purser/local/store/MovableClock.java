package io.purser.local.store;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/** A clock that runs on and can be moved forward besides. Safe for use by several threads. */
public final class MovableClock extends Clock {

    private final Clock base;
    private Duration ahead = Duration.ZERO;

    /**
     * A clock that begins at another's time.
     *
     * @param base what it runs on with
     */
    public MovableClock(Clock base) {
        this.base = base;
    }

    /** Moves it. */
    public synchronized void advance(Duration by) {
        ahead = ahead.plus(by);
    }

    @Override
    public synchronized Instant instant() {
        return base.instant().plus(ahead);
    }

    @Override
    public ZoneId getZone() {
        return base.getZone();
    }

    @Override
    public synchronized Clock withZone(ZoneId zone) {
        MovableClock copy = new MovableClock(base.withZone(zone));
        copy.advance(ahead);
        return copy;
    }
}
