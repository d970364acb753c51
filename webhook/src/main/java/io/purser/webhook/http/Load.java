package io.purser.webhook.http;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What the server has taken on, over all event loops, held against its limits. Thread-safe. */
final class Load {

    /** The share of the heap that bodies which are still arriving may fill. */
    private static final int HEAP_SHARE = 4;

    private final int maxInFlight;
    private final long maxBuffered = Runtime.getRuntime().maxMemory() / HEAP_SHARE;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicLong begun = new AtomicLong();
    private final AtomicLong buffered = new AtomicLong();

    Load(Limits limits) {
        this.maxInFlight = limits.inFlight();
    }

    /** Takes on one request, or refuses it. */
    boolean begin() {
        if (inFlight.incrementAndGet() <= maxInFlight) {
            begun.incrementAndGet();
            return true;
        }
        inFlight.decrementAndGet();
        return false;
    }

    /** Takes on bytes of a body, or refuses them. */
    boolean buffer(int bytes) {
        if (buffered.addAndGet(bytes) <= maxBuffered) {
            return true;
        }
        buffered.addAndGet(-bytes);
        return false;
    }

    /** A request that was taken on is done, with the bytes that were taken on for it. */
    void end(int bytes) {
        inFlight.decrementAndGet();
        buffered.addAndGet(-bytes);
    }

    int inFlight() {
        return inFlight.get();
    }

    /** How many were taken on since the start. */
    long begun() {
        return begun.get();
    }
}
