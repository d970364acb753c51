package io.purser.webhook.cli;

import io.purser.webhook.http.HostPort;
import io.purser.webhook.http.Limits;
import io.purser.webhook.http.ServerSettings;
import io.purser.webhook.tls.CertificateFiles;
import io.purser.webhook.tls.TlsPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How the webhook listens, as flags. */
final class ServerFlags {

    @Option(
            names = "--listen",
            converter = Converters.ToHostPort.class,
            paramLabel = "HOST:PORT",
            defaultValue = "0.0.0.0:8443",
            description = "where admission is served over HTTPS; port 0 takes a free one (default: ${DEFAULT-VALUE})")
    private HostPort listen = new HostPort("", 0);

    @Option(
            names = "--tls-cert",
            paramLabel = "FILE",
            required = true,
            description = "PEM of the serving certificate and its intermediates; a change is seen and served")
    private Path certificate = Path.of("");

    @Option(
            names = "--tls-key",
            paramLabel = "FILE",
            required = true,
            description = "PEM of the certificate's private key")
    private Path key = Path.of("");

    @Option(
            names = "--tls-client-ca",
            paramLabel = "FILE",
            description = "PEM of the authorities of client certificates; given, only clients with one are answered")
    private @Nullable Path clientAuthorities;

    @Option(
            names = "--tls-wait",
            converter = Converters.ToDuration.class,
            paramLabel = "DURATION",
            defaultValue = "0s",
            description = "how long to wait for the certificate files to appear (default: ${DEFAULT-VALUE})")
    private Duration tlsWait = Duration.ZERO;

    @Option(
            names = "--tls-min-version",
            paramLabel = "VERSION",
            defaultValue = "tls12",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    private TlsVersion minVersion = TlsVersion.TLS12;

    @Option(
            names = "--tls-cipher-suites",
            paramLabel = "NAMES",
            split = ",",
            description = "IANA names, preferred first; unset: those with forward secrecy and authenticated encryption")
    private List<String> cipherSuites = List.of();

    @Option(
            names = "--health-listen",
            converter = Converters.ToHostPort.class,
            paramLabel = "HOST:PORT",
            description =
                    "where /livez, /readyz and /metrics are served over plain HTTP; unset: the first two over HTTPS"
                            + " only")
    private @Nullable HostPort health;

    @Option(
            names = "--metrics-path",
            paramLabel = "PATH",
            description = "path of the metrics over HTTPS; unset: not there")
    private @Nullable String metricsPath;

    @Option(
            names = "--drain",
            converter = Converters.ToDuration.class,
            paramLabel = "DURATION",
            defaultValue = "10s",
            description = "how long requests are still answered after SIGTERM (default: ${DEFAULT-VALUE})")
    private Duration drain = Duration.ZERO;

    @Option(
            names = "--deadline",
            converter = Converters.ToDuration.class,
            paramLabel = "DURATION",
            defaultValue = "5s",
            description = "in which a review must arrive whole (default: ${DEFAULT-VALUE})")
    private Duration deadline = Duration.ZERO;

    @Option(
            names = "--max-body",
            paramLabel = "BYTES",
            defaultValue = "8388608",
            description = "size of the largest review (default: ${DEFAULT-VALUE})")
    private int maxBody;

    @Option(
            names = "--max-in-flight",
            paramLabel = "N",
            defaultValue = "2000",
            description = "requests taken on at once, more are answered 429 (default: ${DEFAULT-VALUE})")
    private int maxInFlight;

    /** Names of TLS versions as Go's programs write them. */
    enum TlsVersion {
        TLS12,
        TLS13
    }

    /** The settings that the flags make. */
    ServerSettings settings() {
        return new ServerSettings(
                listen,
                health,
                metricsPath,
                new CertificateFiles(certificate, key, clientAuthorities),
                tls(),
                new Limits(maxBody, maxInFlight, deadline, Limits.DEFAULT.queueing()),
                drain);
    }

    /** How long to wait for the certificate files to appear. */
    Duration tlsWait() {
        return tlsWait;
    }

    private TlsPolicy tls() {
        TlsPolicy policy = minVersion == TlsVersion.TLS13 ? TlsPolicy.ONLY_1_3 : TlsPolicy.DEFAULT;
        return cipherSuites.isEmpty() ? policy : new TlsPolicy(policy.versions(), cipherSuites);
    }
}
