package io.purser.webhook.http;

import static io.purser.webhook.http.RunningWebhook.eventually;
import static io.purser.webhook.http.RunningWebhook.review;
import static io.purser.webhook.http.RunningWebhook.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.purser.certs.authority.Leaf;
import io.purser.webhook.tls.CertificateFiles;
import io.purser.webhook.tls.TlsPolicy;
import io.purser.webhook.tls.UnusableCertificateException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates that change, clients that must show one, and load beyond the limit. */
class LifecycleTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    @Test
    void servesARenewedCertificateAndKeepsTheOldOneInsteadOfAMismatch() throws Exception {
        try (RunningWebhook running = RunningWebhook.in(folder)) {
            HttpClient client = RunningWebhook.client(HttpClient.Version.HTTP_1_1);
            Leaf next = RunningWebhook.leaf();
            Files.writeString(running.files.certificate(), next.certificateChainPem());
            eventually(() -> metrics(client, running).contains("certificate_changes_total{result=\"refused\"} 1.0"));
            Certificate served = served(running);
            assertThat(served).isNotEqualTo(next.certificate());
            Files.writeString(running.files.key(), next.privateKeyPem());
            eventually(() -> served(running).equals(next.certificate()));
            assertThat(metrics(client, running)).contains("certificate_changes_total{result=\"renewed\"} 1.0");
        }
    }

    @Test
    void isNotReadyWithACertificateThatIsNotValidYet() throws Exception {
        CertificateFiles files = new CertificateFiles(folder.resolve("tls.crt"), folder.resolve("tls.key"), null);
        RunningWebhook.write(
                RunningWebhook.AUTHORITY.issue(
                        List.of("localhost"), Duration.ofHours(1), Instant.now().plus(Duration.ofHours(1))),
                files);
        try (RunningWebhook running = RunningWebhook.start(files, Limits.DEFAULT, Duration.ZERO)) {
            HttpResponse<String> ready = send(
                    RunningWebhook.client(HttpClient.Version.HTTP_1_1),
                    HttpRequest.newBuilder(running.plain("/readyz")));
            assertThat(ready.statusCode()).isEqualTo(503);
            assertThat(ready.body())
                    .contains("The serving certificate is not valid before ")
                    .contains("; put one in its place that is valid now.");
        }
    }

    @Test
    void doesNotStartWithAKeyOfAnotherCertificate() throws Exception {
        CertificateFiles files = new CertificateFiles(folder.resolve("tls.crt"), folder.resolve("tls.key"), null);
        RunningWebhook.write(RunningWebhook.leaf(), files);
        Files.writeString(files.key(), RunningWebhook.leaf().privateKeyPem());
        assertThatThrownBy(() -> RunningWebhook.start(files, Limits.DEFAULT, Duration.ZERO))
                .isInstanceOf(UnusableCertificateException.class);
    }

    @Test
    void cipherSuitesForAnotherKindOfKeyLeaveTls13() throws Exception {
        CertificateFiles files = new CertificateFiles(folder.resolve("tls.crt"), folder.resolve("tls.key"), null);
        RunningWebhook.write(RunningWebhook.leaf(), files);
        TlsPolicy forRsa = TlsPolicy.DEFAULT.withCipherSuites(List.of("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"));
        HostPort any = new HostPort("127.0.0.1", 0);
        try (RunningWebhook running = RunningWebhook.start(
                new ServerSettings(any, any, null, files, forRsa, Limits.DEFAULT, Duration.ZERO))) {
            HttpResponse<String> ready = send(
                    RunningWebhook.client(HttpClient.Version.HTTP_2), HttpRequest.newBuilder(running.uri("/readyz")));
            assertThat(ready.statusCode()).isEqualTo(200);
            assertThat(ready.sslSession()).hasValueSatisfying(session -> assertThat(session.getProtocol())
                    .isEqualTo("TLSv1.3"));
        }
    }

    @Test
    void letsInOnlyClientsWithACertificateWhereAsked() throws Exception {
        Path authority = folder.resolve("client-ca.crt");
        Files.writeString(authority, resource("client-ca.crt"));
        CertificateFiles files = new CertificateFiles(folder.resolve("tls.crt"), folder.resolve("tls.key"), authority);
        RunningWebhook.write(RunningWebhook.leaf(), files);
        try (RunningWebhook running = RunningWebhook.start(files, Limits.DEFAULT, Duration.ZERO)) {
            HttpClient unknown = RunningWebhook.client(HttpClient.Version.HTTP_1_1);
            assertThatThrownBy(() -> send(unknown, running.post("/mutate", review(""))))
                    .isInstanceOf(java.io.IOException.class);
            assertThat(send(unknown, HttpRequest.newBuilder(running.plain("/readyz")))
                            .statusCode())
                    .isEqualTo(200);
            HttpClient known = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .sslContext(RunningWebhook.trusting(new Leaf(resource("client.crt"), resource("client.key"))))
                    .build();
            assertThat(send(known, running.post("/mutate", review(""))).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void refusesMoreRequestsThanItsLimitAtOnce() throws Exception {
        Limits one = new Limits(1 << 20, 1, PATIENCE, PATIENCE);
        try (RunningWebhook running = RunningWebhook.in(folder, one, Duration.ZERO)) {
            HttpClient client = RunningWebhook.client(HttpClient.Version.HTTP_1_1);
            try (SSLSocket slow = halfARequest(running)) {
                eventually(() -> metrics(client, running).contains("in_flight 1.0"));
                HttpResponse<String> refused = send(client, running.post("/mutate", review("")));
                assertThat(refused.statusCode()).isEqualTo(429);
                assertThat(refused.headers().firstValue("retry-after")).contains("1");
                assertThat(slow.isConnected()).isTrue();
            }
            eventually(() -> send(client, running.post("/mutate", review(""))).statusCode() == 200);
        }
    }

    @Test
    void endsARequestThatDoesNotArriveWithinTheDeadline() throws Exception {
        Limits hasty = new Limits(1 << 20, 10, Duration.ofMillis(200), PATIENCE);
        try (RunningWebhook running = RunningWebhook.in(folder, hasty, Duration.ZERO);
                SSLSocket slow = halfARequest(running)) {
            String answer =
                    new String(slow.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.US_ASCII);
            assertThat(answer).startsWith("HTTP/1.1 408").contains("did not arrive whole within 200 ms");
        }
    }

    private static String resource(String name) throws Exception {
        try (var in = LifecycleTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.US_ASCII);
        }
    }

    private static SSLSocket halfARequest(RunningWebhook running) throws Exception {
        SSLSocket socket = (SSLSocket)
                RunningWebhook.trusting(null).getSocketFactory().createSocket("localhost", running.webhook.port());
        socket.setSoTimeout((int) PATIENCE.toMillis());
        socket.getOutputStream()
                .write(
                        "POST /mutate HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"
                                .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
        return socket;
    }

    private static Certificate served(RunningWebhook running) throws Exception {
        try (SSLSocket socket = (SSLSocket)
                RunningWebhook.trusting(null).getSocketFactory().createSocket("localhost", running.webhook.port())) {
            return socket.getSession().getPeerCertificates()[0];
        }
    }

    private static String metrics(HttpClient client, RunningWebhook running) throws Exception {
        return send(client, HttpRequest.newBuilder(running.plain("/metrics"))).body();
    }
}
