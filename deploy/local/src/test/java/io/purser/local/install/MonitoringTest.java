package io.purser.local.install;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.purser.certs.authority.CertificateAuthority;
import io.purser.certs.authority.Pem;
import io.purser.certs.volume.LeafFiles;
import io.purser.webhook.admission.Reviewer;
import io.purser.webhook.http.HostPort;
import io.purser.webhook.http.Limits;
import io.purser.webhook.http.ServerSettings;
import io.purser.webhook.http.Webhook;
import io.purser.webhook.policy.Settings;
import io.purser.webhook.tls.CertificateFiles;
import io.purser.webhook.tls.TlsPolicy;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;

/** Dashboard and alerts ask only for metrics that are exported, and each alert has its page in the operations guide. */
class MonitoringTest {
    private static final Path COMPONENT = Kustomize.FOLDER.resolve("components/monitoring");
    private static final Pattern METRIC = Pattern.compile("purser_[a-z_]+");
    private static final Pattern LITERAL = Pattern.compile("\"(purser_[a-z_]+)\"");

    private static final String REVIEW = """
            {"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview", "request": {"uid": "u", "operation": "CREATE",
             "namespace": "n", "kind": {"group": "", "version": "v1", "kind": "Pod"},
             "resource": {"group": "", "version": "v1", "resource": "pods"},
             "object": {"metadata": {"name": "p"}, "spec": {"containers": [{"name": "c", "image": "i"}]}}}}
            """;

    @Test
    void everyMetricOfTheDashboardIsExported() throws Exception {
        assertThat(metrics(Files.readString(COMPONENT.resolve("purser.json"))))
                .hasSizeGreaterThan(12)
                .isSubsetOf(exported());
    }

    @Test
    void everyMetricOfTheAlertsIsExported() throws Exception {
        assertThat(metrics(Files.readString(COMPONENT.resolve("prometheus-rule.yaml"))))
                .hasSizeGreaterThan(8)
                .isSubsetOf(exported());
    }

    @Test
    void everyAlertIsExplainedInTheOperationsGuide() throws IOException {
        String guide = Files.readString(Path.of("..", "docs", "operations.md"));
        Manifests rules = Manifests.parse(Files.readString(COMPONENT.resolve("prometheus-rule.yaml")));

        List<String> alerts = new ArrayList<>();
        for (JsonNode group : rules.only("PrometheusRule").at("/spec/groups")) {
            group.path("rules").forEach(rule -> alerts.add(rule.path("alert").asText()));
        }

        assertThat(alerts).hasSizeGreaterThan(10).allSatisfy(alert -> assertThat(guide)
                .contains("### " + alert + "\n"));
    }

    @Test
    void everyExportedMetricIsExplainedInTheOperationsGuide() throws Exception {
        String guide = Files.readString(Path.of("..", "docs", "operations.md"));

        assertThat(exported()).allSatisfy(metric -> assertThat(guide).contains("`" + metric + "`"));
    }

    @Test
    void theDashboardHasNoTwoPanelsInOnePlaceAndNoneWithoutAQuery() throws IOException {
        Set<String> places = new TreeSet<>();
        JsonNode dashboard =
                new ObjectMapper().readTree(COMPONENT.resolve("purser.json").toFile());

        for (JsonNode panel : dashboard.path("panels")) {
            JsonNode place = panel.path("gridPos");
            assertThat(places.add(
                            place.path("x").asInt() + "," + place.path("y").asInt()))
                    .as(panel.path("title").asText())
                    .isTrue();
            if (!panel.path("type").asText().equals("row")) {
                assertThat(panel.path("targets")).isNotEmpty();
            }
        }
    }

    @Test
    void theChartHasTheSameDashboard() {
        assertThat(HelmChart.FOLDER.resolve("files/purser.json"))
                .hasSameTextualContentAs(COMPONENT.resolve("purser.json"));
    }

    private static Set<String> metrics(String text) {
        Set<String> names = new TreeSet<>();
        Matcher matcher = METRIC.matcher(text);
        while (matcher.find()) {
            names.add(matcher.group());
        }
        return names;
    }

    /** What a running webhook really says, and the names in the sources of agent and certs, which say theirs in full. */
    private static Set<String> exported() throws Exception {
        Set<String> names = scraped();
        for (String module : List.of("agent", "certs")) {
            for (Path source : sources(Path.of("..", "..", module, "src", "main", "java"))) {
                Matcher matcher = LITERAL.matcher(Files.readString(source));
                while (matcher.find()) {
                    names.add(matcher.group(1));
                }
            }
        }
        return names;
    }

    private static Set<String> scraped() throws Exception {
        Path folder = Files.createTempDirectory("monitoring");
        Instant now = Instant.now();
        new LeafFiles(folder)
                .write(CertificateAuthority.create("monitoring", Duration.ofHours(1), now)
                        .issue(List.of("127.0.0.1"), Duration.ofHours(1), now));
        ServerSettings settings = new ServerSettings(
                new HostPort("127.0.0.1", 0),
                new HostPort("127.0.0.1", 0),
                null,
                new CertificateFiles(folder.resolve("tls.crt"), folder.resolve("tls.key"), null),
                TlsPolicy.DEFAULT,
                Limits.DEFAULT,
                Duration.ZERO);
        try (Webhook webhook = Webhook.start(settings, new Reviewer(Settings.defaults()))) {
            review(webhook.port(), folder.resolve("tls.crt"), "{}");
            review(webhook.port(), folder.resolve("tls.crt"), REVIEW);
            String metrics = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + webhook.healthPort() + "/metrics"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
            return metrics.lines()
                    .filter(line -> line.startsWith("purser_"))
                    .map(line -> line.replaceFirst("[{ ].*", ""))
                    .collect(Collectors.toCollection(TreeSet::new));
        } finally {
            Files.delete(folder.resolve("tls.crt"));
            Files.delete(folder.resolve("tls.key"));
            Files.delete(folder);
        }
    }

    private static void review(int port, Path trusted, String body) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry(
                "leaf", Pem.certificates(Files.readString(trusted)).get(0));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        HttpClient.newBuilder()
                .sslContext(context)
                .build()
                .send(
                        HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + "/mutate"))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.discarding());
    }

    private static List<Path> sources(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }
}
