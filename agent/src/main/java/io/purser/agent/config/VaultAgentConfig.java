package io.purser.agent.config;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a pod written for Vault's own agent asks for besides. Only {@code configDirectory} changes what the agent does; the
 * other settings steer machinery that this agent does not have. They are kept, so that a person sees in one place what the
 * pod asked for.
 *
 * @param configDirectory folder with the user's own {@code config.hcl} and, for {@code --once}, {@code config-init.hcl};
 *     what such a file says comes before the rest of this configuration, which fills in what it leaves out. Null: none
 * @param telemetry parameters of the telemetry stanza, by Vault's names; each value is JSON text
 * @param maxConnectionsPerHost limit of connections to the store, 0 for none
 * @param disableIdleConnections parts that keep no idle connection: {@code auto-auth}, {@code caching}, {@code templating}
 * @param disableKeepAlives parts that use each connection once, of the same names
 * @param persistentCache whether the cache was to outlive the init container (here the state directory always does)
 * @param cacheExitOnError whether a cache that cannot be restored was to end the agent
 */
public record VaultAgentConfig(
        @Nullable String configDirectory,
        Map<String, String> telemetry,
        long maxConnectionsPerHost,
        List<String> disableIdleConnections,
        List<String> disableKeepAlives,
        boolean persistentCache,
        boolean cacheExitOnError) {

    /** Copies the collections. */
    public VaultAgentConfig {
        telemetry = Map.copyOf(telemetry);
        disableIdleConnections = List.copyOf(disableIdleConnections);
        disableKeepAlives = List.copyOf(disableKeepAlives);
    }
}
