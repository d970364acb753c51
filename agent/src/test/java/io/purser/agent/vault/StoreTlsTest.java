package io.purser.agent.vault;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.purser.agent.config.AuthConfig;
import io.purser.agent.config.StoreConfig;
import io.purser.agent.config.TlsConfig;
import io.purser.agent.lease.AuthToken;
import io.purser.agent.lease.SecretValue;
import io.purser.agent.lease.StoreException;
import io.purser.agent.template.source.SecretRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class StoreTlsTest {

    private static final AuthToken TOKEN =
            new AuthToken(new SecretValue("s.token"), "acc", Duration.ofHours(1), true, true);

    @TempDir
    private static Path keys;

    private static Certificates here;
    private static Certificates elsewhere;
    private static Certificates agent;

    @TempDir
    private Path root;

    private @Nullable ScriptedStore server;

    @BeforeAll
    static void make() throws Exception {
        here = new Certificates(keys, "here", "EC", "ip:127.0.0.1");
        elsewhere = new Certificates(keys, "elsewhere", "EC", "dns:store.example");
        agent = new Certificates(keys, "agent", "RSA", "");
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void allCertificatesOfABundleAreTrustedAndOneConnectionServesAll() throws Exception {
        serve(here, false);
        Files.writeString(root.resolve("ca.pem"), "# two\n" + elsewhere.certificate() + "\n" + here.certificate());
        VaultStore store = store(tls(null, "/ca.pem", null, null, false));
        for (int i = 0; i < 5; i++) {
            assertThat(read(store)).isTrue();
        }
        assertThat(server.connections).hasSize(1);
    }

    @Test
    void aCaMayBeInTheSettingsOrInADirectory() throws Exception {
        serve(here, false);
        assertThat(read(store(tls(here.certificate(), null, null, null, false))))
                .isTrue();

        Path directory = Files.createDirectory(root.resolve("cas"));
        Files.createDirectory(directory.resolve("..data"));
        Files.writeString(directory.resolve("a.crt"), elsewhere.certificate());
        Files.writeString(directory.resolve("b.crt"), here.certificate());
        assertThat(read(store(tls(null, null, "/cas", null, false)))).isTrue();
    }

    @Test
    void twoStoresOfOneProcessKeepTheirTrustApart() throws Exception {
        serve(here, false);
        VaultStore trusting = store(tls(here.certificate(), null, null, null, false));
        VaultStore wary = store(tls(elsewhere.certificate(), null, null, null, false));
        assertThat(read(trusting)).isTrue();
        assertThatThrownBy(() -> read(wary)).hasMessageContaining("give the store's CA certificate");
        assertThat(read(trusting)).isTrue();
    }

    @Test
    void aCertificateOfAnotherNameIsRefusedUnlessThatNameIsExpected() throws Exception {
        serve(elsewhere, false);
        String ca = elsewhere.certificate();
        StoreException e =
                catchThrowableOfType(StoreException.class, () -> read(store(tls(ca, null, null, null, false))));
        assertThat(e.kind()).isEqualTo(StoreException.Kind.UNREACHABLE);
        assertThat(e).hasMessageContaining("another name").hasMessageContaining("server name");

        VaultStore named = store(tls(ca, null, null, "store.example", false));
        assertThat(read(named)).isTrue();
        assertThat(read(named)).isTrue();
        assertThat(server.connections).hasSize(1);
        assertThatThrownBy(() -> read(store(tls(ca, null, null, "other.example", false))))
                .hasMessageContaining("another name");
    }

    @Test
    void anyCertificateWillDoWhereTheSettingsSaySo() throws Exception {
        serve(elsewhere, false);
        assertThat(read(store(tls(null, null, null, null, true)))).isTrue();
    }

    @Test
    void theAgentShowsItsCertificate() throws Exception {
        serve(here, true);
        assertThatThrownBy(() -> read(store(tls(here.certificate(), null, null, null, false))))
                .isInstanceOf(StoreException.class);

        Files.writeString(root.resolve("tls.crt"), agent.certificate());
        Files.writeString(
                root.resolve("tls.key"),
                Certificates.pem("PRIVATE KEY", agent.key().getEncoded()));
        TlsConfig own = new TlsConfig(here.certificate(), null, null, null, false, "/tls.crt", "/tls.key");
        assertThat(read(store(own))).isTrue();
        assertThat(read(new VaultStore(
                        config(tls(here.certificate(), null, null, null, false)),
                        auth(Map.of("client_cert", "/tls.crt", "client_key", "/tls.key")),
                        root)))
                .isTrue();
    }

    @Test
    void aReplacedFileIsReadAgainAndABrokenOneLeavesWhatWas() throws Exception {
        serve(here, false);
        Path ca = Files.writeString(root.resolve("ca.pem"), elsewhere.certificate());
        VaultStore store = store(tls(null, "/ca.pem", null, null, false));
        assertThatThrownBy(() -> read(store)).hasMessageContaining("CA certificate");

        Files.writeString(ca, here.certificate());
        Files.setLastModifiedTime(ca, FileTime.from(Instant.EPOCH.plusSeconds(1)));
        assertThat(read(store)).isTrue();

        Files.writeString(ca, "half a fi");
        Files.setLastModifiedTime(ca, FileTime.from(Instant.EPOCH.plusSeconds(2)));
        assertThat(read(store)).isTrue();
        Files.delete(ca);
        assertThat(read(store)).isTrue();
    }

    @Test
    void filesThatAreMissingOrEmptyAreNamed() throws IOException {
        assertThatThrownBy(() -> read(store(tls(null, "/no.pem", null, null, false), "https://127.0.0.1:1")))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("/no.pem cannot be read");
        Files.writeString(root.resolve("empty.pem"), "nothing here");
        assertThatThrownBy(() -> read(store(tls(null, "/empty.pem", null, null, false), "https://127.0.0.1:1")))
                .hasMessageContaining("/empty.pem holds no certificate");
    }

    @Test
    void aServerWithoutTlsIsRecognised() throws Exception {
        try (ServerSocket plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread answering = new Thread(() -> {
                try (Socket socket = plain.accept()) {
                    socket.getInputStream().read();
                    socket.getOutputStream()
                            .write("HTTP/1.0 400 Bad Request\r\n\r\nTLS, what is that?".getBytes(US_ASCII));
                } catch (IOException e) {
                    // the client has seen enough
                }
            });
            answering.start();
            TlsConfig trust = tls(here.certificate(), null, null, null, false);
            String address = "https://127.0.0.1:" + plain.getLocalPort();
            assertThatThrownBy(() -> read(store(trust, address)))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("does not speak TLS");
            answering.join();
        }
    }

    private void serve(Certificates own, boolean clientsNeedCertificate) throws Exception {
        server = new ScriptedStore(own.server(agent), clientsNeedCertificate)
                .on("GET sys/internal/ui/mounts/kv/x", 200, "{\"data\":{\"path\":\"kv/\"}}")
                .on("GET kv/x", 200, ScriptedStore.SECRET);
    }

    private static boolean read(VaultStore store) {
        return store.fetch(new SecretRequest.Read("kv/x"), TOKEN) != null;
    }

    private VaultStore store(TlsConfig tls) {
        return store(tls, server.address());
    }

    private VaultStore store(TlsConfig tls, String address) {
        return new VaultStore(config(tls, address), auth(Map.of()), root);
    }

    private StoreConfig config(TlsConfig tls) {
        return config(tls, server.address());
    }

    private static StoreConfig config(TlsConfig tls, String address) {
        return new StoreConfig("vault", address, null, tls, null, Duration.ofSeconds(5), 0);
    }

    private static TlsConfig tls(
            @Nullable String pem,
            @Nullable String file,
            @Nullable String directory,
            @Nullable String name,
            boolean any) {
        return new TlsConfig(pem, file, directory, name, any, null, null);
    }

    private static AuthConfig auth(Map<String, String> parameters) {
        Duration second = Duration.ofSeconds(1);
        return new AuthConfig("cert", "cert", null, null, null, parameters, second, second, false, null);
    }
}
