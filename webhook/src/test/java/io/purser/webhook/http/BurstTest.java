package io.purser.webhook.http;

import static io.purser.webhook.http.RunningWebhook.review;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many reviews at once on one connection of HTTP/2, as an API server sends them when a thousand pods are rolled out. */
class BurstTest {

    private static final int ROUNDS = 20;
    private static final int AT_ONCE = 100;

    /** Together the answers are more than the 64 KiB from which on a connection would count as not writable. */
    @Test
    void allAreAnswered(@TempDir Path folder) throws Exception {
        String large =
                review("\"purser.io/inject\": \"true\", \"purser.io/role\": \"web\", \"purser.io/template-page\": \""
                        + "x".repeat(20_000) + "\"");
        try (RunningWebhook running = RunningWebhook.in(folder)) {
            HttpClient client = RunningWebhook.client(HttpClient.Version.HTTP_2);
            HttpRequest request = running.post("/mutate", large).build();
            client.send(request, BodyHandlers.ofString());
            for (int round = 0; round < ROUNDS; round++) {
                List<CompletableFuture<HttpResponse<String>>> answers = IntStream.range(0, AT_ONCE)
                        .mapToObj(i -> client.sendAsync(request, BodyHandlers.ofString()))
                        .toList();
                assertThat(answers).allSatisfy(answer -> assertThat(
                                answer.get(10, TimeUnit.SECONDS).body())
                        .contains("\"allowed\":true")
                        .hasSizeGreaterThan(2_000));
            }
        }
    }
}
