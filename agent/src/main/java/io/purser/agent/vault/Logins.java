package io.purser.agent.vault;

import com.bettercloud.vault.json.JsonObject;
import com.bettercloud.vault.json.JsonValue;
import io.purser.agent.config.AuthConfig;
import io.purser.agent.lease.AuthToken;
import io.purser.agent.lease.SecretValue;
import io.purser.agent.template.source.SecretRequest;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The ways to log in, by the store's names of them. */
final class Logins {

    private final AuthConfig auth;
    private final IdentityFiles files;
    private final StoreConnection connection;
    private final StoreFaults faults;
    private final String mount;
    private final Consumer<String> notices;

    /** @param notices takes sentences about what did not stop a login */
    Logins(
            AuthConfig auth,
            IdentityFiles files,
            StoreConnection connection,
            StoreFaults faults,
            Consumer<String> notices) {
        this.auth = auth;
        this.files = files;
        this.connection = connection;
        this.faults = faults;
        this.notices = notices;
        this.mount = SecretRequest.trim(auth.mount()).replaceFirst("^auth/", "");
    }

    /** The configured one. */
    Login configured() {
        return switch (auth.method()) {
            case "kubernetes", "jwt" -> this::byJwt;
            case "approle" -> new AppRoleLogin(auth, files, connection, this);
            case "cert" -> this::byCertificate;
            case "token_file" -> this::byTokenFile;
            default -> throw new IllegalArgumentException("auth method " + auth.method() + " is unknown");
        };
    }

    Consumer<String> notices() {
        return notices;
    }

    /** What to call this login in messages. */
    Operation operation(String identity) {
        String role = auth.role() == null ? "" : " as role \"" + auth.role() + "\"";
        return new Operation(Operation.LOGIN, "auth/" + mount + role + identity);
    }

    /**
     * Sends a login to the mount.
     *
     * @param body what proves the identity
     */
    AuthToken login(Operation operation, Map<String, Object> body) {
        Answer answer = connection.write(operation, "auth/" + mount + "/login", body, null);
        if (!answer.succeeded()) {
            throw faults.refused(operation, answer);
        }
        return answer.object("auth")
                .flatMap(block -> token(block, "client_token", "lease_duration", "token_type"))
                .orElseThrow(() -> faults.malformed(operation, "holds no token"));
    }

    private AuthToken byJwt() {
        String file = auth.tokenFile() != null
                ? auth.tokenFile()
                : auth.parameters().getOrDefault(auth.method().equals("jwt") ? "path" : "token_path", "");
        String jwt = files.read(file, "the pod's token");
        Operation operation = operation(" with a token for " + Jwt.audience(jwt));
        Map<String, Object> body = new TreeMap<>(Map.of("jwt", jwt));
        if (auth.role() != null) {
            body.put("role", auth.role());
        }
        return login(operation, body);
    }

    private AuthToken byCertificate() {
        Map<String, Object> body = new TreeMap<>();
        String name = auth.parameters().getOrDefault("name", auth.role() == null ? "" : auth.role());
        if (!name.isEmpty()) {
            body.put("name", name);
        }
        return login(operation(" with the agent's certificate"), body);
    }

    private AuthToken byTokenFile() {
        String file =
                auth.tokenFile() != null ? auth.tokenFile() : auth.parameters().getOrDefault("token_file_path", "");
        SecretValue token = new SecretValue(files.read(file, "the store's token"));
        Operation operation = new Operation(Operation.LOGIN, "auth/token/lookup-self with the token in " + file);
        Answer answer = connection.read(operation, "auth/token/lookup-self", token);
        if (!answer.succeeded()) {
            throw faults.refused(operation, answer);
        }
        return answer.object("data")
                .flatMap(data -> token(data, "id", "ttl", "type"))
                .orElseThrow(() -> faults.malformed(operation, "does not describe the token"));
    }

    private Optional<AuthToken> token(JsonObject block, String idName, String ttlName, String typeName) {
        String id = text(block.get(idName));
        return id.isEmpty()
                ? Optional.empty()
                : Optional.of(new AuthToken(
                        new SecretValue(id),
                        text(block.get("accessor")),
                        Duration.ofSeconds(number(block.get(ttlName))),
                        block.getBoolean("renewable", false),
                        !auth.isGivenAToken() && !text(block.get(typeName)).equals("batch")));
    }

    private static String text(@Nullable JsonValue value) {
        return value != null && value.isString() ? value.asString() : "";
    }

    private static long number(@Nullable JsonValue value) {
        return value != null && value.isNumber() ? (long) value.asDouble() : 0;
    }
}
