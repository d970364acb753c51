package io.purser.agent.vault;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.purser.agent.config.AuthConfig;
import io.purser.agent.config.StoreConfig;
import io.purser.agent.config.TlsConfig;
import io.purser.agent.lease.AuthToken;
import io.purser.agent.lease.SecretValue;
import io.purser.agent.lease.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A store that says what it is told to, and the agent's driver of it. */
abstract class StoreFixture {

    static final AuthToken TOKEN = new AuthToken(new SecretValue("s.token"), "acc", Duration.ofHours(1), true, true);
    static final String KV2 = "{\"data\":{\"path\":\"secret/\",\"type\":\"kv\",\"options\":{\"version\":\"2\"}}}";
    static final String KV1 = "{\"data\":{\"path\":\"kv/\",\"type\":\"kv\",\"options\":null}}";

    @TempDir
    Path root;

    ScriptedStore server;

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedStore(null);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    VaultStore store() {
        return store(auth("jwt", "team/jwt", Map.of()));
    }

    VaultStore store(AuthConfig auth) {
        return new VaultStore(config(server.address(), null), auth, root);
    }

    static StoreConfig config(String address, String namespace) {
        return new StoreConfig("vault", address, namespace, TlsConfig.DEFAULT, null, Duration.ofSeconds(5), 1);
    }

    static AuthConfig auth(String method, String mount, Map<String, String> parameters) {
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

    static StoreException fault(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return catchThrowableOfType(StoreException.class, call);
    }
}
