package io.purser.webhook.http;

import io.purser.webhook.tls.CertificateWatch;
import io.purser.webhook.tls.ServingCertificate;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the certificate files again and again, and serves what is new and sound. */
final class CertificateReload {

    private static final Logger LOG = LoggerFactory.getLogger(CertificateReload.class);
    private static final Duration PERIOD = Duration.ofSeconds(1);

    private final CertificateWatch watch;
    private final List<AdmissionServer> servers;
    private final Readiness readiness;
    private final Metrics metrics;
    private volatile boolean ended;

    CertificateReload(CertificateWatch watch, List<AdmissionServer> servers, Readiness readiness, Metrics metrics) {
        this.watch = watch;
        this.servers = servers;
        this.readiness = readiness;
        this.metrics = metrics;
    }

    /** Begins; the looks are ordered, so no two are at once. */
    void begin(Vertx vertx) {
        vertx.setTimer(PERIOD.toMillis(), id -> {
            if (!ended) {
                look(vertx);
            }
        });
    }

    /** No more looks: to be called before Vert.x is closed, which would have no thread left for one. */
    void end() {
        ended = true;
    }

    private void look(Vertx vertx) {
        vertx.executeBlocking(() -> watch.look(Instant.now()))
                .compose(this::apply)
                .onFailure(
                        failure -> LOG.error("The certificate files could not be looked at: {}.", failure.toString()))
                .onComplete(done -> {
                    if (!ended) {
                        begin(vertx);
                    }
                });
    }

    private Future<?> apply(CertificateWatch.Change change) {
        if (change instanceof CertificateWatch.Renewed renewed) {
            return renew(renewed.certificate());
        }
        if (change instanceof CertificateWatch.Refused refused) {
            LOG.warn(
                    "{} The certificate served before is kept; it expires at {}.",
                    refused.sentence(),
                    readiness.certificate().expiry());
            metrics.certificateRefused();
        }
        return Future.succeededFuture();
    }

    private Future<?> renew(ServingCertificate certificate) {
        return Future.all(servers.stream()
                        .map(server -> server.serve(certificate))
                        .toList())
                .onSuccess(served -> {
                    readiness.serve(certificate);
                    metrics.certificateRenewed();
                    LOG.info("A new certificate is served; it expires at {}.", certificate.expiry());
                });
    }
}
