package io.purser.webhook.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.purser.certs.authority.CertificateAuthority;
import io.purser.certs.authority.Leaf;
import io.purser.webhook.admission.Reviewer;
import io.purser.webhook.policy.Settings;
import io.purser.webhook.tls.CertificateFiles;
import io.purser.webhook.tls.TlsPolicy;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A webhook on free ports with a certificate of its own authority, and clients that trust it. */
final class RunningWebhook implements AutoCloseable {

    static final CertificateAuthority AUTHORITY =
            CertificateAuthority.create("test", Duration.ofDays(1), Instant.now());

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    final Webhook webhook;
    final CertificateFiles files;

    private RunningWebhook(Webhook webhook, CertificateFiles files) {
        this.webhook = webhook;
        this.files = files;
    }

    static RunningWebhook in(Path folder) throws Exception {
        return in(folder, Limits.DEFAULT, Duration.ofMillis(300));
    }

    static RunningWebhook in(Path folder, Limits limits, Duration drain) throws Exception {
        CertificateFiles files = new CertificateFiles(folder.resolve("tls.crt"), folder.resolve("tls.key"), null);
        write(leaf(), files);
        return start(files, limits, drain);
    }

    static RunningWebhook start(CertificateFiles files, Limits limits, Duration drain) throws Exception {
        HostPort any = new HostPort("127.0.0.1", 0);
        return start(new ServerSettings(any, any, "/telemetry", files, TlsPolicy.DEFAULT, limits, drain));
    }

    static RunningWebhook start(ServerSettings settings) throws Exception {
        return new RunningWebhook(Webhook.start(settings, new Reviewer(Settings.defaults())), settings.certificate());
    }

    static Leaf leaf() {
        return AUTHORITY.issue(List.of("localhost", "127.0.0.1"), Duration.ofHours(1), Instant.now());
    }

    static void write(Leaf leaf, CertificateFiles files) throws IOException {
        Files.writeString(files.certificate(), leaf.certificateChainPem());
        Files.writeString(files.key(), leaf.privateKeyPem());
    }

    static HttpClient client(HttpClient.Version version) throws Exception {
        return HttpClient.newBuilder()
                .version(version)
                .sslContext(trusting(null))
                .build();
    }

    /** A context that trusts the authority, and shows a client certificate if one is given. */
    static SSLContext trusting(Leaf own) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("ca", AUTHORITY.certificate());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        KeyManagerFactory keys = null;
        if (own != null) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(
                    "own",
                    io.purser.certs.authority.Pem.privateKey(own.privateKeyPem()),
                    new char[0],
                    io.purser.certs.authority.Pem.certificates(own.certificateChainPem())
                            .toArray(java.security.cert.Certificate[]::new));
            keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, new char[0]);
        }
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys == null ? null : keys.getKeyManagers(), trust.getTrustManagers(), new SecureRandom());
        return context;
    }

    URI uri(String path) {
        return URI.create("https://localhost:" + webhook.port() + path);
    }

    URI plain(String path) {
        return URI.create("http://127.0.0.1:" + Objects.requireNonNull(webhook.healthPort()) + path);
    }

    HttpRequest.Builder post(String path, String body) {
        return HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(10))
                .POST(BodyPublishers.ofString(body));
    }

    static HttpResponse<String> send(HttpClient client, HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    /** A review of a pod with these annotations, each {@code "name": "value"}. */
    static String review(String annotations) {
        return """
                {"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview", "request": {
                  "uid": "705ab4f5-6393-11e8-b7cc-42010a800002",
                  "kind": {"group": "", "version": "v1", "kind": "Pod"},
                  "namespace": "shop", "operation": "CREATE",
                  "object": {"apiVersion": "v1", "kind": "Pod",
                    "metadata": {"name": "web-0", "annotations": {%s}},
                    "spec": {"containers": [{"name": "app", "image": "app:1",
                      "volumeMounts": [{"name": "token", "mountPath": "/var/run/secrets/kubernetes.io/serviceaccount"}]}],
                      "volumes": [{"name": "token", "projected": {"sources": [{"serviceAccountToken": {"path": "token"}}]}}]}}}}
                """.formatted(annotations);
    }

    /** Waits until a condition holds. */
    static void eventually(Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("waited too long").isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
    }

    @Override
    public void close() {
        webhook.close();
    }
}
