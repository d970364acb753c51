package io.purser.agent.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The secret store and the way to it.
 *
 * @param kind the driver: {@code vault} serves Vault and OpenBao
 * @param address base URL, for example {@code https://vault.vault.svc:8200}
 * @param namespace the store's namespace (Vault Enterprise, OpenBao), or null for the root
 * @param tls trust and client identity
 * @param proxy URL of an HTTP proxy, or null
 * @param timeout limit of one request
 * @param maxRetries how often a request that failed for want of an answer is tried again before the failure counts
 */
public record StoreConfig(
        String kind,
        String address,
        @Nullable String namespace,
        TlsConfig tls,
        @Nullable String proxy,
        Duration timeout,
        int maxRetries) {

    /** Everything but the proxy, whose URL may hold a password. */
    @Override
    public String toString() {
        return "StoreConfig[kind=" + kind + ", address=" + address + ", namespace=" + namespace + "]";
    }
}
