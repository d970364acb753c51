package io.purser.agent.config;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the agent logs in.
 *
 * @param method the store's auth method: {@code kubernetes}, {@code jwt}, {@code approle}, {@code cert} or {@code token_file}
 * @param mount path of the auth mount, for example {@code kubernetes} or {@code team/jwt}, without {@code auth/}
 * @param role the store's role, or null where the method needs none
 * @param tokenFile the pod's service-account token, read at each login; null for methods without one
 * @param audience the audience asked for in the token, for messages only; null for the API server's own
 * @param parameters the method's further settings by the store's names, for example {@code role_id_file_path}
 * @param minBackoff first wait after a failed login
 * @param maxBackoff longest wait between logins
 * @param exitOnError whether the first failed login ends the agent
 * @param sinkFile absolute path of a file on a secret volume that gets the store's token for the application (the peer's
 *     {@code agent-inject-token}), or null
 */
public record AuthConfig(
        String method,
        String mount,
        @Nullable String role,
        @Nullable String tokenFile,
        @Nullable String audience,
        Map<String, String> parameters,
        Duration minBackoff,
        Duration maxBackoff,
        boolean exitOnError,
        @Nullable String sinkFile) {

    /** AppRole: whether the file with the secret id is removed once it is read; true for a pod of Vault's own agent. */
    public static final String REMOVE_SECRET_ID = "remove_secret_id_file_after_reading";

    /** Copies the parameters. */
    public AuthConfig {
        parameters = Map.copyOf(parameters);
    }

    /** Whether the agent is given a token in a file, which others may use too, and makes none of its own. */
    public boolean isGivenAToken() {
        return method.equals("token_file");
    }
}
