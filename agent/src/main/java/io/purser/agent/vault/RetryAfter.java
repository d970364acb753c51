package io.purser.agent.vault;

import java.net.CookieHandler;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How long the store asks its callers to wait. The driver keeps no header of an answer, and the JDK's place for cookies is the only
 * one where all of them come by, on the thread that waits for the answer.
 */
final class RetryAfter extends CookieHandler {

    private static final ThreadLocal<@Nullable Duration> LAST = new ThreadLocal<>();

    private RetryAfter() {}

    /** Lets connections made from now on tell; one that has a place for cookies already is left alone. */
    static void listen() {
        if (CookieHandler.getDefault() == null) {
            CookieHandler.setDefault(new RetryAfter());
        }
    }

    /** What the last answer on this thread asked for, or null; it is told once. */
    static @Nullable Duration take() {
        Duration last = LAST.get();
        LAST.remove();
        return last;
    }

    @Override
    public Map<String, List<String>> get(URI uri, Map<String, List<String>> requestHeaders) {
        return Map.of();
    }

    @Override
    public void put(URI uri, Map<String, List<String>> responseHeaders) {
        responseHeaders.forEach((name, values) -> {
            // Seconds (RFC 9110, 10.2.3); a date, which neither store sends, is not understood.
            if ("Retry-After".equalsIgnoreCase(name) && values.get(0).matches("\\d{1,6}")) {
                LAST.set(Duration.ofSeconds(Long.parseLong(values.get(0))));
            }
        });
    }
}
