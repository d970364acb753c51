package io.purser.webhook.cli;

import ch.qos.logback.classic.Level;
import io.purser.webhook.admission.Reviewer;
import io.purser.webhook.http.HostPort;
import io.purser.webhook.http.Limits;
import io.purser.webhook.http.ServerSettings;
import io.purser.webhook.http.Webhook;
import io.purser.webhook.policy.Settings;
import io.purser.webhook.tls.CertificateFiles;
import io.purser.webhook.tls.TlsPolicy;
import io.purser.webhook.tls.UnusableCertificateException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the webhook until the process is told to end. */
@Command(
        name = "serve",
        description = "Runs the webhook: answers the API server's AdmissionReviews over TLS.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        defaultValueProvider = EnvironmentDefaults.class,
        footer = {
            "",
            "Every option can also be given in the environment, as PURSER_NAME; the peer's AGENT_INJECT_... are understood too.",
            "SIGTERM: is not ready from then on, answers for the time of --drain, then ends with 0."
        })
public final class Serve implements Callable<Integer> {

    private @Nullable CommandSpec spec;

    @Option(names = "--listen", paramLabel = "HOST:PORT", defaultValue = "0.0.0.0:8443", description = "Where admission is served over HTTPS; port 0 takes a free one (default: ${DEFAULT-VALUE}).")
    private String listen = "";

    @Option(names = "--tls-cert", paramLabel = "FILE", required = true, description = "PEM of the serving certificate and its intermediates. Changes are seen.")
    private Path certificate = Path.of("");

    @Option(names = "--tls-key", paramLabel = "FILE", required = true, description = "PEM of its private key.")
    private Path key = Path.of("");

    @Option(names = "--tls-client-ca", paramLabel = "FILE", description = "PEM of the authorities of client certificates; given, only clients with one are answered.")
    private @Nullable Path clientAuthorities;

    @Option(names = "--tls-wait", paramLabel = "DURATION", defaultValue = "0s", description = "How long to wait for the certificate files to appear (default: ${DEFAULT-VALUE}).")
    private String tlsWait = "";

    @Option(names = "--tls-min-version", paramLabel = "VERSION", defaultValue = "tls12", description = "tls12 or tls13 (default: ${DEFAULT-VALUE}).")
    private String minVersion = "";

    @Option(names = "--tls-cipher-suites", paramLabel = "NAMES", split = ",", description = "IANA names, preferred first; default: those with forward secrecy and authenticated encryption.")
    private List<String> cipherSuites = List.of();

    @Option(names = "--health-listen", paramLabel = "HOST:PORT", description = "Where /livez, /readyz and /metrics are served over plain HTTP; default: nowhere. The first two are always served over HTTPS.")
    private @Nullable String health;

    @Option(names = "--metrics-path", paramLabel = "PATH", description = "Serves the metrics over HTTPS at this path too.")
    private @Nullable String metricsPath;

    @Option(names = "--drain", paramLabel = "DURATION", defaultValue = "10s", description = "How long requests are still answered after SIGTERM (default: ${DEFAULT-VALUE}).")
    private String drain = "";

    @Option(names = "--deadline", paramLabel = "DURATION", defaultValue = "5s", description = "In which a review must arrive whole (default: ${DEFAULT-VALUE}).")
    private String deadline = "";

    @Option(names = "--max-body", paramLabel = "BYTES", defaultValue = "8388608", description = "Size of the largest review (default: ${DEFAULT-VALUE}).")
    private int maxBody;

    @Option(names = "--max-in-flight", paramLabel = "N", defaultValue = "2000", description = "Requests taken on at once; more are answered 429 (default: ${DEFAULT-VALUE}).")
    private int maxInFlight;

    @Option(names = "--log-level", paramLabel = "LEVEL", defaultValue = "info", description = "trace, debug, info, warn or error (default: ${DEFAULT-VALUE}).")
    private String logLevel = "";

    @Option(names = "--log-format", paramLabel = "FORMAT", defaultValue = "text", description = "text or json (default: ${DEFAULT-VALUE}).")
    private String logFormat = "";

    @Spec
    void spec(CommandSpec own) {
        spec = own;
        SettingsFlags.addTo(own);
    }
}
