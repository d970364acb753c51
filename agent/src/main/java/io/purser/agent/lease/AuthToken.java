package io.purser.agent.lease;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a login gives, and what a template may make.
 *
 * @param value the token, never printed
 * @param accessor names the token without giving any right; may be logged; empty for a batch token
 * @param ttl how long it lives from now on; zero for a token that never ends
 * @param renewable whether its life can be extended
 * @param revocable whether the agent may end it: no store ends a batch token, and one that was given in a file belongs to
 *     others; both end by themselves
 */
public record AuthToken(SecretValue value, String accessor, Duration ttl, boolean renewable, boolean revocable) {

    /** Whether two are the same token, whatever is known of it; or both none. */
    static boolean areSame(@Nullable AuthToken one, @Nullable AuthToken other) {
        return one == null ? other == null : other != null && one.value.equals(other.value);
    }
}
