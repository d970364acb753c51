package io.purser.agent.lease;

import io.purser.agent.template.source.SecretRequest;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An old token or lease that is revoked once what replaced it is in the files and the overlap has passed.
 *
 * @param token the old token, the agent's or one that a template made, or null for a lease
 * @param leaseId the old lease, or empty for a token
 * @param generation the token's, or that of the token that the lease was made with
 * @param by the secret whose new lease or token took its place, or null for a token of the agent
 * @param due when it is revoked, or null while its successor is not in the files
 */
public record Superseded(
        @Nullable AuthToken token,
        String leaseId,
        int generation,
        @Nullable SecretRequest by,
        @Nullable Instant due) {

    static Superseded token(TokenState state, @Nullable Instant due) {
        return new Superseded(state.token(), "", state.generation(), null, due);
    }

    /** Whether there is anything that the agent may revoke; a token that is not its own is left to its end. */
    public boolean revocable() {
        return token == null || token.revocable();
    }

    Superseded dueAt(Instant when) {
        return new Superseded(token, leaseId, generation, by, when);
    }

    Superseded shifted(Duration duration) {
        return due == null ? this : dueAt(due.plus(duration));
    }
}
