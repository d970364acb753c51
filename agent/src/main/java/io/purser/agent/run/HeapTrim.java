package io.purser.agent.run;

/**
 * Keeps the heap of an agent that waits small. The serial collector lets the old generation grow to its limit before it looks
 * at it, so that the garbage of past rotations would stay in memory for days; a collection takes some ten milliseconds, and nobody
 * waits for the agent between two rounds.
 */
final class HeapTrim {

    /** Bytes of new objects that are worth a collection. */
    private static final long WORTH = 3L << 20;

    private long kept;

    /** To be called when there is nothing to do. */
    void idle() {
        if (used() - kept > WORTH) {
            System.gc();
            kept = used();
        }
    }

    private static long used() {
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
