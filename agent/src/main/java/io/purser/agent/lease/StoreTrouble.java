package io.purser.agent.lease;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the store has been doing, and what that allows: after an error that concerns the whole store everything waits, and
 * while there are errors of any kind no more than thirty requests are made in a minute.
 *
 * @param failures in a row that concern the whole store
 * @param since the first of them, or null
 * @param last the latest failure of any kind, or null for none within a minute
 * @param notBefore no request before this
 * @param recent when requests were made since the trouble began, the last few
 */
record StoreTrouble(
        int failures, @Nullable Instant since, @Nullable Instant last, Instant notBefore, List<Instant> recent) {

    /** With what failed first, which may have been five requests to the store, thirty. */
    static final int MOST_REQUESTS = 25;

    static final Duration WINDOW = Duration.ofMinutes(1);

    static final StoreTrouble NONE = new StoreTrouble(0, null, null, Instant.MIN, List.of());

    StoreTrouble {
        recent = List.copyOf(recent);
    }

    /** The earliest moment for the next request. */
    Instant earliest() {
        Instant budget = recent.size() < MOST_REQUESTS
                ? Instant.MIN
                : recent.get(recent.size() - MOST_REQUESTS).plus(WINDOW);
        return RenewalPolicy.max(budget, notBefore);
    }

    StoreTrouble failed(boolean ofTheStore, Instant now, Duration wait) {
        return new StoreTrouble(
                ofTheStore ? failures + 1 : 0,
                ofTheStore ? (since == null ? now : since) : null,
                now,
                ofTheStore ? now.plus(wait) : Instant.MIN,
                recent);
    }

    StoreTrouble answered(Instant now) {
        boolean over = last == null || last.plus(WINDOW).isBefore(now);
        return over ? NONE : new StoreTrouble(0, null, last, Instant.MIN, recent);
    }

    StoreTrouble requested(Instant now) {
        return requested(now, 1);
    }

    /** So many requests at once. */
    StoreTrouble requested(Instant now, long times) {
        if (last == null) {
            return this;
        }
        List<Instant> requests = new ArrayList<>(recent);
        requests.addAll(Collections.nCopies((int) Math.max(0, Math.min(times, MOST_REQUESTS)), now));
        int first = Math.max(0, requests.size() - MOST_REQUESTS);
        return new StoreTrouble(failures, since, last, notBefore, requests.subList(first, requests.size()));
    }
}
