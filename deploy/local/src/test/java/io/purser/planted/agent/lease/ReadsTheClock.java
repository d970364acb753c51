package io.purser.planted.agent.lease;

import java.time.Instant;

/** A pure class that reads the clock. */
public final class ReadsTheClock {

    Instant now() {
        return Instant.now();
    }
}
