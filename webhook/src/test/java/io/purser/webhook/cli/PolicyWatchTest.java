package io.purser.webhook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.purser.certs.authority.CertificateAuthority;
import io.purser.certs.authority.Leaf;
import io.purser.webhook.admission.Reviewer;
import io.purser.webhook.http.HostPort;
import io.purser.webhook.http.ServerSettings;
import io.purser.webhook.http.Webhook;
import io.purser.webhook.tls.CertificateFiles;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyWatchTest {

    private static final CertificateAuthority AUTHORITY =
            CertificateAuthority.create("test", Duration.ofDays(1), Instant.now());

    @TempDir
    Path folder;

    @Test
    void aSoundPolicyFileIsUsedAndAFaultyOneIsNot() throws Exception {
        Path file = Files.writeString(folder.resolve("policies.yaml"), "policies: {strict: {forbidden: [role]}}\n");
        Leaf leaf = AUTHORITY.issue(List.of("localhost"), Duration.ofHours(1), Instant.now());
        CertificateFiles pair = new CertificateFiles(
                Files.writeString(folder.resolve("tls.crt"), leaf.certificateChainPem()),
                Files.writeString(folder.resolve("tls.key"), leaf.privateKeyPem()),
                null);
        PolicyWatch watch = new PolicyWatch(file, Map.of());
        Reviewer reviewer = new Reviewer(SettingsFlags.policies(Map.of(), file));
        Files.writeString(file, "policies: {lax: {}}\n"); // while the webhook starts
        try (Webhook webhook = Webhook.start(ServerSettings.of(new HostPort("127.0.0.1", 0), pair), reviewer)) {
            assertThat(answer(webhook, "/mutate/strict")).contains("\"reason\":\"not-requested\"");
            assertThat(answer(webhook, "/mutate/lax")).contains("\"reason\":\"unknown-policy\"");
            watch.look(webhook);
            assertThat(answer(webhook, "/mutate/lax")).contains("\"reason\":\"not-requested\"");
            Files.writeString(file, "policies: {lax: {bounds: 7}}\n");
            watch.look(webhook);
            assertThat(answer(webhook, "/mutate/lax")).contains("\"reason\":\"not-requested\"");
            assertThat(answer(webhook, "/mutate/strict")).contains("\"reason\":\"unknown-policy\"");
        }
    }

    private static String answer(Webhook webhook, String path) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("ca", AUTHORITY.certificate());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(null, trust.getTrustManagers(), null);
        String review = """
                {"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview", "request": {"uid": "u", "operation": "CREATE",
                 "namespace": "shop", "kind": {"kind": "Pod"}, "object": {"spec": {"containers": [{"name": "a"}]}}}}""";
        HttpRequest request = HttpRequest.newBuilder(URI.create("https://localhost:" + webhook.port() + path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(review))
                .build();
        HttpClient client = HttpClient.newBuilder().sslContext(tls).build();
        return client.send(request, BodyHandlers.ofString()).body();
    }
}
