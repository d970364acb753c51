package io.purser.webhook.tls;

import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslProvider;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.SSLEngineOptions;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.util.Set;
import javax.net.ssl.SSLContext;

/**
 * Which implementation of TLS is used: BoringSSL where its library is there for this platform and can be loaded, else the Java runtime's own. The
 * latter is fast only once the optimising compiler has seen it, thousands of reviews after the start.
 */
public final class TlsEngine {

    /** BoringSSL signs with a key on P-521, and verifies no signature of one unless it is told to, which Netty cannot. */
    private static final int LARGEST_CURVE_VERIFIED = 384;

    private TlsEngine() {}

    /** That of the servers. */
    public static SSLEngineOptions best() {
        return options(provider());
    }

    /** That of a client in this process of a server with {@code leaf}: the servers', where it verifies such a key's signatures. */
    public static SSLEngineOptions towards(X509Certificate leaf) {
        return options(providerTowards(leaf));
    }

    /** {@link #best} as Netty names it. */
    static SslProvider provider() {
        return isBoringSsl() ? SslProvider.OPENSSL : SslProvider.JDK;
    }

    /** {@link #towards} as Netty names it. */
    static SslProvider providerTowards(X509Certificate leaf) {
        boolean verified = !(leaf.getPublicKey() instanceof ECPublicKey key)
                || key.getParams().getCurve().getField().getFieldSize() <= LARGEST_CURVE_VERIFIED;
        return verified ? provider() : SslProvider.JDK;
    }

    private static SSLEngineOptions options(SslProvider provider) {
        return provider == SslProvider.JDK
                ? new JdkSSLEngineOptions()
                : new OpenSSLEngineOptions().setSessionCacheEnabled(false);
    }

    /** The IANA names of the suites that the servers' implementation has; one that it has not would fail every handshake. */
    public static Set<String> supportedCipherSuites() {
        if (isBoringSsl()) {
            return OpenSsl.availableJavaCipherSuites();
        }
        try {
            return Set.of(SSLContext.getDefault().getSupportedSSLParameters().getCipherSuites());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has TLS", e);
        }
    }

    /** Without ALPN there is no HTTP/2. */
    private static boolean isBoringSsl() {
        return OpenSsl.isAvailable() && SslProvider.isAlpnSupported(SslProvider.OPENSSL);
    }
}
