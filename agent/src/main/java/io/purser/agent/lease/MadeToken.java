package io.purser.agent.lease;

import io.purser.agent.template.source.Secret;
import io.purser.agent.template.source.SecretRequest;
import org.jspecify.annotations.Nullable;

/**
 * A token that a template makes, with {@code auth/token/create} or by a login: a secret without a lease that is renewed and
 * revoked by itself.
 *
 * @param token the token
 * @param orphan whether it outlives the agent's own token
 */
public record MadeToken(AuthToken token, boolean orphan) {

    /** The answer to a renewal shows a token too, one that was there before: the agent's own, or somebody else's. */
    private static final String RENEWAL = "auth/token/renew";

    /** The token that an answer to a request is, or null. */
    public static @Nullable MadeToken in(SecretRequest request, @Nullable Secret secret) {
        Secret.Auth auth = secret == null ? null : secret.auth();
        if (auth == null || auth.clientToken().isEmpty() || request.path().contains(RENEWAL)) {
            return null;
        }
        AuthToken token = new AuthToken(
                new SecretValue(auth.clientToken()),
                auth.accessor(),
                auth.leaseDuration(),
                auth.renewable(),
                !auth.batch());
        return new MadeToken(token, auth.orphan());
    }

    /** Whether two answers are, or hold, the same token. */
    static boolean areSame(@Nullable MadeToken one, @Nullable MadeToken other) {
        return AuthToken.areSame(token(one), token(other));
    }

    private static @Nullable AuthToken token(@Nullable MadeToken made) {
        return made == null ? null : made.token();
    }
}
