package io.purser.agent.lease;

import java.time.Duration;

/**
 * What a login gives.
 *
 * @param value the token, never printed
 * @param accessor names the token without giving any right; may be logged; empty for a batch token
 * @param ttl how long it lives from now on; zero for a token that never ends
 * @param renewable whether its life can be extended
 * @param uses how many requests it is good for; zero for no limit
 */
public record AuthToken(SecretValue value, String accessor, Duration ttl, boolean renewable, int uses) {}
