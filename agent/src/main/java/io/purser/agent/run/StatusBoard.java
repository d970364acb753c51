package io.purser.agent.run;

import java.time.Duration;
import java.time.InstantSource;

/** Where the loop puts how the agent stands, for the health server's thread. */
final class StatusBoard {

    private volatile AgentStatus status = AgentStatus.STARTING;

    AgentStatus get() {
        return status;
    }

    synchronized void set(AgentStatus latest) {
        status = latest;
        notifyAll();
    }

    /** Waits until the agent is ready, for at most {@code limit}. */
    synchronized void awaitReady(InstantSource clock, Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        long left = limit.toMillis();
        while (left > 0 && !status.ready(clock.instant())) {
            wait(left);
            left = (end - System.nanoTime()) / 1_000_000;
        }
    }
}
