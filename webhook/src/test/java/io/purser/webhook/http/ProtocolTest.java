package io.purser.webhook.http;

import static io.purser.webhook.http.RunningWebhook.review;
import static io.purser.webhook.http.RunningWebhook.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the webhook speaks HTTP, over real TLS, with a client that is not Vert.x. */
class ProtocolTest {

    private static RunningWebhook running;
    private static HttpClient client;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        running = RunningWebhook.in(folder);
        client = RunningWebhook.client(HttpClient.Version.HTTP_2);
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void answersReviewsOverBothVersionsOfHttp(HttpClient.Version version) throws Exception {
        HttpResponse<String> response = send(RunningWebhook.client(version), running.post("/mutate", review("")));
        assertThat(response.version()).isEqualTo(version);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type")).contains("application/json");
        assertThat(response.body())
                .contains("\"apiVersion\":\"admission.k8s.io/v1\"")
                .contains("\"uid\":\"705ab4f5-6393-11e8-b7cc-42010a800002\"")
                .contains("\"allowed\":true");
    }

    @Test
    void answersTheOlderReviewInKind() throws Exception {
        String older = review("").replace("admission.k8s.io/v1\"", "admission.k8s.io/v1beta1\"");
        assertThat(send(client, running.post("/mutate", older)).body())
                .contains("\"apiVersion\":\"admission.k8s.io/v1beta1\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json; charset=utf-8", "Application/JSON"})
    void understandsParametersOfTheContentType(String contentType) throws Exception {
        HttpRequest.Builder request = running.post("/mutate", review("")).setHeader("Content-Type", contentType);
        assertThat(send(client, request).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/yaml", "text/plain", "application/jsonlines"})
    void refusesAnotherContentType(String contentType) throws Exception {
        HttpRequest.Builder request = running.post("/mutate", review("")).setHeader("Content-Type", contentType);
        HttpResponse<String> response = send(client, request);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).isEqualTo("The Content-Type must be application/json.\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|The body is empty",
                "hello|not JSON",
                "[]|not a JSON object",
                "{}|has no kind",
                "{\"kind\": \"Pod\", \"apiVersion\": \"v1\"}|not an AdmissionReview but a Pod",
                "{\"kind\": \"AdmissionReview\", \"apiVersion\": \"admission.k8s.io/v2\"}|apiVersion is \"admission.k8s.io/v2\"",
                "{\"kind\": \"AdmissionReview\", \"apiVersion\": \"admission.k8s.io/v1\"}|has no request",
                "{\"kind\": \"AdmissionReview\", \"apiVersion\": \"admission.k8s.io/v1\", \"request\": null}|has no request",
                "{\"kind\": \"AdmissionReview\", \"apiVersion\": \"admission.k8s.io/v1\", \"request\": {}}|has no uid",
                "{\"kind\": \"AdmissionReview\", \"apiVersion\": \"admission.k8s.io/v1\", \"request\": {\"uid\": \"x\"|not JSON",
            })
    void saysWhatIsWrongWithABody(String body, String sentence) throws Exception {
        HttpResponse<String> response = send(client, running.post("/mutate", body));
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains(sentence).endsWith("\n");
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void refusesAnOversizedBodySoThatItsSenderReadsWhy(HttpClient.Version version) throws Exception {
        HttpResponse<String> response =
                send(RunningWebhook.client(version), running.post("/mutate", " ".repeat(10_000_000)));
        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(response.body()).isEqualTo("The review is larger than 8388608 bytes, which is the limit.\n");
    }

    @Test
    void refusesAnOversizedBodyWhoseLengthWasNotAnnounced() throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(running.uri("/mutate"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(new byte[9_000_000])));
        assertThat(send(RunningWebhook.client(HttpClient.Version.HTTP_1_1), request)
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void asksForABodyThatIsAnnouncedFirst() throws Exception {
        HttpRequest.Builder request = running.post("/mutate", review("")).expectContinue(true);
        assertThat(send(RunningWebhook.client(HttpClient.Version.HTTP_1_1), request)
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"GET,/mutate,405", "PUT,/mutate,405", "GET,/,404", "POST,/mutates,404", "GET,/metrics,404"})
    void refusesOtherMethodsAndPaths(String method, String path, int status) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(running.uri(path)).method(method, BodyPublishers.noBody());
        HttpResponse<String> response = send(client, request);
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).endsWith(".\n");
        if (status == 405) {
            assertThat(response.headers().firstValue("allow")).contains("POST");
        }
    }

    @Test
    void aSlashAtTheEndOfThePathNamesNoPolicy() throws Exception {
        assertThat(send(client, running.post("/mutate/", review(""))).body()).contains("\"allowed\":true");
    }

    @Test
    void admitsAnotherKindUnchanged() throws Exception {
        String deployment = review("")
                .replace(
                        "{\"group\": \"\", \"version\": \"v1\", \"kind\": \"Pod\"}",
                        "{\"group\": \"apps\", \"version\": \"v1\", \"kind\": \"Deployment\"}");
        assertThat(send(client, running.post("/mutate", deployment)).body())
                .contains("\"allowed\":true")
                .contains("\"reason\":\"not-a-pod\"")
                .doesNotContain("patch");
    }

    @Test
    void refusesAnObjectThatIsNoPodAndNamesThePlace() throws Exception {
        String broken = review("").replace("\"containers\": [", "\"containers\": [7, ");
        assertThat(send(client, running.post("/mutate", broken)).body())
                .contains("\"allowed\":false")
                .contains("\"code\":422")
                .contains("containers/0");
    }

    @Test
    void answersHealthOnBothPortsAndMetricsWhereAsked() throws Exception {
        for (String path : new String[] {"/livez", "/readyz"}) {
            assertThat(send(client, HttpRequest.newBuilder(running.uri(path))).body())
                    .isEqualTo("ok\n");
            assertThat(send(client, HttpRequest.newBuilder(running.plain(path))).body())
                    .isEqualTo("ok\n");
        }
        assertThat(send(client, HttpRequest.newBuilder(running.uri("/health/ready")))
                        .statusCode())
                .isEqualTo(204);
        send(client, running.post("/mutate", review("")));
        for (HttpRequest.Builder request : new HttpRequest.Builder[] {
            HttpRequest.newBuilder(running.plain("/metrics")), HttpRequest.newBuilder(running.uri("/telemetry"))
        }) {
            assertThat(send(client, request).body())
                    .contains("purser_admission_reviews_total{decision=\"skip\",reason=\"not-requested\"}")
                    .contains("purser_admission_duration_seconds_bucket")
                    .contains("purser_certificate_expiry_timestamp_seconds")
                    .contains("purser_ready 1.0")
                    .doesNotContain("shop")
                    .doesNotContain("web-0");
        }
    }

    @Test
    void theWarmUpIsNotCounted() throws Exception {
        assertThat(send(client, HttpRequest.newBuilder(running.plain("/metrics")))
                        .body())
                .doesNotContain("missing-role");
    }

    @Test
    void speaksNoTlsBefore12() throws Exception {
        SSLParameters old = new SSLParameters();
        old.setProtocols(new String[] {"TLSv1.1"});
        HttpClient ancient = HttpClient.newBuilder()
                .sslContext(RunningWebhook.trusting(null))
                .sslParameters(old)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
        assertThatThrownBy(() -> send(ancient, running.post("/mutate", review(""))))
                .isInstanceOf(SSLHandshakeException.class);
    }
}
