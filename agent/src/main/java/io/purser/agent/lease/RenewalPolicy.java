package io.purser.agent.lease;

import io.purser.agent.config.AgentConfig;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When things are done, as shares of what the store granted; each moment is jittered, so that a fleet's agents drift apart.
 *
 * @param interval between two reads of a static secret
 * @param threshold share of a lease after which it is renewed or replaced, or null for the agent's own
 * @param overlap how long an old lease or token lives on after its successor's files were announced
 * @param minBackoff first wait after a failure
 * @param maxBackoff longest wait between two tries of one request
 * @param maxLoginBackoff longest wait between two logins
 */
public record RenewalPolicy(
        Duration interval,
        @Nullable Double threshold,
        Duration overlap,
        Duration minBackoff,
        Duration maxBackoff,
        Duration maxLoginBackoff) {

    /** Nothing is done more often than this; also what a lease shorter than it gets. */
    static final Duration FLOOR = Duration.ofSeconds(1);

    /** After a 429 the first wait is longer. */
    static final Duration RATE_LIMIT_FLOOR = Duration.ofSeconds(10);

    /** The store's own wish for a wait ({@code Retry-After}) is followed up to this. */
    static final Duration LONGEST_WISH = Duration.ofMinutes(5);

    /** A static role's password changes at the end of its ttl; it is read this much later. */
    static final Duration ROTATION_SLACK = Duration.ofSeconds(1);

    /** A static role that the store is about to change is looked at again after this. */
    static final Duration ROTATION_RETRY = Duration.ofSeconds(5);

    /** A certificate that comes with hardly any life, as from a store whose clock is off, is not issued in a loop. */
    static final Duration ISSUE_FLOOR = Duration.ofSeconds(30);

    private static final Duration LONGEST_BACKOFF = Duration.ofMinutes(1);
    private static final int MOST_DOUBLINGS = 16;

    /** The policy that a configuration asks for. */
    public static RenewalPolicy of(AgentConfig config) {
        return new RenewalPolicy(
                config.refresh().interval(),
                config.refresh().renewalThreshold(),
                config.lifecycle().overlap(),
                config.auth().minBackoff(),
                max(LONGEST_BACKOFF, config.auth().minBackoff()),
                config.auth().maxBackoff());
    }

    /** When a renewable lease or token is renewed: from 60 to 72 % of its life, well before a lost renewal would hurt. */
    Duration renewAfter(Duration ttl, double jitter) {
        return share(ttl, threshold == null ? 0.60 + 0.12 * jitter : threshold * (0.90 + 0.10 * jitter));
    }

    /** When what cannot be renewed is replaced: from 75 to 87 % of its life. */
    Duration replaceAfter(Duration ttl, double jitter) {
        return share(ttl, threshold == null ? 0.75 + 0.12 * jitter : threshold * (0.90 + 0.10 * jitter));
    }

    /**
     * Whether a lease or token that was renewed is better replaced next: the store gives ever less as it comes to its longest life. Twice by a sum,
     * for a product of a Duration goes through BigDecimal, whose tables take 20 ms on Java 25 and stay in a sidecar's memory.
     *
     * @param ttl what the renewal gave
     * @param granted what the first answer gave
     */
    static boolean isNearItsEnd(boolean renewable, Duration ttl, Duration granted) {
        return !renewable || ttl.plus(ttl).compareTo(granted) < 0;
    }

    /** When a static secret is read again: from 85 to 100 % of the interval, and before its own ttl ends if it has one. */
    Duration rereadAfter(Duration ttl, double jitter) {
        Duration base = ttl.isZero() || ttl.compareTo(interval) > 0 ? interval : ttl;
        return share(base, 0.85 + 0.15 * jitter);
    }

    /** When a static secret is read for the second time: from 25 to 100 % of the interval, so that pods born together part. */
    Duration firstRereadAfter(Duration ttl, double jitter) {
        return share(rereadAfter(ttl, 1), 0.25 + 0.75 * jitter);
    }

    /**
     * The wait after a number of failures in a row: doubling, and jittered over its upper half.
     *
     * @param failures at least 1
     */
    static Duration backoff(int failures, Duration min, Duration max, double jitter) {
        long doubled = Math.max(1, min.toMillis()) << Math.min(Math.max(failures, 1) - 1, MOST_DOUBLINGS);
        long capped = Math.min(doubled, Math.max(1, max.toMillis()));
        return Duration.ofMillis(Math.max(1, Math.round(capped * (0.5 + 0.5 * jitter))));
    }

    static Duration share(Duration ttl, double share) {
        Duration part = Duration.ofMillis(Math.round(ttl.toMillis() * share));
        return part.compareTo(FLOOR) < 0 ? FLOOR : part;
    }

    static Duration max(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    static Duration min(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }

    static Instant min(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    static Instant max(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }
}
