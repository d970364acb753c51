package io.purser.agent.vault;

import com.bettercloud.vault.json.JsonValue;
import io.purser.agent.config.AuthConfig;
import io.purser.agent.lease.AuthToken;
import io.purser.agent.lease.SecretValue;
import io.purser.agent.lease.StoreException;
import io.purser.agent.lease.StoreException.Kind;
import io.purser.agent.template.source.SecretRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A login with a role id and a secret id from files. The secret id may be wrapped; it is removed after reading only if that
 * is asked for, and is remembered then. As with Vault's agent, a file that cannot be removed (a Secret's) stops no login.
 */
final class AppRoleLogin implements Login {

    private final Map<String, String> parameters;
    private final IdentityFiles files;
    private final StoreConnection connection;
    private final Logins logins;
    private @Nullable SecretValue lastSecretId;

    AppRoleLogin(AuthConfig auth, IdentityFiles files, StoreConnection connection, Logins logins) {
        this.parameters = auth.parameters();
        this.files = files;
        this.connection = connection;
        this.logins = logins;
    }

    @Override
    public AuthToken attempt() {
        String roleId = files.read(parameter("role_id_file_path"), "the AppRole's role id");
        SecretValue secretId = secretId();
        return logins.login(
                logins.operation(" with the AppRole's role id"),
                Map.of("role_id", roleId, "secret_id", secretId.text()));
    }

    private SecretValue secretId() {
        String file = parameter("secret_id_file_path");
        if (file.isEmpty()) {
            return new SecretValue(""); // a role that binds no secret id
        }
        SecretValue remembered = lastSecretId;
        if (remembered != null && !files.exists(file)) {
            return remembered;
        }
        String text = files.read(file, "the AppRole's secret id");
        String wrappedAt = parameter("secret_id_response_wrapping_path");
        SecretValue secretId = new SecretValue(wrappedAt.isEmpty() ? text : unwrap(text, wrappedAt));
        if (parameter(AuthConfig.REMOVE_SECRET_ID).matches("(?i)true|t|1")) {
            lastSecretId = secretId;
            remove(file);
        }
        return secretId;
    }

    /** A wrapped secret id is taken only if it was wrapped where it should have been: else somebody else may know it. */
    private String unwrap(String wrapping, String expectedPath) {
        Operation operation = new Operation("unwrapping", "the AppRole's secret id");
        Answer lookup = connection.write(operation, "sys/wrapping/lookup", Map.of("token", wrapping), null);
        String path = lookup.object("data")
                .map(data -> data.get("creation_path"))
                .map(JsonValue::asString)
                .orElse("");
        if (!SecretRequest.trim(path).equals(SecretRequest.trim(expectedPath))) {
            throw new StoreException(
                    Kind.DENIED,
                    "the wrapped secret id was not made at " + expectedPath
                            + " or was unwrapped before; have a new one made and check who could read it");
        }
        return connection
                .write(operation, "sys/wrapping/unwrap", Map.of("token", wrapping), null)
                .object("data")
                .map(data -> data.get("secret_id"))
                .map(JsonValue::asString)
                .orElseThrow(() -> new StoreException(
                        Kind.DENIED, "the wrapped secret id could not be unwrapped; have a new one made"));
    }

    private void remove(String file) {
        try {
            Files.delete(files.inside(file));
        } catch (IOException e) {
            logins.notices()
                    .accept("the secret id in " + file + " could not be removed after reading ("
                            + e.getClass().getSimpleName()
                            + "); mount it writable or set remove_secret_id_file_after_reading to false");
        }
    }

    private String parameter(String name) {
        return parameters.getOrDefault(name, "");
    }
}
