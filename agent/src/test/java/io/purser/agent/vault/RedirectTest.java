package io.purser.agent.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.purser.agent.lease.AuthToken;
import io.purser.agent.template.source.SecretRequest;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A standby that does not ask the active server itself sends its clients there. */
@Timeout(30)
class RedirectTest extends StoreFixture {

    private ScriptedStore active;

    @BeforeEach
    void startActive() throws IOException {
        active = new ScriptedStore(null);
    }

    @AfterEach
    void stopActive() {
        active.close();
    }

    @Test
    void aLoginGoesOnAtTheActiveServer() throws IOException {
        Files.writeString(root.resolve("token"), "jwt");
        server.redirect("POST auth/team/jwt/login", active.address() + "/v1/auth/team/jwt/login");
        active.on("POST auth/team/jwt/login", 200, ScriptedStore.LOGIN);

        AuthToken token = store().login();

        assertThat(token.accessor()).isEqualTo("acc");
        assertThat(active.asked.get(0).body()).isEqualTo("{\"jwt\":\"jwt\",\"role\":\"web\"}");
    }

    @Test
    void aReadGoesOnAtTheActiveServerWithItsToken() {
        server.redirect("GET database/creds/web", active.address() + "/v1/database/creds/web");
        active.on("GET database/creds/web", 200, ScriptedStore.SECRET);

        assertThat(store().fetch(new SecretRequest.Read("database/creds/web"), TOKEN, null))
                .isNotNull();
        assertThat(active.asked.get(0).headers()).containsEntry("X-vault-token", "s.token");
    }
}
