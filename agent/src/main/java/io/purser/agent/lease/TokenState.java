package io.purser.agent.lease;

import java.time.Duration;
import java.time.Instant;

/**
 * Where the token stands.
 *
 * @param token with the life it had at {@code at}
 * @param generation counts the logins; a lease remembers its token by it
 * @param at when the store last answered for it
 * @param granted the life that the login gave; a renewal that gives much less foretells its end
 * @param due when something has to be done
 * @param replace whether a new login is due then, not a renewal
 */
public record TokenState(AuthToken token, int generation, Instant at, Duration granted, Instant due, boolean replace) {

    /** When it ends; {@link Instant#MAX} for one that never does. */
    public Instant expires() {
        return token.ttl().isZero() ? Instant.MAX : at.plus(token.ttl());
    }

    static TokenState fresh(AuthToken token, int generation, Instant now, Duration renewAfter, Duration replaceAfter) {
        boolean forever = token.ttl().isZero();
        Instant due = forever ? Instant.MAX : now.plus(token.renewable() ? renewAfter : replaceAfter);
        return new TokenState(token, generation, now, token.ttl(), due, !token.renewable());
    }

    TokenState renewed(AuthToken renewed, Instant now, Duration renewAfter, Duration replaceAfter) {
        boolean nearItsEnd = RenewalPolicy.isNearItsEnd(renewed.renewable(), renewed.ttl(), granted);
        boolean forever = renewed.ttl().isZero();
        Instant due = forever ? Instant.MAX : now.plus(nearItsEnd ? replaceAfter : renewAfter);
        return new TokenState(renewed, generation, now, granted, due, nearItsEnd);
    }

    TokenState replaceAt(Instant when) {
        return new TokenState(token, generation, at, granted, when, true);
    }

    TokenState dueAt(Instant when) {
        return new TokenState(token, generation, at, granted, when, replace);
    }

    TokenState shifted(Duration by) {
        return new TokenState(
                token, generation, at.plus(by), granted, due.equals(Instant.MAX) ? due : due.plus(by), replace);
    }
}
