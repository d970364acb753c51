package io.purser.webhook.cli;

import ch.qos.logback.classic.Level;
import io.purser.webhook.http.HostPort;
import io.purser.webhook.http.Limits;
import io.purser.webhook.http.ServerSettings;
import io.purser.webhook.tls.CertificateFiles;
import io.purser.webhook.tls.TlsPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** How the webhook listens and logs, as flags. */
final class ServerFlags {

    private final OptionSpec listen = hostPort(
                    "--listen",
                    "where admission is served over HTTPS; port 0 takes a free one (default: ${DEFAULT-VALUE})")
            .defaultValue("0.0.0.0:8443")
            .build();

    private final OptionSpec certificate = file(
                    "--tls-cert", "PEM of the serving certificate and its intermediates; a change is seen and served")
            .required(true)
            .build();

    private final OptionSpec key = file("--tls-key", "PEM of the certificate's private key")
            .required(true)
            .build();

    private final OptionSpec clientAuthorities = file(
                    "--tls-client-ca",
                    "PEM of the authorities of client certificates; given, only clients with one are answered")
            .build();

    private final OptionSpec tlsWait = duration(
                    "--tls-wait", "how long to wait for the certificate files to appear", "0s")
            .build();

    private final OptionSpec minVersion = option(
                    "--tls-min-version", "VERSION", "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
            .type(TlsVersion.class)
            .defaultValue("tls12")
            .build();

    private final OptionSpec cipherSuites = option(
                    "--tls-cipher-suites",
                    "NAMES",
                    "IANA names of those of TLS 1.2, preferred first; unset: those with forward secrecy and authenticated"
                            + " encryption. Those of TLS 1.3 are always there")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .converters(new Converters.ToCipherSuite())
            .splitRegex(",")
            .build();

    private final OptionSpec health = hostPort(
                    "--health-listen",
                    "where /livez, /readyz and /metrics are served over plain HTTP; unset: the first two over HTTPS"
                            + " only")
            .build();

    private final OptionSpec metricsPath = option(
                    "--metrics-path", "PATH", "path of the metrics over HTTPS; unset: not there")
            .type(String.class)
            .converters(new Converters.ToMetricsPath())
            .build();

    private final OptionSpec drain = duration("--drain", "how long requests are still answered after SIGTERM", "10s")
            .build();

    private final OptionSpec deadline = duration("--deadline", "in which a review must arrive whole", "5s")
            .converters(new Converters.ToDeadline())
            .build();

    private final OptionSpec maxBody = number("--max-body", "BYTES", "size of the largest review", "8388608");

    private final OptionSpec maxInFlight =
            number("--max-in-flight", "N", "requests taken on at once, more are answered 429", "2000");

    private final OptionSpec logLevel = option(
                    "--log-level", "LEVEL", "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
            .type(LogLevel.class)
            .defaultValue("info")
            .build();

    private final OptionSpec logFormat = option("--log-format", "FORMAT", "text or json (default: ${DEFAULT-VALUE})")
            .type(Logging.Format.class)
            .converters(new Converters.ToLogFormat())
            .defaultValue("text")
            .build();

    /** Names of TLS versions as Go's programs write them. */
    enum TlsVersion {
        TLS12,
        TLS13
    }

    /** Log levels; the peer's other names for them are understood. */
    enum LogLevel {
        TRACE,
        DEBUG,
        INFO,
        NOTICE,
        WARN,
        WARNING,
        ERROR,
        ERR;

        private Level level() {
            return switch (this) {
                case TRACE -> Level.TRACE;
                case DEBUG -> Level.DEBUG;
                case INFO, NOTICE -> Level.INFO;
                case WARN, WARNING -> Level.WARN;
                case ERROR, ERR -> Level.ERROR;
            };
        }
    }

    /** Adds the flags to a command. */
    void addTo(CommandSpec spec) {
        Stream.of(
                        listen,
                        certificate,
                        key,
                        clientAuthorities,
                        tlsWait,
                        minVersion,
                        cipherSuites,
                        health,
                        metricsPath,
                        drain,
                        deadline,
                        maxBody,
                        maxInFlight,
                        logLevel,
                        logFormat)
                .forEach(spec::addOption);
    }

    /**
     * The settings that the flags make.
     *
     * @throws InputException when two flags cannot be together
     */
    ServerSettings settings() throws InputException {
        HostPort admission = listen.getValue();
        // Vert.x would have one port shared by both, and one connection in two speak plain HTTP.
        if (admission.port() != 0 && admission.equals(health.getValue())) {
            throw new InputException(
                    "--listen and --health-listen are both " + admission + "; give one of them another port.");
        }
        return new ServerSettings(
                admission,
                health.getValue(),
                metricsPath.getValue(),
                new CertificateFiles(certificate.getValue(), key.getValue(), clientAuthorities.getValue()),
                tls(),
                new Limits(maxBody.getValue(), maxInFlight.getValue(), deadline.getValue(), Limits.DEFAULT.queueing()),
                drain.getValue());
    }

    /** How long to wait for the certificate files to appear. */
    Duration tlsWait() {
        return tlsWait.getValue();
    }

    /** What is logged from now on. */
    void applyLogging() {
        LogLevel level = logLevel.getValue();
        Logging.apply(level.level(), logFormat.getValue());
    }

    private TlsPolicy tls() {
        TlsPolicy policy = TlsVersion.TLS13.equals(minVersion.getValue()) ? TlsPolicy.ONLY_1_3 : TlsPolicy.DEFAULT;
        List<String> suites = cipherSuites.getValue();
        return suites == null ? policy : policy.withCipherSuites(suites);
    }

    private static OptionSpec.Builder hostPort(String name, String description) {
        return option(name, "HOST:PORT", description).type(HostPort.class).converters(new Converters.ToHostPort());
    }

    private static OptionSpec.Builder file(String name, String description) {
        return option(name, "FILE", description).type(Path.class);
    }

    private static OptionSpec.Builder duration(String name, String description, String defaultValue) {
        return option(name, "DURATION", description + " (default: ${DEFAULT-VALUE})")
                .type(Duration.class)
                .converters(new Converters.ToDuration())
                .defaultValue(defaultValue);
    }

    private static OptionSpec number(String name, String label, String description, String defaultValue) {
        return option(name, label, description + " (default: ${DEFAULT-VALUE})")
                .type(int.class)
                .converters(new Converters.ToLimit())
                .defaultValue(defaultValue)
                .build();
    }

    private static OptionSpec.Builder option(String name, String label, String description) {
        return OptionSpec.builder(name).paramLabel(label).description(description);
    }
}
