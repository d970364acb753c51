package io.purser.local.node;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for conditions, never for time alone, and says how long it took. */
final class Patience {

    private static final Duration LOOK = Duration.ofMillis(20);

    private Patience() {}

    /**
     * Waits for something that comes soon.
     *
     * @param what names the condition in the error
     * @return how long it took
     * @throws NodeException after {@code atMost}
     */
    static Duration until(String what, Duration atMost, BooleanSupplier condition) {
        long begin = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - begin > atMost.toNanos()
                    || Thread.currentThread().isInterrupted()) {
                throw new NodeException("not within " + atMost.toSeconds() + " s: " + what);
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    /** Lets time pass in which something must not happen. */
    static void watch(String what, Duration time, BooleanSupplier holds) {
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < time.toNanos()) {
            if (!holds.getAsBoolean()) {
                throw new NodeException(what + " did not hold for " + time.toSeconds() + " s");
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }
}
