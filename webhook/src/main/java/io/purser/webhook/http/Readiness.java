package io.purser.webhook.http;

import io.purser.webhook.tls.ServingCertificate;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Whether requests should be sent here. Thread-safe. */
final class Readiness {

    private enum Phase {
        STARTING,
        SERVING,
        DRAINING
    }

    private volatile Phase phase = Phase.STARTING;
    private volatile ServingCertificate certificate;

    Readiness(ServingCertificate certificate) {
        this.certificate = certificate;
    }

    ServingCertificate certificate() {
        return certificate;
    }

    void serve(ServingCertificate renewed) {
        certificate = renewed;
    }

    void warmedUp() {
        if (phase == Phase.STARTING) {
            phase = Phase.SERVING;
        }
    }

    void drain() {
        phase = Phase.DRAINING;
    }

    /** Why requests should not be sent here at {@code now}, in one sentence; null when they should. */
    @Nullable
    String whyNot(Instant now) {
        return switch (phase) {
            case STARTING -> "The webhook is warming up.";
            case DRAINING -> "The webhook is shutting down.";
            case SERVING -> {
                String fault = certificate.faultAt(now);
                yield fault == null
                        ? null
                        : "The serving certificate " + fault + "; put one in its place that is valid now.";
            }
        };
    }
}
