package io.purser.webhook.http;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.purser.webhook.admission.Reviewer;
import io.purser.webhook.policy.Settings;
import io.purser.webhook.tls.CertificateFiles;
import io.purser.webhook.tls.TlsPolicy;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
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
            InetSocketAddress server = new InetSocketAddress(host, webhook.port());
            assertThatCode(() -> WarmUp.run(vertx, server, "/mutate", 2)).doesNotThrowAnyException();
            assertThatThrownBy(() -> WarmUp.run(vertx, server, "/elsewhere", 1))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("404");
        } finally {
            vertx.close().await();
        }
    }

    private static boolean isHere(String host) {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(host))) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
