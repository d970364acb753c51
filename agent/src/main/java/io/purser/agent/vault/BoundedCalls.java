package io.purser.agent.vault;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Calls that end in time. The JDK limits each read from a connection, so that an answer that comes a byte at a time has no limit:
 * the call is made on another thread, and given up there. A connection that still trickles keeps its thread, and there are few.
 */
final class BoundedCalls {

    private static final int MOST_GIVEN_UP = 3;
    /** After that a thread without a call ends; the calls of one round follow each other at once. */
    private static final Duration IDLE = Duration.ofSeconds(1);

    private final Duration limit;
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            0, MOST_GIVEN_UP + 1, IDLE.toSeconds(), TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                Thread thread = new Thread(task, "store");
                thread.setDaemon(true);
                return thread;
            });

    /** @param limit of each call */
    BoundedCalls(Duration limit) {
        this.limit = limit;
    }

    /**
     * Makes a call.
     *
     * @throws IOException what the call throws; a {@link SocketTimeoutException} if it has not ended in time
     */
    <T> T make(Callable<T> call) throws IOException {
        Future<T> result;
        try {
            result = threads.submit(call);
        } catch (RejectedExecutionException e) {
            throw new SocketTimeoutException("earlier answers have not ended");
        }
        try {
            return result.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            result.cancel(true);
            throw new SocketTimeoutException("the answer did not end");
        } catch (InterruptedException e) {
            result.cancel(true);
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for the store");
        } catch (ExecutionException e) {
            throw thrown(e.getCause());
        }
    }

    private static IOException thrown(@Nullable Throwable cause) {
        if (cause instanceof IOException failure) {
            return failure;
        }
        if (cause instanceof RuntimeException failure) {
            throw failure;
        }
        if (cause instanceof Error failure) {
            throw failure;
        }
        return new IOException(cause);
    }
}
