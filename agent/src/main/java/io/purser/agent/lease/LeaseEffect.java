package io.purser.agent.lease;

import io.purser.agent.template.source.SecretRequest;
import java.time.Duration;
import java.time.Instant;

/**
 * What is to be done. At most one effect of a step is an {@link Exchange} with the store, and the next one follows only
 * after the machine was told how it went.
 */
public sealed interface LeaseEffect {

    /** A request to the store. */
    sealed interface Exchange extends LeaseEffect {}

    /** Log in. */
    record Login() implements Exchange {}

    /** Extend the token's life. */
    record RenewToken(AuthToken token) implements Exchange {}

    /** Ask for a secret. */
    record Fetch(SecretRequest request, AuthToken token) implements Exchange {}

    /**
     * Extend a secret's lease by the life that it first had.
     *
     * @param leaseId empty for a token that a template made
     * @param token the token to renew it with; for one that a template made, that token itself
     */
    record RenewLease(SecretRequest request, String leaseId, Duration increment, AuthToken token) implements Exchange {}

    /**
     * Revoke an old token or lease.
     *
     * @param token the token to revoke a lease with; for an old token, that token itself
     */
    record Revoke(Superseded old, AuthToken token) implements Exchange {}

    /** The data of this secret has changed: render what uses it. */
    record Render(SecretRequest request) implements LeaseEffect {}

    /** Come back at this time if nothing happens before. */
    record Wake(Instant at) implements LeaseEffect {}
}
