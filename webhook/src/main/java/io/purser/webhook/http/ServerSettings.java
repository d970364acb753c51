package io.purser.webhook.http;

import io.purser.webhook.tls.CertificateFiles;
import io.purser.webhook.tls.TlsPolicy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the webhook listens.
 *
 * @param listen where admission is served over HTTPS; health is answered there too
 * @param health where health and metrics are served over plain HTTP, for probes and Prometheus; null serves them nowhere else
 * @param metricsPath where the HTTPS server gives the metrics; null does not
 * @param certificate the serving certificate's files
 * @param tls protocol versions and cipher suites
 * @param limits how much the server takes on
 * @param drain how long requests are still answered once the process was told to end
 */
public record ServerSettings(
        HostPort listen,
        @Nullable HostPort health,
        @Nullable String metricsPath,
        CertificateFiles certificate,
        TlsPolicy tls,
        Limits limits,
        Duration drain) {

    /** Default of {@link #drain}: longer than endpoints take to leave a Service. */
    public static final Duration DEFAULT_DRAIN = Duration.ofSeconds(10);

    /** Admission alone, everything else by default. */
    public static ServerSettings of(HostPort listen, CertificateFiles certificate) {
        return new ServerSettings(listen, null, null, certificate, TlsPolicy.DEFAULT, Limits.DEFAULT, DEFAULT_DRAIN);
    }
}
