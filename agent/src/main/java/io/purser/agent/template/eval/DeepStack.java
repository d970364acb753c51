package io.purser.agent.template.eval;

import org.jspecify.annotations.Nullable;

/**
 * Goes on with a deep recursion on a stack that holds all that a {@link Budget} allows. A thread's own stack may be too
 * small for that, and where it ends no error can be told from another: libraries catch the overflow, class loading breaks.
 */
final class DeepStack {
    /** Bytes; reserved, and only used as far as the recursion goes. */
    private static final long SIZE = 32 << 20;

    private DeepStack() {}

    /** Runs the action to its end, on a stack of its own, and throws what it threw. */
    static void run(Runnable action) {
        Thrown thrown = new Thrown();
        Thread thread = new Thread(null, action, "deep-template", SIZE);
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler(thrown);
        thread.start();
        if (awaitEnd(thread)) {
            Thread.currentThread().interrupt();
        }
        thrown.rethrow();
    }

    /** Tells whether the waiting thread was interrupted; the interrupt is handed on, since it is the other that can end. */
    private static boolean awaitEnd(Thread thread) {
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                return interrupted;
            } catch (InterruptedException e) {
                interrupted = true;
                thread.interrupt();
            }
        }
    }

    /** What ended the thread. */
    private static final class Thrown implements Thread.UncaughtExceptionHandler {
        private volatile @Nullable Throwable cause;

        @Override
        public void uncaughtException(Thread thread, Throwable thrown) {
            cause = thrown;
        }

        void rethrow() {
            if (cause instanceof RuntimeException failure) {
                throw failure;
            }
            if (cause instanceof Error error) {
                throw error;
            }
        }
    }
}
