package io.purser.certs.cluster;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * The API server's clock, by the Date of its answers and the time that has passed since: it is the API server that
 * judges our certificates, and all replicas share it, so a wrong clock on a node does no harm. Thread-safe.
 */
public final class ApiServerClock implements Interceptor, InstantSource {
    /** A Date has no fraction: this far from it, it says nothing new. */
    private static final Duration RESOLUTION = Duration.ofSeconds(2);

    private final LongSupplier nanoTime;
    private volatile Reading reading;

    /** Shows {@code local} until the first answer. */
    public ApiServerClock(InstantSource local) {
        this(local.instant(), System::nanoTime);
    }

    ApiServerClock(Instant start, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.reading = new Reading(start, nanoTime.getAsLong());
    }

    @Override
    public Instant instant() {
        Reading last = reading;
        return last.at().plusNanos(nanoTime.getAsLong() - last.nanoTime());
    }

    @Override
    public void after(HttpRequest request, HttpResponse<?> response, AsyncBody.Consumer<List<ByteBuffer>> consumer) {
        String date = response.header("Date");
        if (date != null) {
            set(date);
        }
    }

    void set(String date) {
        try {
            Instant server = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            if (Duration.between(instant(), server).abs().compareTo(RESOLUTION) > 0) {
                reading = new Reading(server, nanoTime.getAsLong());
            }
        } catch (DateTimeException e) {
            return; // an answer without a readable Date leaves the clock as it is
        }
    }

    private record Reading(Instant at, long nanoTime) {}
}
