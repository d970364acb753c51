package io.purser.webhook.http;

import io.vertx.core.Vertx;
import java.time.Duration;

/**
 * Gives back the pages of the Java runtime's own files that the process has mapped and not changed: a start and the compiler touch nearly all of
 * them, the reviews after it a third. They stay in the page cache, from where those that are used again come back; the
 * distribution brings the library for it, which is the agent's ({@code purser-pages.c}).
 */
final class FilePages {

    private static final Duration PERIOD = Duration.ofSeconds(2);
    /** At rest, a look in each period would cost about as much as all else that the process does. */
    private static final int PERIODS_AT_REST = 5;

    private static final boolean THERE = load();

    private FilePages() {}

    /**
     * Gives back again and again, beside the event loops: it takes a few milliseconds. Does nothing without the distribution.
     *
     * @param load says whether the server is at work
     */
    static void giveBackFromNowOn(Vertx vertx, Load load) {
        if (THERE) {
            Looks looks = new Looks();
            vertx.setPeriodic(PERIOD.toMillis(), id -> {
                if (looks.isDue(load.begun())) {
                    vertx.executeBlocking(FilePages::giveBack);
                }
            });
        }
    }

    /**
     * Gives back once.
     *
     * @return the kibibytes that were given back; 0 without the distribution
     */
    static long giveBack() {
        return THERE ? drop() : 0;
    }

    private static boolean load() {
        try {
            System.loadLibrary("purser-pages");
            return true;
        } catch (UnsatisfiedLinkError e) {
            return false; // a webhook that is heavier than it could be still works
        }
    }

    private static native long drop();

    /** In which periods to look. */
    static final class Looks {

        private long seen;
        private int periodsAtRest;

        /** @param begun how many requests were taken on since the start */
        boolean isDue(long begun) {
            periodsAtRest = begun == seen ? periodsAtRest + 1 : PERIODS_AT_REST;
            seen = begun;
            if (periodsAtRest < PERIODS_AT_REST) {
                return false;
            }
            periodsAtRest = 0;
            return true;
        }
    }
}
