package io.purser.webhook.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.purser.certs.authority.Leaf;
import io.purser.webhook.admission.Reviewer;
import io.purser.webhook.policy.Settings;
import io.purser.webhook.tls.CertificateFiles;
import io.purser.webhook.tls.PairFiles;
import io.purser.webhook.tls.ServingCertificate;
import io.purser.webhook.tls.TlsEngine;
import io.purser.webhook.tls.TlsPolicy;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That the canned reviews reach the server, wherever it listens: a failure of theirs is only logged. */
class WarmUpTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void isAnsweredAtEitherKindOfAddress(String host) throws Exception {
        assumeTrue(isHere(host), "this machine has no address " + host);
        CertificateFiles files = new CertificateFiles(folder.resolve("tls.crt"), folder.resolve("tls.key"), null);
        RunningWebhook.write(RunningWebhook.leaf(), files);
        ServerSettings settings = new ServerSettings(
                new HostPort(host, 0), null, "/metrics", files, TlsPolicy.DEFAULT, Limits.DEFAULT, Duration.ZERO);
        Vertx vertx = Vertx.vertx();
        try (Webhook webhook = Webhook.start(settings, new Reviewer(Settings.defaults()))) {
            WarmUp warmUp = new WarmUp(vertx, TlsEngine.best());
            InetSocketAddress server = new InetSocketAddress(host, webhook.port());
            assertThatCode(() -> warmUp.run(server, "/mutate", 2)).doesNotThrowAnyException();
            assertThatThrownBy(() -> warmUp.run(server, "/elsewhere", 1))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("404");
        } finally {
            vertx.close().await();
        }
    }

    @Test
    void isAnsweredByAServerWithAKeyOnP521() throws Exception {
        CertificateFiles files = PairFiles.copy("ec-p521", folder);
        Vertx vertx = Vertx.vertx();
        try (RunningWebhook running = RunningWebhook.start(files, Limits.DEFAULT, Duration.ZERO)) {
            WarmUp warmUp = new WarmUp(
                    vertx, TlsEngine.towards(ServingCertificate.load(files).leaf()));
            InetSocketAddress server = new InetSocketAddress("127.0.0.1", running.webhook.port());
            assertThatCode(() -> warmUp.run(server, "/mutate", 2)).doesNotThrowAnyException();
        } finally {
            vertx.close().await();
        }
    }

    @Test
    void comesOverBothVersionsOfHttp() throws Exception {
        Leaf leaf = RunningWebhook.leaf();
        List<HttpVersion> versions = new CopyOnWriteArrayList<>();
        Vertx vertx = Vertx.vertx();
        try {
            HttpServer server = vertx.createHttpServer(new HttpServerOptions()
                            .setSsl(true)
                            .setUseAlpn(true)
                            .setKeyCertOptions(new PemKeyCertOptions()
                                    .addCertValue(Buffer.buffer(leaf.certificateChainPem()))
                                    .addKeyValue(Buffer.buffer(leaf.privateKeyPem()))))
                    .requestHandler(request -> {
                        versions.add(request.version());
                        request.bodyHandler(body -> request.response().end("answer"));
                    })
                    .listen(0, "127.0.0.1")
                    .await();
            new WarmUp(vertx, TlsEngine.best())
                    .run(new InetSocketAddress("127.0.0.1", server.actualPort()), "/mutate", 2);
        } finally {
            vertx.close().await();
        }
        assertThat(versions).containsExactlyInAnyOrder(HttpVersion.HTTP_2, HttpVersion.HTTP_2, HttpVersion.HTTP_1_1);
    }

    private static boolean isHere(String host) {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(host))) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
