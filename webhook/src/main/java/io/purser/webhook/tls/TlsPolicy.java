package io.purser.webhook.tls;

import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import io.vertx.core.net.TrustOptions;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.net.ssl.X509TrustManager;

/**
 * Which protocol versions and cipher suites are spoken.
 *
 * @param versions of {@code TLSv1.2} and {@code TLSv1.3}
 * @param cipherSuites by their IANA names, preferred first
 */
public record TlsPolicy(Set<String> versions, List<String> cipherSuites) {

    /** TLS 1.2 and 1.3 with forward secrecy and authenticated encryption only (RFC 9325, section 4.2). */
    public static final TlsPolicy DEFAULT = new TlsPolicy(
            Set.of("TLSv1.2", "TLSv1.3"),
            List.of(
                    "TLS_AES_128_GCM_SHA256",
                    "TLS_AES_256_GCM_SHA384",
                    "TLS_CHACHA20_POLY1305_SHA256",
                    "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
                    "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
                    "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
                    "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
                    "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
                    "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"));

    /** TLS 1.3 alone. */
    public static final TlsPolicy ONLY_1_3 =
            new TlsPolicy(Set.of("TLSv1.3"), DEFAULT.cipherSuites().subList(0, 3));

    /**
     * The same versions with other suites of TLS 1.2. Those of TLS 1.3 stay, as with Go's programs, whose lists are of TLS 1.2 only: without any,
     * Netty would not speak TLS 1.3 at all.
     *
     * @param names as {@link TlsEngine#supportedCipherSuites} has them
     */
    public TlsPolicy withCipherSuites(List<String> names) {
        Set<String> suites = new LinkedHashSet<>(ONLY_1_3.cipherSuites());
        suites.addAll(names);
        return new TlsPolicy(versions, List.copyOf(suites));
    }

    /** Defensive copies. */
    public TlsPolicy {
        versions = Set.copyOf(versions);
        cipherSuites = List.copyOf(cipherSuites);
    }

    /**
     * The options of a server that serves {@code certificate} under this policy: by TLS 1.3 alone where no suite is for its kind of key, since Netty
     * would find no key for the others.
     */
    public ServerSSLOptions serving(ServingCertificate certificate) {
        ServerSSLOptions options =
                new ServerSSLOptions().setUseAlpn(true).setKeyCertOptions(KeyCertOptions.wrap(certificate.keys()));
        TlsPolicy spoken = hasSuiteFor(certificate) ? this : ONLY_1_3;
        options.setEnabledSecureTransportProtocols(spoken.versions);
        spoken.cipherSuites.forEach(options::addEnabledCipherSuite);
        X509TrustManager authorities = certificate.clientAuthorities();
        return options.setTrustOptions(TrustOptions.wrap(authorities == null ? NoClients.INSTANCE : authorities))
                .setClientAuth(authorities == null ? ClientAuth.NONE : ClientAuth.REQUIRED);
    }

    private boolean hasSuiteFor(ServingCertificate certificate) {
        boolean isRsa = certificate.leaf().getPublicKey().getAlgorithm().equals("RSA");
        return cipherSuites.stream().anyMatch(suite -> suite.contains(isRsa ? "RSA_WITH_" : "ECDSA_WITH_"));
    }
}
