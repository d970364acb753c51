package io.purser.agent.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When static secrets are read again.
 *
 * @param interval between two reads of a static secret, before jitter
 * @param renewalThreshold share of a lease after which it is renewed or replaced, above 0 and at most 1; null for the
 *     agent's own policy
 * @param refreshFile a file whose change makes the agent fetch and render everything at once ({@code purser.io/refresh}
 *     through the downward API), or null
 * @param exitOnRetryFailure whether init gives up at its deadline; without it, it goes on trying
 */
public record RefreshConfig(
        Duration interval,
        @Nullable Double renewalThreshold,
        @Nullable String refreshFile,
        boolean exitOnRetryFailure) {}
