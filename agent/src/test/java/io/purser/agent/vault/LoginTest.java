package io.purser.agent.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.purser.agent.lease.AuthToken;
import io.purser.agent.lease.StoreException;
import io.purser.agent.lease.StoreException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the agent logs in, by each of its methods. */
@Timeout(30)
class LoginTest extends StoreFixture {

    @Test
    void logsInWithTheTokenOfThePodReadAnewEachTime() throws IOException {
        server.on("POST auth/team/jwt/login", 200, ScriptedStore.LOGIN);
        VaultStore store = store();
        Files.writeString(root.resolve("token"), " first\n");
        AuthToken token = store.login();
        Files.writeString(root.resolve("token"), "second");
        store.login();

        assertThat(token.value().text()).isEqualTo("s.token");
        assertThat(token)
                .hasToString("AuthToken[value=[REDACTED], accessor=acc, ttl=PT1H, renewable=true, revocable=true]");
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
        assertThat(token.revocable()).as("others may use it").isFalse();
    }

    @Test
    void aBatchTokenCanBeNeitherRenewedNorRevoked() throws IOException {
        Files.writeString(root.resolve("token"), "jwt");
        server.on(
                "POST auth/team/jwt/login",
                200,
                "{\"auth\":{\"client_token\":\"b.token\",\"accessor\":\"\",\"lease_duration\":60,\"renewable\":false,\"token_type\":\"batch\"}}");
        AuthToken token = store().login();
        assertThat(token.renewable()).isFalse();
        assertThat(token.revocable()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"not.a.jwt", "x", "a.e30.b", "a..b", "a.bm9wZQ.b"})
    void ofWhatIsNoJwtNothingIsShown(String jwt) {
        assertThat(Jwt.audience(jwt)).startsWith("no audience");
    }
}
