package io.purser.agent.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.purser.agent.config.StoreConfig;
import io.purser.agent.config.TlsConfig;
import io.purser.agent.template.source.SecretRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Authenticator;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The way to the store through a proxy. */
@Timeout(30)
class StoreProxyTest extends StoreFixture {

    @Test
    void tellsTheProxyItsUserAndPassword() throws Exception {
        ProxySelector before = ProxySelector.getDefault();
        try (ServerSocket proxy = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            StoreConfig config = new StoreConfig(
                    "vault",
                    "http://store.invalid:8200",
                    null,
                    TlsConfig.DEFAULT,
                    "http://web:pass%20word@127.0.0.1:" + proxy.getLocalPort(),
                    Duration.ofSeconds(1),
                    0);
            assertThat(config.toString()).doesNotContain("pass");
            CompletableFuture<String> second = CompletableFuture.supplyAsync(() -> challenged(proxy));
            fault(() -> new VaultStore(config, auth("jwt", "jwt", Map.of()), root).renewToken(TOKEN));
            assertThat(second.get(10, TimeUnit.SECONDS))
                    .containsIgnoringCase("Proxy-Authorization: Basic "
                            + Base64.getEncoder().encodeToString("web:pass word".getBytes(StandardCharsets.UTF_8)));
        } finally {
            ProxySelector.setDefault(before);
            Authenticator.setDefault(null);
        }
    }

    /** Refuses a first request for want of credentials; the second one. */
    private static String challenged(ServerSocket proxy) {
        String request = "";
        for (int i = 0; i < 2; i++) {
            try (Socket socket = proxy.accept()) {
                byte[] bytes = new byte[10_000];
                request = new String(bytes, 0, socket.getInputStream().read(bytes), StandardCharsets.US_ASCII);
                socket.getOutputStream()
                        .write(("HTTP/1.1 407 Who?\r\nProxy-Authenticate: Basic realm=\"p\"\r\nContent-Length: 0\r\n"
                                        + "Connection: close\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return request;
    }

    @Test
    void goesThroughTheProxyToTheStoreOnly() throws IOException {
        server.on("GET sys/internal/ui/mounts/kv/x", 200, KV1).on("GET kv/x", 200, ScriptedStore.SECRET);
        ProxySelector before = ProxySelector.getDefault();
        try {
            // As a proxy the scripted store is asked for the whole URL, and the name need not resolve.
            StoreConfig config = new StoreConfig(
                    "vault",
                    "http://store.invalid:8200",
                    null,
                    TlsConfig.DEFAULT,
                    server.address(),
                    Duration.ofSeconds(5),
                    0);
            fault(() -> new VaultStore(config, auth("jwt", "jwt", Map.of()), root)
                    .fetch(new SecretRequest.Read("kv/x"), TOKEN));
            assertThat(server.requests()).first().asString().contains("http://store.invalid:8200/v1/sys/internal");
            assertThat(ProxySelector.getDefault().select(URI.create("http://elsewhere.invalid:8200/")))
                    .containsExactly(Proxy.NO_PROXY);
        } finally {
            ProxySelector.setDefault(before);
        }
    }
}
