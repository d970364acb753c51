package io.purser.webhook.http;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.purser.webhook.admission.Answer;
import io.purser.webhook.plan.Decision;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;

/**
 * What Prometheus is told. Labels are words of fixed sets: no namespace, no name, nothing that a pod's author chooses. Thread-safe.
 */
final class Metrics {

    /** Prometheus' text format. */
    static final String CONTENT_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

    private static final String RENEWED = "renewed";
    private static final String REFUSED = "refused";
    private static final double NANOS = 1e-9;
    private static final double[] BOUNDS = {0.0001, 0.00025, 0.0005, 0.001, 0.005, 0.025, 0.1, 1};

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Map<String, CounterDataPoint> reviewsByReason = new ConcurrentHashMap<>();

    private final Histogram duration = Histogram.builder()
            .name("purser_admission_duration_seconds")
            .help("From a review's last byte to its answer")
            .classicOnly()
            .classicUpperBounds(BOUNDS)
            .withoutExemplars()
            .register(registry);

    private final Counter reviews =
            counter("purser_admission_reviews", "Reviews answered, by decision and reason", "decision", "reason");

    private final Counter remembered = counter(
            "purser_admission_remembered_reviews",
            "Reviews answered as that of a twin before them, without being read");

    private final Counter refusals = counter(
            "purser_admission_refused_requests",
            "Requests that were no review that could be answered, by HTTP status",
            "code");

    private final Counter certificateChanges = changes("certificate");
    private final Counter policyChanges = changes("policy");

    Metrics(Load load, Readiness readiness) {
        gauge("purser_admission_in_flight", "Requests begun and not answered", load::inFlight);
        gauge(
                "purser_certificate_expiry_timestamp_seconds",
                "When the serving certificate expires",
                () -> readiness.certificate().expiry().getEpochSecond());
        gauge(
                "purser_ready",
                "Whether requests should be sent here",
                () -> readiness.whyNot(Instant.now()) == null ? 1 : 0);
    }

    void reviewed(Answer answer, long nanos) {
        duration.observe(nanos * NANOS);
        if (answer.remembered()) {
            remembered.inc();
        }
        Decision decision = answer.decision();
        // A reason belongs to one kind of decision, so the reason alone is the key.
        reviewsByReason
                .computeIfAbsent(decision.reason().word(), word -> reviews.labelValues(kind(decision), word))
                .inc();
    }

    /** Counts a request that was not answered by a review. */
    void refused(int status) {
        refusals.labelValues(Integer.toString(status)).inc();
    }

    void certificateRenewed() {
        certificateChanges.labelValues(RENEWED).inc();
    }

    void certificateRefused() {
        certificateChanges.labelValues(REFUSED).inc();
    }

    void policyRenewed() {
        policyChanges.labelValues(RENEWED).inc();
    }

    void policyRefused() {
        policyChanges.labelValues(REFUSED).inc();
    }

    /** All metrics in Prometheus' text format, in UTF-8. */
    byte[] scrape() {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try {
            PrometheusTextFormatWriter.create().write(text, registry.scrape());
        } catch (IOException e) {
            throw new UncheckedIOException("memory can be written to", e);
        }
        return text.toByteArray();
    }

    private static String kind(Decision decision) {
        if (decision instanceof Decision.Inject) {
            return "inject";
        }
        return decision instanceof Decision.Reject ? "reject" : "skip";
    }

    /** Both results are told from the start, as 0. */
    private Counter changes(String file) {
        Counter changes = counter(
                "purser_" + file + "_changes",
                "Changes of the " + file + " files seen, by what became of them",
                "result");
        changes.initLabelValues(RENEWED);
        changes.initLabelValues(REFUSED);
        return changes;
    }

    private Counter counter(String name, String help, String... labels) {
        return Counter.builder()
                .name(name)
                .help(help)
                .labelNames(labels)
                .withoutExemplars()
                .register(registry);
    }

    private void gauge(String name, String help, DoubleSupplier value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(gauge -> gauge.call(value.getAsDouble()))
                .register(registry);
    }
}
