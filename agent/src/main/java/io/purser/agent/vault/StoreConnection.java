package io.purser.agent.vault;

import io.purser.agent.config.StoreConfig;
import io.purser.agent.lease.SecretValue;
import io.purser.agent.lease.StoreException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Requests to the store. One that could not even be sent is tried again for a short while. */
final class StoreConnection {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration ALL_PAUSES = Duration.ofSeconds(3);

    private final Driver driver;
    private final StoreConfig store;
    private final StoreFaults faults;
    private final AtomicLong requests = new AtomicLong();

    StoreConnection(Driver driver, StoreConfig store, StoreFaults faults) {
        this.driver = driver;
        this.store = store;
        this.faults = faults;
    }

    /** Requests made so far. */
    long requests() {
        return requests.get();
    }

    /**
     * A read.
     *
     * @param path without a query: a question mark is one of its characters
     * @throws StoreException if there was no answer
     */
    Answer read(Operation operation, String path, @Nullable SecretValue token) {
        return read(operation, path, "", token);
    }

    /**
     * A read with a query.
     *
     * @param query with its question mark, or empty
     * @throws StoreException if there was no answer
     */
    Answer read(Operation operation, String path, String query, @Nullable SecretValue token) {
        return ask(operation, token, logical -> logical.read(encoded(path, query)));
    }

    /**
     * A listing.
     *
     * @throws StoreException if there was no answer
     */
    Answer list(Operation operation, String path, @Nullable SecretValue token) {
        return ask(operation, token, logical -> logical.list(encoded(path)));
    }

    /**
     * A write; most of what the store does is one.
     *
     * @param body what is sent; texts, numbers or the driver's JSON values
     * @throws StoreException if there was no answer
     */
    Answer write(Operation operation, String path, Map<String, Object> body, @Nullable SecretValue token) {
        return ask(operation, token, logical -> logical.write(encoded(path), new TreeMap<>(body)));
    }

    private Answer ask(Operation operation, @Nullable SecretValue token, Driver.Exchange exchange) {
        Duration pause = FIRST_PAUSE;
        Duration paused = Duration.ZERO;
        for (int attempt = 0; ; attempt++) {
            try {
                requests.incrementAndGet();
                return driver.exchange(token, exchange);
            } catch (IOException e) {
                boolean again = wasNotSent(e) && attempt < store.maxRetries() && paused.compareTo(ALL_PAUSES) < 0;
                if (!again || !slept(pause)) {
                    throw faults.unreachable(operation, e);
                }
                paused = paused.plus(pause);
                pause = pause.plus(pause);
            }
        }
    }

    private static String encoded(String path) {
        int mark = path.indexOf('?');
        return mark < 0 ? encoded(path, "") : encoded(path.substring(0, mark), path.substring(mark));
    }

    private static String encoded(String path, String query) {
        return query.isEmpty()
                ? StorePath.encode(path)
                : StorePath.encode(path) + "?" + StorePath.encodeQuery(query.substring(1));
    }

    /** Only then is another try sure to make no second token and no second set of credentials. */
    private static boolean wasNotSent(IOException e) {
        return e instanceof ConnectException
                || e instanceof UnknownHostException
                || e instanceof NoRouteToHostException
                || String.valueOf(e.getMessage()).contains("connect timed out");
    }

    private static boolean slept(Duration pause) {
        try {
            Thread.sleep(pause.toMillis());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the agent is ending; whoever waits above sees it
            return false;
        }
    }
}
