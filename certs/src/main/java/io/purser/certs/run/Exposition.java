package io.purser.certs.run;

import io.purser.certs.rotation.TrustState;
import java.time.Instant;

/** The metrics of the certs container, in Prometheus' text format. */
final class Exposition {
    private final StringBuilder text = new StringBuilder();

    private Exposition() {}

    static String of(Standing standing) {
        Exposition exposition = new Exposition();
        exposition.gauge("purser_certs_writer", "Whether this replica writes", standing.writer() ? 1 : 0);
        exposition.counter("purser_certs_failed_rounds_total", "Rounds that failed", standing.failedRounds());
        if (standing.lastSuccess() != null) {
            exposition.time(
                    "purser_certs_last_success_timestamp_seconds",
                    "When the cluster was last read and all was done that was due",
                    standing.lastSuccess());
        }
        if (standing.leaf() != null) {
            exposition.time(
                    "purser_certs_leaf_expiry_timestamp_seconds",
                    "When the certificate on the volume expires",
                    standing.leaf().getNotAfter().toInstant());
        }
        TrustState state = standing.state();
        if (state != null) {
            exposition.time(
                    "purser_certs_ca_expiry_timestamp_seconds",
                    "When the newest authority expires",
                    state.newest().end());
            exposition.gauge(
                    "purser_certs_trusted_authorities",
                    "Authorities in the caBundle; two while a rotation is under way",
                    state.authorities().size());
        }
        return exposition.text.toString();
    }

    private void time(String name, String help, Instant at) {
        gauge(name, help, at.getEpochSecond());
    }

    private void gauge(String name, String help, long value) {
        metric(name, help, "gauge", value);
    }

    private void counter(String name, String help, long value) {
        metric(name, help, "counter", value);
    }

    private void metric(String name, String help, String type, long value) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
        text.append(name).append(' ').append(value).append('\n');
    }
}
