package io.purser.webhook.http;

import java.time.Duration;

/**
 * How much the server takes on.
 *
 * @param body the largest AdmissionReview, in bytes
 * @param inFlight requests begun and not answered, over all connections; more are answered 429
 * @param deadline from a request's head to its end; a slower one is answered 408
 * @param queueing how far the event loop may be behind for more than a moment; requests that come then are answered 429
 */
public record Limits(int body, int inFlight, Duration deadline, Duration queueing) {

    /**
     * An object is at most 1.5 MiB in etcd and a request to the API server at most 3 MiB; a review of an update carries the object
     * twice.
     */
    public static final Limits DEFAULT = new Limits(8 << 20, 2000, Duration.ofSeconds(5), Duration.ofSeconds(1));
}
