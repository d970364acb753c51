package io.purser.webhook.http;

import static io.purser.webhook.http.RunningWebhook.eventually;
import static io.purser.webhook.http.RunningWebhook.review;
import static io.purser.webhook.http.RunningWebhook.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.PemTrustOptions;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The polite end: whoever asks is answered until it is over. */
class DrainTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void answersEveryRequestWhileItEnds(HttpVersion version) throws Exception {
        RunningWebhook running = RunningWebhook.in(folder, Limits.DEFAULT, Duration.ofMinutes(5));
        Vertx vertx = Vertx.vertx();
        try {
            HttpClient probe = RunningWebhook.client(HttpClient.Version.HTTP_1_1);
            Load load = new Load(client(vertx, version), running);
            List<CompletableFuture<Void>> senders =
                    Stream.generate(load::send).limit(8).toList();
            eventually(() -> load.answered.get() > 100);
            Thread drain = new Thread(() -> drain(running));
            drain.start();
            eventually(() -> send(probe, HttpRequest.newBuilder(running.plain("/readyz")))
                            .statusCode()
                    == 503);
            int before = load.answered.get();
            eventually(() -> load.answered.get() > before + 20);
            load.stop = true;
            CompletableFuture.allOf(senders.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
            assertThat(load.failures).isEmpty();
            drain.interrupt(); // it has shown what it should; the rest of the time is spared
            drain.join();
            assertThatThrownBy(() -> send(probe, running.post("/mutate", review(""))))
                    .isInstanceOf(java.io.IOException.class);
        } finally {
            vertx.close().await();
            running.close();
        }
    }

    /** Vert.x's client: that of Java 17 drops all streams at a GOAWAY, even those that the server goes on with. */
    private static io.vertx.core.http.HttpClient client(Vertx vertx, HttpVersion version) {
        HttpClientOptions options = new HttpClientOptions()
                .setSsl(true)
                .setUseAlpn(true)
                .setProtocolVersion(version)
                .setTrustOptions(
                        new PemTrustOptions().addCertValue(Buffer.buffer(RunningWebhook.AUTHORITY.certificatePem())));
        return vertx.createHttpClient(options);
    }

    /** Reviews sent one after the other by each sender. */
    private static final class Load {
        private final io.vertx.core.http.HttpClient client;
        private final RunningWebhook running;
        private final AtomicInteger answered = new AtomicInteger();
        private final Queue<String> failures = new ConcurrentLinkedQueue<>();
        private volatile boolean stop;

        private Load(io.vertx.core.http.HttpClient client, RunningWebhook running) {
            this.client = client;
            this.running = running;
        }

        private CompletableFuture<Void> send() {
            return client.request(HttpMethod.POST, running.webhook.port(), "localhost", "/mutate")
                    .compose(request -> request.putHeader("Content-Type", "application/json")
                            .send(review("")))
                    .compose(response -> response.body().map(body -> response.statusCode()))
                    .onSuccess(status -> {
                        answered.incrementAndGet();
                        if (status != 200) {
                            failures.add("status " + status);
                        }
                    })
                    .onFailure(failure -> failures.add(failure.toString()))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .thenCompose(status -> stop ? CompletableFuture.completedFuture(null) : send());
        }
    }

    private static void drain(RunningWebhook running) {
        try {
            running.webhook.drain();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // as the test does once it has seen enough
        }
    }
}
