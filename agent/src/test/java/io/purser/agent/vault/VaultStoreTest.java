package io.purser.agent.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.purser.agent.config.StoreConfig;
import io.purser.agent.config.TlsConfig;
import io.purser.agent.lease.AuthToken;
import io.purser.agent.lease.LeaseTerms;
import io.purser.agent.lease.StoreException;
import io.purser.agent.lease.StoreException.Kind;
import io.purser.agent.template.source.Secret;
import io.purser.agent.template.source.SecretRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class VaultStoreTest extends StoreFixture {

    @Test
    void readsNumbersAsTheyAreWritten() {
        server.on("GET sys/internal/ui/mounts/kv/x", 200, KV1).on("GET kv/x", 200, ScriptedStore.SECRET);

        Secret secret = store().fetch(new SecretRequest.Read("kv/x"), TOKEN);

        assertThat(secret.data()).hasToString("{\"big\":12345678901234567890,\"price\":1.50,\"nothing\":null}");
        assertThat(server.asked.get(1).headers()).containsEntry("X-vault-token", "s.token");
    }

    @Test
    void putsDataBehindAVersionedMountAndAsksForEachMountOnce() {
        server.on("GET sys/internal/ui/mounts/secret/a", 200, KV2)
                .on("GET secret/data/a", 200, ScriptedStore.SECRET)
                .on("GET secret/data/b?version=3", 200, ScriptedStore.SECRET)
                .on("GET secret/metadata/c", 200, ScriptedStore.SECRET)
                .on("GET secret/metadata/d?list=true", 200, ScriptedStore.SECRET)
                .on("POST secret/data/e", 204, null);
        VaultStore store = store();

        store.fetch(new SecretRequest.Read("/secret/a/"), TOKEN);
        store.fetch(new SecretRequest.Read("secret/b?version=3"), TOKEN);
        store.fetch(new SecretRequest.Read("secret/metadata/c"), TOKEN);
        store.fetch(new SecretRequest.ListPath("secret/d"), TOKEN);
        Secret written = store.fetch(new SecretRequest.Write("secret/e", new TreeMap<>(Map.of("k", "v"))), TOKEN);

        assertThat(written).isNull();
        assertThat(server.requests())
                .containsExactly(
                        "GET sys/internal/ui/mounts/secret/a",
                        "GET secret/data/a",
                        "GET secret/data/b?version=3",
                        "GET secret/metadata/c",
                        "GET secret/metadata/d?list=true",
                        "POST secret/data/e");
        assertThat(server.asked.get(5).body()).isEqualTo("{\"data\":{\"k\":\"v\"}}");
    }

    @Test
    void readsAPathAsItIsWhereTheStoreDoesNotTellItsMount() {
        server.on(
                        "GET sys/internal/ui/mounts/secret/x",
                        403,
                        "{\"errors\":[\"preflight capability check returned 403\"]}")
                .on("GET secret/x", 200, ScriptedStore.SECRET);
        assertThat(store().fetch(new SecretRequest.Read("secret/x"), TOKEN)).isNotNull();
    }

    @Test
    void aStoreInTroubleSaysNothingAboutAMount() {
        server.on("GET sys/internal/ui/mounts/secret/x", 503, "{\"errors\":[\"Vault is sealed\"]}")
                .on("GET secret/x", 200, ScriptedStore.SECRET);
        assertThat(fault(() -> store().fetch(new SecretRequest.Read("secret/x"), TOKEN))
                        .kind())
                .isEqualTo(Kind.UNAVAILABLE);
    }

    @Test
    void encodesEverySegmentOfAPath() {
        server.on("GET sys/internal/ui/mounts/kv/a%20b/%C3%BC%23f%3F", 200, KV1)
                .on("GET kv/a%20b/%C3%BC%23f", 200, ScriptedStore.SECRET);
        VaultStore store = store();
        fault(() -> store.fetch(new SecretRequest.Read("kv/a b/ü#f"), TOKEN));
        server.on("GET sys/internal/ui/mounts/kv/a%20b/%C3%BC%23f", 200, KV1);
        assertThat(store.fetch(new SecretRequest.Read("kv/a b/ü#f"), TOKEN)).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({
        "my%20kv/a%20b, my%20kv/data/a%20b",
        "my kv/%C3%BC%23f, my%20kv/data/%C3%BC%23f",
        "my%20kv/q%3Fx?version=2, my%20kv/data/q%3Fx?version=2",
        "my%20kv/100%, my%20kv/data/100%25",
        "my%20kv/5%25, my%20kv/data/5%25"
    })
    void escapesInAPathAreResolvedAsInAUrl(String written, String asked) {
        String plain = asked.replaceFirst("data/", "").replaceFirst("\\?version.*", "");
        server.on("GET sys/internal/ui/mounts/" + plain, 200, KV2.replace("secret/", "my kv/"))
                .on("GET " + asked, 200, ScriptedStore.SECRET);
        assertThat(store().fetch(new SecretRequest.Read(written), TOKEN)).isNotNull();
    }

    @Test
    void aListingOfNothingIsNull() {
        assertThat(store().fetch(new SecretRequest.ListPath("kv/x"), TOKEN)).isNull();
    }

    @Test
    void aDeletedVersionIsNamedAsSuch() {
        server.on("GET sys/internal/ui/mounts/secret/x", 200, KV2)
                .on(
                        "GET secret/data/x",
                        404,
                        "{\"data\":{\"data\":null,\"metadata\":{\"version\":2,\"destroyed\":false}}}");
        StoreException e = fault(() -> store().fetch(new SecretRequest.Read("secret/x"), TOKEN));
        assertThat(e.kind()).isEqualTo(Kind.NOT_FOUND);
        assertThat(e).hasMessageContaining("secret/data/x").hasMessageContaining("deleted version");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    400 | {"errors":["bad"]}               | BAD_REQUEST  | status 400: bad
                    404 | {"errors":[]}                    | NOT_FOUND    | write the secret
                    405 | {"errors":["unsupported"]}       | BAD_REQUEST  | unsupported
                    412 | {"errors":["required index"]}    | UNAVAILABLE  | required index
                    429 | {"errors":["quota exceeded"]}    | RATE_LIMITED | asked less often
                    473 | {"errors":[]}                    | UNAVAILABLE  | standby
                    500 | {"errors":["internal error"]}    | UNAVAILABLE  | internal error
                    502 | <html>bad gateway</html>         | UNAVAILABLE  | status 502
                    503 | {"errors":["Vault is sealed"]}   | UNAVAILABLE  | unseal it
                    503 |                                  | UNAVAILABLE  | log
                    200 | {"data":{"a":                    | MALFORMED    | cut off
                    200 | ''                               | MALFORMED    | cut off
                    200 | []                               | MALFORMED    | no JSON
                    200 | <html>welcome</html>             | MALFORMED    | no JSON
                    """)
    void classifiesAnswers(int status, String body, Kind kind, String message) {
        server.on("GET sys/internal/ui/mounts/kv/x", 200, KV1).on("GET kv/x", status, body);
        StoreException e = fault(() -> store().fetch(new SecretRequest.Read("kv/x"), TOKEN));
        assertThat(e.kind()).isEqualTo(kind);
        assertThat(e).hasMessageContaining("reading kv/x").hasMessageContaining(message);
    }

    @Test
    void anAnswerThatBreaksOffIsMalformed() {
        server.on("GET sys/internal/ui/mounts/kv/x", 200, KV1)
                .cutOff("GET kv/x", ScriptedStore.SECRET, ScriptedStore.SECRET.length() / 2);
        assertThat(fault(() -> store().fetch(new SecretRequest.Read("kv/x"), TOKEN))
                        .kind())
                .isEqualTo(Kind.MALFORMED);
    }

    @Test
    void tellsADeniedPathFromADeadToken() {
        server.on("GET sys/internal/ui/mounts/kv/x", 200, KV1)
                .on("GET kv/x", 403, "{\"errors\":[\"1 error occurred:\\n\\t* permission denied\\n\\n\"]}")
                .on("GET auth/token/lookup-self", 200, "{\"data\":{\"id\":\"s.token\",\"ttl\":60}}");
        StoreException denied = fault(() -> store().fetch(new SecretRequest.Read("kv/x"), TOKEN));
        assertThat(denied.kind()).isEqualTo(Kind.DENIED);
        assertThat(denied)
                .hasMessageContaining("1 error occurred: * permission denied")
                .hasMessageContaining("role \"web\" at auth/team/jwt");

        server.on("GET auth/token/lookup-self", 403, "{\"errors\":[\"permission denied\"]}")
                .on("GET sys/internal/ui/mounts", 200, "{\"data\":{\"secret\":{},\"auth\":{}}}");
        assertThat(fault(() -> store().fetch(new SecretRequest.Read("kv/x"), TOKEN))
                        .kind())
                .as("it lives, and may not look itself up")
                .isEqualTo(Kind.DENIED);
        server.on("GET sys/internal/ui/mounts", 403, "{\"errors\":[\"permission denied\"]}");
        assertThat(fault(() -> store().fetch(new SecretRequest.Read("kv/x"), TOKEN))
                        .kind())
                .isEqualTo(Kind.TOKEN_DEAD);
    }

    @Test
    void renewsTheTokenAndTakesTheLifeThatWasGiven() {
        server.on(
                "POST auth/token/renew-self",
                200,
                "{\"auth\":{\"client_token\":\"s.token\",\"lease_duration\":90,\"renewable\":false}}");
        AuthToken renewed = store().renewToken(TOKEN);
        assertThat(renewed).isEqualTo(new AuthToken(TOKEN.value(), "acc", Duration.ofSeconds(90), false, true));
    }

    @Test
    void renewsALeaseAtTheEndpointThatEveryStoreHas() {
        server.on("POST sys/leases/renew", 200, "{\"lease_id\":\"db/1\",\"renewable\":true,\"lease_duration\":30}");
        assertThat(store().renewLease("db/1", Duration.ofMinutes(1), TOKEN))
                .isEqualTo(new LeaseTerms("db/1", Duration.ofSeconds(30), true));
        assertThat(server.asked.get(0).body()).isEqualTo("{\"increment\":60,\"lease_id\":\"db/1\"}");

        server.on("POST sys/leases/renew", 400, "{\"errors\":[\"lease not found\"]}");
        assertThat(fault(() -> store().renewLease("db/1", Duration.ofMinutes(1), TOKEN))
                        .kind())
                .isEqualTo(Kind.BAD_REQUEST);
    }

    @Test
    void revokesALeaseAndTheToken() {
        server.on("POST sys/leases/revoke", 204, null).on("POST auth/token/revoke-self", 204, null);
        store().revokeLease("db/1", TOKEN);
        store().revokeSelf(TOKEN);
        server.on("POST sys/leases/revoke", 403, "{\"errors\":[\"permission denied\"]}");
        assertThat(fault(() -> store().revokeLease("db/1", TOKEN)).kind()).isEqualTo(Kind.DENIED);
        assertThat(server.requests()).hasSize(3).doesNotContain("GET auth/token/lookup-self");
    }

    @Test
    void aTokenThatMayNotBeRevokedIsToldFromOneThatIsGone() {
        String denied = "{\"errors\":[\"permission denied\"]}";
        server.on("POST auth/token/revoke-self", 403, denied)
                .on("GET auth/token/lookup-self", 403, denied)
                .on("GET sys/internal/ui/mounts", 403, denied);
        store().revokeSelf(TOKEN);
        server.on("GET sys/internal/ui/mounts", 200, "{\"data\":{}}");
        assertThat(fault(() -> store().revokeSelf(TOKEN)).kind()).isEqualTo(Kind.DENIED);
    }

    @Test
    void sendsTheNamespaceWithEveryRequest() throws IOException {
        Files.writeString(root.resolve("token"), "jwt");
        server.on("POST auth/team/jwt/login", 200, ScriptedStore.LOGIN)
                .on("GET sys/internal/ui/mounts/secret/x", 200, KV2.replace("secret/", "team/a/secret/"))
                .on("GET secret/data/x", 200, ScriptedStore.SECRET)
                .on("POST auth/token/revoke-self", 204, null);
        VaultStore store = new VaultStore(config(server.address(), "team/a/"), auth("jwt", "team/jwt", Map.of()), root);
        store.login();
        store.fetch(new SecretRequest.Read("secret/x"), TOKEN);
        store.revokeSelf(TOKEN);
        assertThat(server.asked).hasSize(4).allSatisfy(asked -> assertThat(asked.headers())
                .containsEntry("X-vault-namespace", "team/a/"));
    }

    @Test
    void anUnreachableStoreIsNamedWithTheReason() {
        String gone = server.address();
        server.close();
        VaultStore store = new VaultStore(config(gone, null), auth("jwt", "jwt", Map.of()), root);
        StoreException e = fault(() -> store.fetch(new SecretRequest.Read("kv/x"), TOKEN));
        assertThat(e.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(e).hasMessageContaining(gone).hasMessageContaining("refused");

        VaultStore nowhere =
                new VaultStore(config("http://no.such.host.invalid:8200", null), auth("jwt", "jwt", Map.of()), root);
        assertThatThrownBy(() -> nowhere.fetch(new SecretRequest.Read("kv/x"), TOKEN))
                .hasMessageContaining("host name is not known");
    }

    @Test
    void aStoreThatDoesNotAnswerIsGivenUpAfterItsTimeAndNotAskedTwice() throws IOException {
        // The kernel takes the connection; nobody ever reads from it.
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            StoreConfig patient = config("http://127.0.0.1:" + silent.getLocalPort(), null);
            StoreConfig hasty = new StoreConfig(
                    "vault", patient.address(), null, TlsConfig.DEFAULT, null, Duration.ofMillis(300), 5);
            VaultStore store = new VaultStore(hasty, auth("jwt", "jwt", Map.of()), root);
            StoreException e = fault(() -> store.fetch(new SecretRequest.Read("kv/x"), TOKEN));
            assertThat(e.kind()).isEqualTo(Kind.UNREACHABLE);
            assertThat(e).hasMessageContaining("timed out").hasMessageContaining("network policies");
            silent.setSoTimeout(1);
            silent.accept().close();
            assertThatThrownBy(silent::accept)
                    .as("a request that may have arrived is not sent again")
                    .isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void anAnswerThatNeverEndsIsGivenUp() throws Exception {
        try (ServerSocket trickling = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread drip = new Thread(() -> drip(trickling));
            drip.setDaemon(true);
            drip.start();
            StoreConfig hasty = new StoreConfig(
                    "vault",
                    "http://127.0.0.1:" + trickling.getLocalPort(),
                    null,
                    TlsConfig.DEFAULT,
                    null,
                    Duration.ofSeconds(1),
                    0);
            VaultStore store = new VaultStore(hasty, auth("jwt", "jwt", Map.of()), root);
            StoreException e = fault(() -> store.fetch(new SecretRequest.Read("kv/x"), TOKEN));
            assertThat(e.kind()).isEqualTo(Kind.UNREACHABLE);
            assertThat(e).hasMessageContaining("the answer did not end after 1 s");
        }
    }

    /** A body without an end, a byte every 100 ms. */
    private static void drip(ServerSocket server) {
        try (Socket socket = server.accept()) {
            OutputStream out = socket.getOutputStream();
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            while (!server.isClosed()) {
                out.write(' ');
                out.flush();
                LockSupport.parkNanos(100_000_000);
            }
        } catch (IOException e) {
            // the test is over
        }
    }

    @ParameterizedTest
    @CsvSource({"429,17,17", "503,600,600", "429,soon,", "404,17,"})
    void handsOnHowLongTheStoreAsksToWait(int status, String header, Long seconds) {
        server.refuse("POST auth/token/renew-self", status, header);
        StoreException e = fault(() -> store().renewToken(TOKEN));
        assertThat(e.retryAfter()).isEqualTo(seconds == null ? null : Duration.ofSeconds(seconds));
        server.on("POST auth/token/renew-self", 500, "{}");
        assertThat(fault(() -> store().renewToken(TOKEN)).retryAfter())
                .as("a wish is not remembered")
                .isNull();
    }
}
