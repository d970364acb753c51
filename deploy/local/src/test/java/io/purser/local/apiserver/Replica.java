package io.purser.local.apiserver;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.purser.certs.cluster.ApiServerClock;
import io.purser.certs.cluster.Target;
import io.purser.certs.rotation.RotationPolicy;
import io.purser.certs.run.CertsLoop;
import io.purser.local.machine.FreePort;
import io.purser.local.node.ControlPlane;
import io.purser.webhook.admission.Reviewer;
import io.purser.webhook.http.HostPort;
import io.purser.webhook.http.Limits;
import io.purser.webhook.http.ServerSettings;
import io.purser.webhook.http.Webhook;
import io.purser.webhook.policy.Option;
import io.purser.webhook.policy.Settings;
import io.purser.webhook.policy.SettingsReader;
import io.purser.webhook.tls.CertificateFiles;
import io.purser.webhook.tls.TlsPolicy;
import io.purser.webhook.tls.UnusableCertificateException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** A pod of the Deployment: the certs container with its rights and no more, and the webhook that reads its volume. */
final class Replica implements Balancer.Member, AutoCloseable {
    private static final Target TARGET = new Target("purser", "purser-ca", "purser-certs", "purser");
    static final Settings SETTINGS = SettingsReader.read(Map.of(
                    Option.STORE_ADDRESS, "https://vault.example:8200",
                    Option.AGENT_IMAGE, "purser-agent:0.1.0",
                    Option.CLUSTER_VERSION, "1.36"))
            .settings();
    private static final HostPort ANY_PORT = new HostPort("127.0.0.1", 0);

    private final KubernetesClient client;
    private final CertsLoop certs;
    private final Webhook webhook;

    Replica(ControlPlane plane, String name, Path volume, RotationPolicy policy, Duration drain)
            throws IOException, UnusableCertificateException {
        Files.createDirectories(volume);
        ApiServerClock clock = new ApiServerClock(InstantSource.system());
        client = plane.as("purser", "purser-webhook", clock);
        certs = new CertsLoop(
                client,
                clock,
                new CertsLoop.Settings(
                        TARGET,
                        policy,
                        name,
                        List.of("purser-webhook.purser.svc"),
                        volume,
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        Duration.ofMillis(500)));
        CertificateFiles files = new CertificateFiles(volume.resolve("tls.crt"), volume.resolve("tls.key"), null);
        Waiting.until("the first certificate", () -> Files.exists(files.certificate()));
        Reviewer reviewer = new Reviewer(SETTINGS);
        webhook = Webhook.start(
                new ServerSettings(
                        new HostPort("127.0.0.1", FreePort.next()),
                        ANY_PORT,
                        null,
                        files,
                        TlsPolicy.DEFAULT,
                        Limits.DEFAULT,
                        drain),
                reviewer);
    }

    @Override
    public int port() {
        return webhook.port();
    }

    @Override
    public int healthPort() {
        return webhook.healthPort();
    }

    /** How many reviews the webhook has answered, by its own metrics. */
    double reviews() {
        return counted("purser_admission_reviews_total");
    }

    /** How many of them it did not have to read. */
    double remembered() {
        return counted("purser_admission_remembered_reviews_total");
    }

    private double counted(String metric) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + healthPort() + "/metrics"))
                .build();
        try {
            String metrics = HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.ofString())
                    .body();
            return metrics.lines()
                    .filter(line -> line.startsWith(metric))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** As the kubelet ends a pod: the webhook answers on for its drain. */
    void terminate() throws InterruptedException {
        certs.close();
        webhook.drain();
        client.close();
    }

    @Override
    public void close() {
        certs.close();
        webhook.close();
        client.close();
    }
}
