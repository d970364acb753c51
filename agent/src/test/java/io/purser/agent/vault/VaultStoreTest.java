package io.purser.agent.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.purser.agent.config.AuthConfig;
import io.purser.agent.config.StoreConfig;
import io.purser.agent.config.TlsConfig;
import io.purser.agent.lease.AuthToken;
import io.purser.agent.lease.LeaseTerms;
import io.purser.agent.lease.SecretValue;
import io.purser.agent.lease.StoreException;
import io.purser.agent.lease.StoreException.Kind;
import io.purser.agent.template.source.Secret;
import io.purser.agent.template.source.SecretRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Authenticator;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class VaultStoreTest {

    private static final AuthToken TOKEN =
            new AuthToken(new SecretValue("s.token"), "acc", Duration.ofHours(1), true, 0);
    private static final String KV2 =
            "{\"data\":{\"path\":\"secret/\",\"type\":\"kv\",\"options\":{\"version\":\"2\"}}}";
    private static final String KV1 = "{\"data\":{\"path\":\"kv/\",\"type\":\"kv\",\"options\":null}}";

    @TempDir
    private Path root;

    private ScriptedStore server;

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedStore(null);
    }

    @AfterEach
    void stop() {
        server.close();
    }

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

        server.on("GET auth/token/lookup-self", 403, "{\"errors\":[\"permission denied\"]}");
        assertThat(fault(() -> store().fetch(new SecretRequest.Read("kv/x"), TOKEN))
                        .kind())
                .isEqualTo(Kind.TOKEN_DEAD);
    }

    @Test
    void logsInWithTheTokenOfThePodReadAnewEachTime() throws IOException {
        server.on("POST auth/team/jwt/login", 200, ScriptedStore.LOGIN);
        VaultStore store = store();
        Files.writeString(root.resolve("token"), " first\n");
        AuthToken token = store.login();
        Files.writeString(root.resolve("token"), "second");
        store.login();

        assertThat(token.value().text()).isEqualTo("s.token");
        assertThat(token).hasToString("AuthToken[value=[REDACTED], accessor=acc, ttl=PT1H, renewable=true, uses=7]");
        assertThat(server.asked.get(0).body()).isEqualTo("{\"jwt\":\"first\",\"role\":\"web\"}");
        assertThat(server.asked.get(1).body()).contains("second");
    }

    @Test
    void aRefusedLoginNamesRoleMountAndAudienceButNotTheToken() throws IOException {
        String claims = "{\"aud\":[\"https://kubernetes.default.svc\"],\"sub\":\"s\"}";
        String jwt = "h." + Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes()) + ".signature";
        Files.writeString(root.resolve("token"), jwt);
        server.on("POST auth/team/jwt/login", 403, "{\"errors\":[\"permission denied\"]}");

        StoreException e = fault(() -> store().login());

        assertThat(e.kind()).isEqualTo(Kind.DENIED);
        assertThat(e)
                .hasMessageContaining("auth/team/jwt as role \"web\"")
                .hasMessageContaining("audience [\"https://kubernetes.default.svc\"]")
                .hasMessageContaining("status 403: permission denied")
                .hasMessageNotContaining("signature");
    }

    @Test
    void aTokenFileThatIsNotThereIsNamed() {
        StoreException e = fault(() -> store().login());
        assertThat(e.kind()).isEqualTo(Kind.DENIED);
        assertThat(e).hasMessageContaining("/token").hasMessageContaining("mounted");
        assertThat(server.asked).isEmpty();
    }

    @Test
    void logsInByAppRole() throws IOException {
        Files.writeString(root.resolve("role"), "r1\n");
        Files.writeString(root.resolve("secret"), "s1\n");
        server.on("POST auth/approle/login", 200, ScriptedStore.LOGIN);
        VaultStore store = store(auth(
                "approle",
                "approle",
                Map.of(
                        "role_id_file_path",
                        "/role",
                        "secret_id_file_path",
                        "/secret",
                        "remove_secret_id_file_after_reading",
                        "true")));

        store.login();
        assertThat(root.resolve("secret")).doesNotExist();
        store.login();

        assertThat(server.asked).allSatisfy(asked -> assertThat(asked.body()).contains("\"r1\"", "\"s1\""));
        assertThat(server.asked).hasSize(2);
    }

    @Test
    void aSecretIdThatCannotBeRemovedIsToldAndStopsNoLogin() throws IOException {
        Files.writeString(root.resolve("role"), "r1\n");
        Files.createSymbolicLink(root.resolve("fixed"), Path.of("/proc/self")); // nobody removes a file from there
        server.on("POST auth/approle/login", 200, ScriptedStore.LOGIN);
        Map<String, String> parameters = Map.of(
                "role_id_file_path",
                "/role",
                "secret_id_file_path",
                "/fixed/comm",
                "remove_secret_id_file_after_reading",
                "true");
        List<String> notices = new ArrayList<>();
        new VaultStore(config(server.address(), null), auth("approle", "approle", parameters), root, notices::add)
                .login();
        Files.delete(root.resolve("fixed"));
        assertThat(server.asked).hasSize(1);
        assertThat(notices)
                .singleElement()
                .asString()
                .contains("/fixed/comm", "could not be removed", "remove_secret_id_file_after_reading");
    }

    @Test
    void takesAWrappedSecretIdOnlyFromWhereItShouldBeMade() throws IOException {
        Files.writeString(root.resolve("role"), "r1");
        Files.writeString(root.resolve("secret"), "wrapping");
        Map<String, String> parameters = Map.of(
                "role_id_file_path",
                "/role",
                "secret_id_file_path",
                "/secret",
                "secret_id_response_wrapping_path",
                "auth/approle/role/web/secret-id");
        server.on("POST auth/approle/login", 200, ScriptedStore.LOGIN)
                .on(
                        "POST sys/wrapping/lookup",
                        200,
                        "{\"data\":{\"creation_path\":\"auth/approle/role/web/secret-id\"}}")
                .on("POST sys/wrapping/unwrap", 200, "{\"data\":{\"secret_id\":\"s9\"}}");
        store(auth("approle", "approle", parameters)).login();
        assertThat(server.asked.get(2).body()).contains("\"s9\"");

        server.on("POST sys/wrapping/lookup", 200, "{\"data\":{\"creation_path\":\"cubbyhole/x\"}}");
        StoreException e =
                fault(() -> store(auth("approle", "approle", parameters)).login());
        assertThat(e).hasMessageContaining("not made at").hasMessageNotContaining("wrapping\"");
        assertThat(server.requests().subList(3, server.requests().size()))
                .as("a strange wrapping is not opened")
                .containsExactly("POST sys/wrapping/lookup");
    }

    @Test
    void takesATokenFromAFile() throws IOException {
        Files.writeString(root.resolve("vault-token"), "s.file\n");
        server.on(
                "GET auth/token/lookup-self",
                200,
                "{\"data\":{\"id\":\"s.file\",\"accessor\":\"a\",\"ttl\":120,\"renewable\":true,\"num_uses\":0}}");
        AuthToken token = store(auth("token_file", "token", Map.of("token_file_path", "/vault-token")))
                .login();
        assertThat(token.value().text()).isEqualTo("s.file");
        assertThat(token.ttl()).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void renewsTheTokenAndTakesTheLifeThatWasGiven() {
        server.on(
                "POST auth/token/renew-self",
                200,
                "{\"auth\":{\"client_token\":\"s.token\",\"lease_duration\":90,\"renewable\":false}}");
        AuthToken renewed = store().renewToken(TOKEN);
        assertThat(renewed).isEqualTo(new AuthToken(TOKEN.value(), "acc", Duration.ofSeconds(90), false, 0));
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
        server.on("POST auth/token/revoke-self", 403, "{\"errors\":[\"permission denied\"]}");
        store().revokeSelf(TOKEN);
        server.on("POST sys/leases/revoke", 403, "{\"errors\":[\"permission denied\"]}");
        assertThat(fault(() -> store().revokeLease("db/1", TOKEN)).kind()).isEqualTo(Kind.DENIED);
        assertThat(server.requests()).hasSize(4).doesNotContain("GET auth/token/lookup-self");
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

    private static final String VERSION_3 = "{\"data\":{\"data\":{\"a\":\"b\"},\"metadata\":{\"version\":3,"
            + "\"created_time\":\"t3\",\"deletion_time\":\"\",\"destroyed\":false,\"custom_metadata\":null}}}";

    private static String metadata(int version, String entry, String custom) {
        return "{\"data\":{\"current_version\":" + version + ",\"custom_metadata\":" + custom + ",\"versions\":{\"3\":{"
                + entry + "}}}}";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "3 | 'created_time':'t3','deletion_time':'','destroyed':false  | null        | true",
                "4 | 'created_time':'t3','deletion_time':'','destroyed':false  | null        | false",
                "3 | 'created_time':'t9','deletion_time':'','destroyed':false  | null        | false",
                "3 | 'created_time':'t3','deletion_time':'t4','destroyed':false | null       | false",
                "3 | 'created_time':'t3','deletion_time':'','destroyed':true   | null        | false",
                "3 | 'created_time':'t3','deletion_time':'','destroyed':false  | {'team':'a'} | false"
            },
            quoteCharacter = '~')
    void aVersionThatIsKnownIsNotReadAgain(int version, String entry, String custom, boolean same) {
        server.on("GET sys/internal/ui/mounts/secret/x", 200, KV2)
                .on("GET secret/data/x", 200, VERSION_3)
                .on(
                        "GET secret/metadata/x",
                        200,
                        metadata(version, entry, custom).replace('\'', '"'));
        VaultStore store = store();
        SecretRequest request = new SecretRequest.Read("secret/x");
        Secret known = store.fetch(request, TOKEN, null);
        Secret again = store.fetch(request, TOKEN, known);
        assertThat(again == known).isEqualTo(same);
        assertThat(server.requests())
                .endsWith(same ? "GET secret/metadata/x" : "GET secret/data/x")
                .hasSize(same ? 3 : 4);
        assertThat(store.requests()).isEqualTo(same ? 3 : 4);
    }

    @Test
    void metadataThatMayNotBeReadIsAskedForOnceForEachLogin() throws IOException {
        Files.writeString(root.resolve("token"), "jwt");
        server.on("GET sys/internal/ui/mounts/secret/data/x", 200, KV2)
                .on("GET secret/data/x", 200, VERSION_3)
                .on("GET secret/metadata/x", 403, "{\"errors\":[\"permission denied\"]}")
                .on("POST auth/team/jwt/login", 200, ScriptedStore.LOGIN);
        VaultStore store = store();
        SecretRequest request = new SecretRequest.Read("secret/data/x");
        Secret known = store.fetch(request, TOKEN, null);
        for (int i = 0; i < 3; i++) {
            known = store.fetch(request, TOKEN, known);
        }
        assertThat(server.requests()).containsOnlyOnce("GET secret/metadata/x");
        store.login();
        store.fetch(request, TOKEN, known);
        assertThat(server.requests().stream().filter("GET secret/metadata/x"::equals))
                .hasSize(2);
    }

    @Test
    void aStoreInTroubleIsNotAskedTwiceForOneSecret() {
        server.on("GET sys/internal/ui/mounts/secret/x", 200, KV2)
                .on("GET secret/data/x", 200, VERSION_3)
                .on("GET secret/metadata/x", 503, "{\"errors\":[\"Vault is sealed\"]}");
        VaultStore store = store();
        SecretRequest request = new SecretRequest.Read("secret/x");
        Secret known = store.fetch(request, TOKEN, null);
        assertThat(fault(() -> store.fetch(request, TOKEN, known)).kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(server.requests()).endsWith("GET secret/metadata/x");
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

    @ParameterizedTest
    @ValueSource(strings = {"not.a.jwt", "x", "a.e30.b", "a..b", "a.bm9wZQ.b"})
    void ofWhatIsNoJwtNothingIsShown(String jwt) {
        assertThat(Jwt.audience(jwt)).startsWith("no audience");
    }

    private VaultStore store() {
        return store(auth("jwt", "team/jwt", Map.of()));
    }

    private VaultStore store(AuthConfig auth) {
        return new VaultStore(config(server.address(), null), auth, root);
    }

    private static StoreConfig config(String address, String namespace) {
        return new StoreConfig("vault", address, namespace, TlsConfig.DEFAULT, null, Duration.ofSeconds(5), 1);
    }

    private static AuthConfig auth(String method, String mount, Map<String, String> parameters) {
        boolean byToken = method.equals("jwt");
        return new AuthConfig(
                method,
                mount,
                byToken ? "web" : null,
                byToken ? "/token" : null,
                null,
                parameters,
                Duration.ofSeconds(1),
                Duration.ofMinutes(5),
                false,
                null);
    }

    private static StoreException fault(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return catchThrowableOfType(StoreException.class, call);
    }
}
