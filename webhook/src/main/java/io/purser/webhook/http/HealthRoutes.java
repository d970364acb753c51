package io.purser.webhook.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Answers {@code /livez}, {@code /readyz}, the peer's {@code /health/ready}, and the metrics. */
final class HealthRoutes {

    private final Readiness readiness;
    private final Metrics metrics;
    private final @Nullable String metricsPath;

    HealthRoutes(Readiness readiness, Metrics metrics, @Nullable String metricsPath) {
        this.readiness = readiness;
        this.metrics = metrics;
        this.metricsPath = metricsPath;
    }

    /** Answers the request if it is for one of these paths; false when it is not, and unanswered. */
    boolean handle(HttpServerRequest request) {
        String path = request.path();
        if (path == null) {
            return false;
        }
        switch (path) {
            case ServedPaths.LIVE -> Sentences.send(request, 200, "ok");
            case ServedPaths.READY -> ready(request, 200);
            case ServedPaths.PEER_READY -> ready(request, 204);
            default -> {
                if (!path.equals(metricsPath)) {
                    return false;
                }
                request.response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, Metrics.CONTENT_TYPE)
                        .end(Buffer.buffer(metrics.scrape()));
            }
        }
        return true;
    }

    private void ready(HttpServerRequest request, int status) {
        String whyNot = readiness.whyNot(Instant.now());
        if (whyNot != null) {
            Sentences.send(request, 503, whyNot);
        } else if (status == 204) {
            request.response().setStatusCode(204).end();
        } else {
            Sentences.send(request, status, "ok");
        }
    }
}
