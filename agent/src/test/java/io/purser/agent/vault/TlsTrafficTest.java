package io.purser.agent.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.purser.agent.config.StoreConfig;
import io.purser.agent.config.TlsConfig;
import io.purser.agent.template.source.SecretRequest;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes over TLS, and what goes wrong there, whichever TLS it is. */
@Timeout(60)
class TlsTrafficTest {

    private static final String MOUNT = "GET sys/internal/ui/mounts/kv/x";
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    @TempDir
    private static Path keys;

    private static Certificates here;

    @TempDir
    private Path root;

    @BeforeAll
    static void make() throws Exception {
        here = new Certificates(keys, "here", "EC", "ip:127.0.0.1,dns:localhost");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void answersOfAMegabyteComeWhole(String version) throws Exception {
        String large = "x".repeat(1 << 20);
        try (ScriptedStore server = new ScriptedStore(here.server(here), version)) {
            server.on(MOUNT, 200, "{\"data\":{\"path\":\"kv/\"}}")
                    .on("GET kv/x", 200, "{\"data\":{\"v\":\"" + large + "\"},\"lease_duration\":0}");
            VaultStore store = store(server.address(), trust(here));
            for (int i = 0; i < 3; i++) {
                assertThat(read(store)).contains(large);
            }
            assertThat(server.connections).hasSize(1);
        }
    }

    @Test
    void aRequestOfAMegabyteGoesWhole() throws Exception {
        try (ScriptedStore server = new ScriptedStore(here.server(here))) {
            server.on("PATCH kv/x", 204, null);
            byte[] body = "y".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
            StoreConfig config = config(server.address(), trust(here));
            StoreTls tls = new StoreTls(config, StoreFixture.auth("cert", "cert", Map.of()), new IdentityFiles(root));
            PatchExchange patch = new PatchExchange(config, tls.get().getSocketFactory());
            URI target = URI.create(server.address() + "/v1/kv/x");
            assertThat(patch.send(target, new com.sun.net.httpserver.Headers(), body)
                            .status())
                    .isEqualTo(204);
            assertThat(server.asked.get(0).body()).hasSize(1 << 20);
        }
    }

    @Test
    void anAnswerThatBreaksOffIsNone() throws Exception {
        try (ScriptedStore server = new ScriptedStore(here.server(here))) {
            server.on(MOUNT, 200, "{\"data\":{\"path\":\"kv/\"}}").cutOff("GET kv/x", ScriptedStore.SECRET, 20);
            VaultStore store = store(server.address(), trust(here));
            assertThatThrownBy(() -> read(store)).hasMessageContaining("cut off");
        }
    }

    @Test
    void aServerThatSaysNothingIsLeft() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            VaultStore store = store("https://127.0.0.1:" + silent.getLocalPort(), trust(here));
            assertThatThrownBy(() -> read(store)).hasMessageContaining("after 2 s");
        }
    }

    @Test
    void aCertificateThatHasExpiredIsNamedAsSuch() throws Exception {
        Certificates old = Certificates.expired(keys, "old", "ip:127.0.0.1");
        try (ScriptedStore server = new ScriptedStore(old.server(here))) {
            VaultStore store = store(server.address(), trust(old.authority()));
            assertThatThrownBy(() -> read(store)).hasMessageContaining("has expired or is not valid yet");
        }
    }

    @Test
    void theAuthorityIsEnoughAndSoIsTheServersOwnCertificate() throws Exception {
        Certificates signed = Certificates.signed(keys, "leaf", "EC", "ip:127.0.0.1");
        try (ScriptedStore server = new ScriptedStore(signed.server(here))) {
            server.on(MOUNT, 200, "{\"data\":{\"path\":\"kv/\"}}").on("GET kv/x", 200, ScriptedStore.SECRET);
            assertThat(read(store(server.address(), trust(signed.authority())))).contains("price");
            // and so is the server's own, without what signed it
            assertThat(read(store(server.address(), trust(signed)))).contains("price");
        }
    }

    private static TlsConfig trust(String pem) {
        return new TlsConfig(pem, null, null, null, false, null, null);
    }

    private static TlsConfig trust(Certificates certificates) throws GeneralSecurityException {
        return trust(certificates.certificate());
    }

    private static String read(VaultStore store) {
        return String.valueOf(
                store.fetch(new SecretRequest.Read("kv/x"), StoreFixture.TOKEN).data());
    }

    private VaultStore store(String address, TlsConfig tls) {
        return new VaultStore(config(address, tls), StoreFixture.auth("cert", "cert", Map.of()), root);
    }

    private static StoreConfig config(String address, TlsConfig tls) {
        return new StoreConfig("vault", address, null, tls, null, TIMEOUT, 0);
    }
}
