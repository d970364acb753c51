package io.purser.webhook.http;

import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.SSLEngineOptions;

/** Which implementation of TLS the servers use. */
final class TlsEngine {

    private TlsEngine() {}

    /**
     * BoringSSL where its library is there for this platform and can be loaded, else the Java runtime's own: the latter is fast only
     * once the optimising compiler has seen it, thousands of reviews after the start.
     */
    static SSLEngineOptions best() {
        return OpenSSLEngineOptions.isAvailable() && OpenSSLEngineOptions.isAlpnAvailable()
                ? new OpenSSLEngineOptions().setSessionCacheEnabled(false)
                : new JdkSSLEngineOptions();
    }
}
