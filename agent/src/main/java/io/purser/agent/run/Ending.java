package io.purser.agent.run;

import java.time.Duration;

/** What other threads ask of the loop: to end, or to fetch everything anew. Thread-safe. */
final class Ending {

    private boolean asked;
    private boolean refresh;
    private boolean ended;
    private int code = 3;

    /** Asks the loop to end. */
    synchronized void ask() {
        asked = true;
        notifyAll();
    }

    /** Asks the loop to fetch and render everything. */
    synchronized void askRefresh() {
        refresh = true;
        notifyAll();
    }

    synchronized boolean asked() {
        return asked;
    }

    /** Whether a refresh was asked for since the last call. */
    synchronized boolean takeRefresh() {
        boolean taken = refresh;
        refresh = false;
        return taken;
    }

    /** Waits until something is asked, for at most {@code limit}. */
    synchronized void await(Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        long left = limit.toNanos();
        while (!asked && !refresh && left > 0) {
            wait(left / 1_000_000, (int) (left % 1_000_000));
            left = end - System.nanoTime();
        }
    }

    /** Everything is done; {@code exitCode} is what the process ends with. */
    synchronized void ended(int exitCode) {
        code = exitCode;
        ended = true;
        notifyAll();
    }

    /**
     * Waits for {@link #ended}, for at most {@code limit}.
     *
     * @return the exit code; 3 for an end that took too long
     */
    synchronized int awaitCode(Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        try {
            while (!ended && System.nanoTime() < end) {
                wait(Math.max(1, (end - System.nanoTime()) / 1_000_000));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return code;
    }
}
