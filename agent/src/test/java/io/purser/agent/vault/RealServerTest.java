package io.purser.agent.vault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.bettercloud.vault.json.Json;
import com.bettercloud.vault.json.JsonObject;
import io.purser.agent.config.AuthConfig;
import io.purser.agent.config.ListenerConfig;
import io.purser.agent.config.StoreConfig;
import io.purser.agent.config.TlsConfig;
import io.purser.agent.lease.AuthToken;
import io.purser.agent.lease.MadeToken;
import io.purser.agent.lease.SecretValue;
import io.purser.agent.lease.StoreException;
import io.purser.agent.lease.StoreException.Kind;
import io.purser.agent.template.source.Secret;
import io.purser.agent.template.source.SecretRequest;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the scripted store is taken to do, seen on a real server. Skipped where there is no {@code bao} on the PATH. */
@Timeout(60)
class RealServerTest {

    private static final SecretValue ROOT = new SecretValue(RealServer.ROOT_TOKEN);

    @TempDir
    private static Path directory;

    private static RealServer server;
    private static StoreConfig config;
    private static StoreConnection admin;
    private static KeyPair issuer;

    private VaultStore store;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(RealServer.program().isPresent(), "no bao is on the PATH");
        server = RealServer.start(RealServer.program().orElseThrow(), directory);
        TlsConfig tls = new TlsConfig(null, "/vault-ca.pem", null, null, false, null, null);
        config = new StoreConfig("vault", server.address(), null, tls, null, Duration.ofSeconds(10), 2);
        AuthConfig none = auth("token_file", "token", Map.of());
        StoreFaults faults = new StoreFaults(config, none);
        admin = new StoreConnection(
                new Driver(config, new StoreTls(config, none, new IdentityFiles(directory))), config, faults);
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        issuer = generator.generateKeyPair();
        policies();
        jwtMount();
    }

    @AfterAll
    static void stop() throws InterruptedException {
        if (server != null) {
            server.stop();
        }
    }

    private static void policies() {
        String policy = """
                path "secret/data/web/*" { capabilities = ["read", "create", "update", "patch"] }
                path "secret/metadata/web/*" { capabilities = ["list", "read"] }
                path "kv1/*" { capabilities = ["read", "list"] }
                path "auth/token/create" { capabilities = ["update"] }
                path "auth/token/create-orphan" { capabilities = ["update", "sudo"] }
                path "pki/issue/web" { capabilities = ["update"] }
                """;
        admin.write(new Operation("writing", "policy"), "sys/policies/acl/web", Map.of("policy", policy), ROOT);
        put("secret/data/web/a", "{'data':{'port':5432,'none':null}}");
        put("secret/data/web/a", "{'data':{'v':'2'}}");
        put("secret/data/web/b c/ü#1", "{'data':{'v':'odd'}}");
        put("sys/mounts/kv1", "{'type':'kv','options':{'version':'1'}}");
        put("kv1/x", "{'v':'one'}");
    }

    private static void jwtMount() {
        put("sys/auth/team/jwt", "{'type':'jwt'}");
        String key = Certificates.pem("PUBLIC KEY", issuer.getPublic().getEncoded());
        Map<String, Object> body = Map.of("jwt_validation_pubkeys", Json.array(key));
        admin.write(new Operation("writing", "x"), "auth/team/jwt/config", body, ROOT);
        put(
                "auth/team/jwt/role/web",
                "{'role_type':'jwt','user_claim':'sub','bound_audiences':['vault'],"
                        + "'token_policies':['web'],'token_ttl':'300s'}");
    }

    @BeforeEach
    void connect() throws Exception {
        Files.writeString(directory.resolve("token"), jwt("vault"));
        store = new VaultStore(config, auth("jwt", "team/jwt", Map.of()), directory);
    }

    @Test
    void forwardsAPatchOverTls() throws Exception {
        put("secret/data/web/patched", "{'data':{'kept':'a','changed':'b'}}");
        AuthToken token = store.login();
        String body = "{\"data\":{\"changed\":\"c\"}}";
        try (LoopbackProxy proxy = store.proxy(
                        new ListenerConfig.ProxyConfig(0, "true", false),
                        new LoopbackProxy.Lending(() -> token, () -> {}));
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port())) {
            socket.getOutputStream()
                    .write(("PATCH /v1/secret/data/web/patched HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                                    + "Content-Type: application/merge-patch+json\r\nContent-Length: " + body.length()
                                    + "\r\n\r\n" + body)
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 200");
        }
        Secret patched = store.fetch(new SecretRequest.Read("secret/web/patched"), token);
        assertThat(String.valueOf(patched.data())).contains("\"kept\":\"a\"", "\"changed\":\"c\"");
    }

    @Test
    void aVersionThatIsKnownIsNotReadAgain() {
        put("secret/data/web/versioned", "{'data':{'v':'1'}}");
        AuthToken token = store.login();
        SecretRequest request = new SecretRequest.Read("secret/web/versioned");
        Secret first = store.fetch(request, token, null);
        assertThat(store.fetch(request, token, first)).isSameAs(first);
        put("secret/metadata/web/versioned", "{'custom_metadata':{'team':'a'}}");
        Secret labelled = store.fetch(request, token, first);
        assertThat(labelled).isNotSameAs(first);
        assertThat(store.fetch(request, token, labelled)).isSameAs(labelled);
        put("secret/data/web/versioned", "{'data':{'v':'2'}}");
        assertThat(String.valueOf(store.fetch(request, token, labelled).data())).contains("\"v\":\"2\"");
    }

    @Test
    void logsInRenewsAndRevokes() {
        AuthToken token = store.login();
        assertThat(token.ttl()).isEqualTo(Duration.ofMinutes(5));
        assertThat(token.renewable()).isTrue();
        assertThat(token.accessor()).isNotEmpty();

        assertThat(store.renewToken(token).ttl()).isEqualTo(Duration.ofMinutes(5));

        store.revokeSelf(token);
        store.revokeSelf(token);
        assertThat(kindOf(() -> store.renewToken(token))).isEqualTo(Kind.TOKEN_DEAD);
        assertThat(kindOf(() -> store.fetch(new SecretRequest.Read("secret/web/a"), token)))
                .isEqualTo(Kind.TOKEN_DEAD);
    }

    @Test
    void aLoginWithAnotherAudienceIsRefusedAndSaysSo() throws Exception {
        Files.writeString(directory.resolve("token"), jwt("another"));
        StoreException e = catchThrowableOfType(StoreException.class, () -> store.login());
        assertThat(e.kind()).isEqualTo(Kind.DENIED);
        assertThat(e).hasMessageContaining("audience \"another\"").hasMessageContaining("as role \"web\"");
    }

    @Test
    void readsVersionsListsAndWritesOnAVersionedMount() {
        AuthToken token = store.login();
        assertThat(read("secret/web/a", token)).hasToString("{\"v\":\"2\"}");
        assertThat(read("secret/data/web/a?version=1", token)).hasToString("{\"none\":null,\"port\":5432}");
        assertThat(read("secret/web/b c/ü#1", token)).hasToString("{\"v\":\"odd\"}");

        Secret list = store.fetch(new SecretRequest.ListPath("secret/web"), token);
        assertThat(list.data().get("keys").asArray()).contains(Json.value("a"), Json.value("b c/"));
        assertThat(store.fetch(new SecretRequest.ListPath("secret/web/nothing"), token))
                .isNull();

        store.fetch(new SecretRequest.Write("secret/web/new", new TreeMap<>(Map.of("k", "v"))), token);
        assertThat(read("secret/web/new", token)).hasToString("{\"k\":\"v\"}");
    }

    @Test
    void readsAndListsOnAnUnversionedMount() {
        AuthToken token = store.login();
        Secret secret = store.fetch(new SecretRequest.Read("kv1/x"), token);
        assertThat(secret.data()).hasToString("{\"v\":\"one\"}");
        assertThat(store.fetch(new SecretRequest.ListPath("kv1"), token).data()).hasToString("{\"keys\":[\"x\"]}");
    }

    @Test
    void tellsAbsentDeletedAndDeniedApart() {
        AuthToken token = store.login();
        assertThat(kindOf(() -> store.fetch(new SecretRequest.Read("secret/web/nothing"), token)))
                .isEqualTo(Kind.NOT_FOUND);
        assertThat(kindOf(() -> store.fetch(new SecretRequest.Read("secret/other"), token)))
                .isEqualTo(Kind.DENIED);

        put("secret/data/web/gone", "{'data':{'v':'1'}}");
        put("secret/delete/web/gone", "{'versions':[1]}");
        StoreException e = catchThrowableOfType(
                StoreException.class, () -> store.fetch(new SecretRequest.Read("secret/web/gone"), token));
        assertThat(e.kind()).isEqualTo(Kind.NOT_FOUND);
        assertThat(e).hasMessageContaining("deleted version");
    }

    @Test
    void certificatesComeWithTheirWholeAnswerAndTheirLeaseCanBeEnded() {
        put("sys/mounts/pki", "{'type':'pki'}");
        put("pki/root/generate/internal", "{'common_name':'example.com','ttl':'24h'}");
        put("pki/roles/web", "{'allowed_domains':['example.com'],'allow_subdomains':true,'generate_lease':true}");
        AuthToken token = store.login();

        Secret secret = store.fetch(
                new SecretRequest.PkiCert(
                        "pki/issue/web", new TreeMap<>(Map.of("common_name", "a.example.com", "ttl", "1h"))),
                token);

        assertThat(secret.data().getString("certificate", "")).startsWith("-----BEGIN CERTIFICATE-----");
        assertThat(secret.leaseId()).startsWith("pki/issue/web/");
        assertThat(kindOf(() -> store.renewLease(secret.leaseId(), Duration.ofHours(1), token)))
                .as("a certificate's lease cannot be renewed, but the store knows the request")
                .isEqualTo(Kind.BAD_REQUEST);
        assertThat(kindOf(() -> store.revokeLease(secret.leaseId(), token))).isEqualTo(Kind.DENIED);
        store.revokeLease(secret.leaseId(), new AuthToken(ROOT, "", Duration.ZERO, false, true));
        assertThat(kindOf(() -> store.fetch(
                        new SecretRequest.Write("pki/issue/web", new TreeMap<>(Map.of("common_name", "b.other.com"))),
                        token)))
                .isEqualTo(Kind.BAD_REQUEST);
    }

    @Test
    void logsInByAppRoleAndWithATokenFromAFile() throws Exception {
        AuthToken token = byAppRole("web", "{'token_policies':['web'],'secret_id_ttl':'1h'}");
        assertThat(token.revocable()).isTrue();

        assertThat(read("secret/web/a", token)).hasToString("{\"v\":\"2\"}");
        Files.writeString(directory.resolve("vault-token"), token.value().text());
        AuthToken same = new VaultStore(
                        config, auth("token_file", "token", Map.of("token_file_path", "/vault-token")), directory)
                .login();
        assertThat(same.accessor()).isEqualTo(token.accessor());
        assertThat(same.revocable()).as("others may use it").isFalse();
    }

    @Test
    void aTokenWithoutTheDefaultPolicyIsNotTakenForDead() throws Exception {
        AuthToken token = byAppRole("bare", "{'token_policies':['web'],'token_no_default_policy':true}");
        assertThat(read("secret/web/a", token)).hasToString("{\"v\":\"2\"}");
        SecretRequest denied = new SecretRequest.Read("secret/other");
        assertThat(kindOf(() -> store.fetch(denied, token))).isEqualTo(Kind.DENIED);
        assertThat(kindOf(() -> store.renewToken(token))).isEqualTo(Kind.DENIED);
        assertThat(kindOf(() -> store.revokeSelf(token))).isEqualTo(Kind.DENIED);
        admin.write(
                new Operation("revoking", "x"),
                "auth/token/revoke-accessor",
                Map.of("accessor", token.accessor()),
                ROOT);
        assertThat(kindOf(() -> store.fetch(denied, token))).isEqualTo(Kind.TOKEN_DEAD);
        store.revokeSelf(token);
    }

    @Test
    void aBatchTokenIsKnownAsOneThatNoStoreRevokes() throws Exception {
        AuthToken token = byAppRole("batch", "{'token_policies':['web'],'token_type':'batch','token_ttl':'60s'}");
        assertThat(token.renewable()).isFalse();
        assertThat(token.revocable()).isFalse();
        assertThat(read("secret/web/a", token)).hasToString("{\"v\":\"2\"}");
        assertThat(kindOf(() -> store.revokeSelf(token))).isEqualTo(Kind.BAD_REQUEST);
    }

    @Test
    void aTokenThatATemplateMakesIsRenewedAndEndsWithItsParent() {
        AuthToken token = store.login();
        MadeToken child = made("auth/token/create", token);
        assertThat(child.orphan()).isFalse();
        assertThat(child.token().revocable()).isTrue();
        assertThat(store.renewToken(child.token()).ttl()).isEqualTo(Duration.ofMinutes(1));
        store.revokeSelf(token);
        assertThat(kindOf(() -> store.renewToken(child.token()))).isEqualTo(Kind.TOKEN_DEAD);

        AuthToken another = store.login();
        MadeToken orphan = made("auth/token/create-orphan", another);
        assertThat(orphan.orphan()).isTrue();
        store.revokeSelf(another);
        assertThat(store.renewToken(orphan.token()).renewable()).isTrue();
        store.revokeSelf(orphan.token());
        assertThat(kindOf(() -> store.renewToken(orphan.token()))).isEqualTo(Kind.TOKEN_DEAD);
    }

    private MadeToken made(String path, AuthToken by) {
        SecretRequest request = new SecretRequest.Write(path, new TreeMap<>(Map.of("policies", "web", "ttl", "60s")));
        return Objects.requireNonNull(MadeToken.in(request, store.fetch(request, by)));
    }

    private AuthToken byAppRole(String name, String role) throws Exception {
        Operation mounts = new Operation("listing", "mounts");
        if (admin.read(mounts, "sys/auth", ROOT).object("data").orElseThrow().get("approle/") == null) {
            put("sys/auth/approle", "{'type':'approle'}");
        }
        String path = "auth/approle/role/" + name;
        put(path, role);
        String roleId = admin.read(new Operation("reading", "x"), path + "/role-id", ROOT)
                .object("data")
                .orElseThrow()
                .getString("role_id", "");
        String secretId =
                put(path + "/secret-id", "{}").object("data").orElseThrow().getString("secret_id", "");
        Files.writeString(directory.resolve("role-id"), roleId);
        Files.writeString(directory.resolve("secret-id"), secretId);
        Map<String, String> parameters = Map.of("role_id_file_path", "/role-id", "secret_id_file_path", "/secret-id");
        return new VaultStore(config, auth("approle", "approle", parameters), directory).login();
    }

    private JsonObject read(String path, AuthToken token) {
        return store.fetch(new SecretRequest.Read(path), token).fields();
    }

    private static Answer put(String path, String json) {
        Map<String, Object> body = new HashMap<>();
        Json.parse(json.replace('\'', '"')).asObject().forEach(member -> body.put(member.getName(), member.getValue()));
        Answer answer = admin.write(new Operation("writing", path), path, body, ROOT);
        assertThat(answer.succeeded()).as("%s: %s", path, answer.errors()).isTrue();
        return answer;
    }

    private static Kind kindOf(ThrowingCallable call) {
        return catchThrowableOfType(StoreException.class, call).kind();
    }

    private static AuthConfig auth(String method, String mount, Map<String, String> parameters) {
        boolean byJwt = method.equals("jwt");
        Duration second = Duration.ofSeconds(1);
        return new AuthConfig(
                method,
                mount,
                byJwt ? "web" : null,
                byJwt ? "/token" : null,
                null,
                parameters,
                second,
                second,
                false,
                null);
    }

    private static String jwt(String audience) throws Exception {
        Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
        long now = Instant.now().getEpochSecond();
        String claims =
                "{\"aud\":\"" + audience + "\",\"sub\":\"pod\",\"nbf\":" + (now - 10) + ",\"exp\":" + (now + 600) + "}";
        String signed = encoder.encodeToString("{\"alg\":\"RS256\",\"typ\":\"JWT\"}".getBytes(UTF_8)) + "."
                + encoder.encodeToString(claims.getBytes(UTF_8));
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(issuer.getPrivate());
        signature.update(signed.getBytes(UTF_8));
        return signed + "." + encoder.encodeToString(signature.sign());
    }
}
