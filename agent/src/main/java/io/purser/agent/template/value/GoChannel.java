package io.purser.agent.template.value;

/** What {@code loop} makes: it gives each number once, however often it is ranged over. */
public final class GoChannel {
    private long next;
    private final long end;

    /** Gives the numbers from start up to but not including end. */
    public GoChannel(long start, long end) {
        this.next = start;
        this.end = end;
    }

    public boolean hasNext() {
        return next < end;
    }

    public GoInt next() {
        return GoInt.int64(next++);
    }
}
