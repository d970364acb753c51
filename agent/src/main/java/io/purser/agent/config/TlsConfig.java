package io.purser.agent.config;

import org.jspecify.annotations.Nullable;

/**
 * Trust in the store, and the agent's own certificate. Files are absolute paths in the agent's container.
 *
 * @param caPem PEM of one or more CA certificates, or null
 * @param caFile a file of CA certificates, or null; with neither, the runtime's own trust
 * @param caDirectory a directory of CA files, or null
 * @param serverName the name expected in the store's certificate, where it is not the address's host, or null
 * @param skipVerify whether any certificate is accepted
 * @param clientCertificateFile PEM certificate chain, or null
 * @param clientKeyFile PEM private key, or null
 */
public record TlsConfig(
        @Nullable String caPem,
        @Nullable String caFile,
        @Nullable String caDirectory,
        @Nullable String serverName,
        boolean skipVerify,
        @Nullable String clientCertificateFile,
        @Nullable String clientKeyFile) {

    /** The runtime's own trust and no client certificate. */
    public static final TlsConfig DEFAULT = new TlsConfig(null, null, null, null, false, null, null);

    /** Whether nothing is set. Asked at the agent's start, where a record's own equals would be spun first. */
    public boolean isDefault() {
        return caPem == null
                && caFile == null
                && caDirectory == null
                && serverName == null
                && !skipVerify
                && clientCertificateFile == null
                && clientKeyFile == null;
    }
}
