package io.purser.agent.config;

import java.time.Duration;

/**
 * The beginning and the end of the agent.
 *
 * @param initDeadline after which init, or a sidecar that has not rendered everything yet, fails and says what it waited
 *     for
 * @param revokeOnShutdown whether the token, and with it every lease, is revoked at the end
 * @param revokeDelay wait between the end's signal and the revocation, so that a classic sidecar's application ends first
 * @param overlap how long an old lease lives on after its successor's files were announced
 * @param sidecarFollows whether a sidecar goes on after {@code --once}; without one, init revokes its token at its end
 *     unless leases live on it
 */
public record LifecycleConfig(
        Duration initDeadline,
        boolean revokeOnShutdown,
        Duration revokeDelay,
        Duration overlap,
        boolean sidecarFollows) {}
