package io.purser.local.store;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How long a token or a lease lives, and how far it can be stretched.
 *
 * @param issued when it began
 * @param ttl the span it got then, and gets again at a renewal that asks for none
 * @param max the span from its issue that no renewal passes
 * @param period where above zero, every renewal gives this span and {@code max} does not count
 * @param expires its end, or null for never (the root token)
 */
record Term(
        Instant issued,
        Duration ttl,
        Duration max,
        Duration period,
        @Nullable Instant expires) {

    /** The system's default and longest lease, as Vault ships it: 32 days. */
    static final Duration SYSTEM = Duration.ofDays(32);

    static final Duration NONE = Duration.ZERO;

    static Term forever(Instant now) {
        return new Term(now, NONE, NONE, NONE, null);
    }

    /** A term whose zero spans mean the system's own. */
    static Term begin(Instant now, Duration ttl, Duration max) {
        Duration limit = positive(max) && max.compareTo(SYSTEM) < 0 ? max : SYSTEM;
        Duration span = shorter(positive(ttl) ? ttl : SYSTEM, limit);
        return new Term(now, span, limit, NONE, now.plus(span));
    }

    static Term periodic(Instant now, Duration period) {
        return new Term(now, period, SYSTEM, period, now.plus(period));
    }

    /**
     * The term after a renewal.
     *
     * @param increment the span asked for, from now; zero for the first one's
     */
    Term renew(Instant now, Duration increment) {
        if (positive(period)) {
            return new Term(issued, ttl, max, period, now.plus(period));
        }
        Instant wanted = now.plus(positive(increment) ? increment : ttl);
        Instant limit = issued.plus(max);
        return new Term(issued, ttl, max, period, wanted.isBefore(limit) ? wanted : limit);
    }

    /** Whether the increment is more than this term can still be given. */
    boolean caps(Instant now, Duration increment) {
        return !positive(period) && now.plus(increment).isAfter(issued.plus(max));
    }

    boolean over(Instant now) {
        return expires != null && !now.isBefore(expires);
    }

    /** What is left, in whole seconds as Vault prints it; zero for a term without an end. */
    Duration left(Instant now) {
        if (expires == null) {
            return Duration.ZERO;
        }
        return Duration.ofSeconds(Math.max(0, Duration.between(now, expires).toSeconds()));
    }

    static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    static boolean positive(Duration duration) {
        return !duration.isNegative() && !duration.isZero();
    }
}
