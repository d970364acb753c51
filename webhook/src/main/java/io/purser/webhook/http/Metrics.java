package io.purser.webhook.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.purser.webhook.plan.Decision;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What Prometheus is told. Labels are words of fixed sets: no namespace, no name, nothing that a pod's author chooses. Thread-safe.
 */
final class Metrics {

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Map<String, Counter> reviews = new ConcurrentHashMap<>();
    private final Map<Integer, Counter> refusals = new ConcurrentHashMap<>();
    private final Timer duration = Timer.builder("purser_admission_duration")
            .description("From a review's last byte to its answer")
            .serviceLevelObjectives(
                    Duration.ofNanos(100_000),
                    Duration.ofNanos(250_000),
                    Duration.ofNanos(500_000),
                    Duration.ofMillis(1),
                    Duration.ofMillis(5),
                    Duration.ofMillis(25),
                    Duration.ofMillis(100),
                    Duration.ofSeconds(1))
            .register(registry);
    private final Counter renewed = changes("certificate", "renewed");
    private final Counter refused = changes("certificate", "refused");
    private final Counter renewedPolicies = changes("policy", "renewed");
    private final Counter refusedPolicies = changes("policy", "refused");

    Metrics(Load load, Readiness readiness) {
        Gauge.builder("purser_admission_in_flight", load, Load::inFlight)
                .description("Requests begun and not answered")
                .register(registry);
        Gauge.builder("purser_certificate_expiry_timestamp_seconds", readiness, r ->
                        (double) r.certificate().expiry().getEpochSecond())
                .description("When the serving certificate expires")
                .register(registry);
        Gauge.builder("purser_ready", readiness, r -> r.whyNot(java.time.Instant.now()) == null ? 1 : 0)
                .description("Whether requests should be sent here")
                .register(registry);
    }

    void reviewed(Decision decision, long nanos) {
        duration.record(Duration.ofNanos(nanos));
        reviews.computeIfAbsent(decision.reason().word(), word -> reviews(word, decision))
                .increment();
    }

    /** Counts a request that was not answered by a review. */
    void refused(int status) {
        refusals.computeIfAbsent(status, code -> Counter.builder("purser_admission_refused_requests")
                        .description("Requests that were no review that could be answered, by HTTP status")
                        .tag("code", code.toString())
                        .register(registry))
                .increment();
    }

    void certificateRenewed() {
        renewed.increment();
    }

    void certificateRefused() {
        refused.increment();
    }

    void policyRenewed() {
        renewedPolicies.increment();
    }

    void policyRefused() {
        refusedPolicies.increment();
    }

    /** All metrics in Prometheus' text format. */
    String scrape() {
        return registry.scrape();
    }

    /** A reason belongs to one kind of decision, so the reason alone is the key. */
    private Counter reviews(String word, Decision decision) {
        return Counter.builder("purser_admission_reviews")
                .description("Reviews answered, by decision and reason")
                .tag("decision", kind(decision))
                .tag("reason", word)
                .register(registry);
    }

    private static String kind(Decision decision) {
        if (decision instanceof Decision.Inject) {
            return "inject";
        }
        return decision instanceof Decision.Reject ? "reject" : "skip";
    }

    private Counter changes(String file, String result) {
        return Counter.builder("purser_" + file + "_changes")
                .description("Changes of the " + file + " files seen, by what became of them")
                .tag("result", result)
                .register(registry);
    }
}
