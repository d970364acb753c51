package io.purser.agent.vault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.purser.agent.config.AuthConfig;
import io.purser.agent.config.ListenerConfig.ProxyConfig;
import io.purser.agent.config.StoreConfig;
import io.purser.agent.config.TlsConfig;
import io.purser.agent.lease.AuthToken;
import io.purser.agent.lease.SecretValue;
import io.purser.agent.vault.LoopbackProxy.Lending;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class LoopbackProxyTest {

    private static final AuthToken TOKEN =
            new AuthToken(new SecretValue("s.agent"), "acc", Duration.ofHours(1), true, true);

    private final Semaphore quits = new Semaphore(0);
    private ScriptedStore server;

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedStore(null);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "true,-,s.agent",
                "true,s.own,s.own",
                "force,s.own,s.agent",
                "force,-,s.agent",
                "false,-,-",
                "false,s.own,s.own"
            })
    void lendsTheTokenAsAsked(String useAutoAuthToken, String own, String sent) throws IOException {
        server.on("GET secret/data/x?version=1", 200, ScriptedStore.SECRET);
        try (LoopbackProxy proxy = proxy(useAutoAuthToken, false)) {
            String header = own == null ? "" : "X-Vault-Token: " + own + "\r\n";
            String answer = ask(proxy, "GET /v1/secret/data/x?version=1", header, "");
            assertThat(answer).startsWith("HTTP/1.1 200").contains("12345678901234567890");
        }
        assertThat(server.asked.get(0).headers().get("X-vault-token")).isEqualTo(sent);
        assertThat(server.asked.get(0).headers()).containsEntry("X-vault-namespace", "team");
    }

    @Test
    void aBearerTokenIsATokenOfItsOwn() throws IOException {
        try (LoopbackProxy proxy = proxy("true", false)) {
            ask(proxy, "GET /v1/x", "Authorization: Bearer s.own\r\n", "");
        }
        assertThat(server.asked.get(0).headers())
                .containsEntry("Authorization", "Bearer s.own")
                .doesNotContainKey("X-vault-token");
    }

    @Test
    void forwardsEveryMethodAndEveryAnswer() throws IOException {
        server.on("GET kv?list=true", 200, "{\"data\":{\"keys\":[\"a\"]}}")
                .on("GET kv?a=b&list=true", 200, "{\"data\":{\"keys\":[\"b\"]}}")
                .on("PUT kv/x", 204, null)
                .on("DELETE kv/x", 204, null)
                .on("POST kv/y", 403, "{\"errors\":[\"permission denied\"]}");
        try (LoopbackProxy proxy = proxy("true", false)) {
            assertThat(ask(proxy, "LIST /v1/kv", "", "")).contains("\"a\"");
            assertThat(ask(proxy, "LIST /v1/kv?a=b", "", "")).contains("\"b\"");
            assertThat(ask(proxy, "PUT /v1/kv/x", "", "{\"k\":\"v\"}")).startsWith("HTTP/1.1 204");
            assertThat(ask(proxy, "DELETE /v1/kv/x", "", "")).startsWith("HTTP/1.1 204");
            assertThat(ask(proxy, "POST /v1/kv/y", "", "{}"))
                    .startsWith("HTTP/1.1 403")
                    .contains("permission denied")
                    .contains("application/json");
        }
        assertThat(server.asked.get(2).body()).isEqualTo("{\"k\":\"v\"}");
    }

    @Test
    void forwardsAPatchWhichTheJdksClientDoesNotKnow() throws IOException {
        server.on("PATCH secret/data/x?a=b", 200, ScriptedStore.SECRET).on("PATCH secret/data/y", 204, null);
        try (LoopbackProxy proxy = proxy("true", false)) {
            String type = "Content-Type: application/merge-patch+json\r\n";
            assertThat(ask(proxy, "PATCH /v1/secret/data/x?a=b", type, "{\"data\":{\"k\":\"v\"}}"))
                    .startsWith("HTTP/1.1 200")
                    .contains("12345678901234567890");
            assertThat(ask(proxy, "PATCH /v1/secret/data/y", type, "{}")).startsWith("HTTP/1.1 204");
            server.close();
            assertThat(ask(proxy, "PATCH /v1/secret/data/y", type, "{}")).startsWith("HTTP/1.1 502");
        }
        assertThat(server.asked.get(0).body()).isEqualTo("{\"data\":{\"k\":\"v\"}}");
        assertThat(server.asked.get(0).headers())
                .containsEntry("Content-type", "application/merge-patch+json")
                .containsEntry("X-vault-token", "s.agent")
                .containsEntry("X-vault-namespace", "team");
    }

    @Test
    void endsTheAgentOnlyWhereThatIsAllowed() throws Exception {
        try (LoopbackProxy proxy = proxy("true", false)) {
            assertThat(ask(proxy, "POST /agent/v1/quit", "", "")).startsWith("HTTP/1.1 404");
        }
        assertThat(quits.availablePermits()).isZero();
        try (LoopbackProxy proxy = proxy("true", true)) {
            assertThat(ask(proxy, "GET /agent/v1/quit", "", "")).startsWith("HTTP/1.1 405");
            assertThat(ask(proxy, "POST /agent/v1/quit", "", "")).startsWith("HTTP/1.1 200");
        }
        assertThat(quits.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
        assertThat(quits.availablePermits()).isZero();
        assertThat(server.asked).isEmpty();
    }

    @Test
    void aStoreThatIsGoneAndABodyThatIsTooLargeGetASentence() throws IOException {
        try (LoopbackProxy proxy = proxy("true", false)) {
            assertThat(ask(proxy, "PUT /v1/x", "", "x".repeat(Forwarder.LARGEST_BODY + 1)))
                    .startsWith("HTTP/1.1 413")
                    .contains("4 MiB");
            server.close();
            assertThat(ask(proxy, "GET /v1/x", "", ""))
                    .startsWith("HTTP/1.1 502")
                    .contains("no answer from " + server.address());
        }
    }

    /** Measured on a kept connection: 46 ms for each answer without it, and less than one with it. */
    @Test
    void anAnswersBodyDoesNotWaitForTheClientToAcknowledgeItsHead() throws IOException {
        try (LoopbackProxy proxy = proxy("true", false)) {
            assertThat(proxy.port()).isPositive();
            assertThat(System.getProperty("sun.net.httpserver.nodelay")).isEqualTo("true");
        }
    }

    private LoopbackProxy proxy(String useAutoAuthToken, boolean enableQuit) throws IOException {
        Duration second = Duration.ofSeconds(1);
        AuthConfig auth = new AuthConfig("jwt", "jwt", "web", "/t", null, Map.of(), second, second, false, null);
        StoreConfig store =
                new StoreConfig("vault", server.address(), "team", TlsConfig.DEFAULT, null, Duration.ofSeconds(5), 0);
        return new VaultStore(store, auth, Path.of("/"))
                .proxy(new ProxyConfig(0, useAutoAuthToken, enableQuit), new Lending(() -> TOKEN, quits::release));
    }

    /** Speaks HTTP by hand: the JDK's client knows neither LIST nor PATCH. */
    private static String ask(LoopbackProxy proxy, String request, String headers, String body) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port())) {
            OutputStream out = socket.getOutputStream();
            out.write((request + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: " + body.length()
                            + "\r\n" + headers + "\r\n" + body)
                    .getBytes(UTF_8));
            out.flush();
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), UTF_8);
        }
    }
}
