package io.purser.agent.run;

/**
 * Keeps the memory of a sidecar that waits small. The serial collector lets the old generation grow to its limit before it looks
 * at it, so that the garbage of past rotations would stay in memory for days; a collection takes some ten milliseconds, and nobody
 * waits for the agent between two rounds. What the start, and each round after it, has used of the runtime's files is given back.
 */
final class MemoryTrim {

    /** Bytes of new objects that are worth a collection. */
    private static final long WORTH = 3L << 20;

    private long kept;
    private long asked = -1;

    /**
     * To be called when there is nothing to do.
     *
     * @param requests that the store was sent so far
     */
    void idle(long requests) {
        if (used() - kept > WORTH) {
            System.gc();
            kept = used();
        }
        if (requests != asked) {
            asked = requests;
            FilePages.giveBack();
        }
    }

    private static long used() {
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
